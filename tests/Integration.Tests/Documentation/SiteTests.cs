using System.Text.RegularExpressions;
using Qcw.Build.Components;
using Qcw.Build.Packaging;

namespace Qcw.Integration.Tests.Documentation;

/// <summary>
/// The web site of this repository's documentation, made by Sphinx. What it looks like in a browser is for <c>--target=SiteCheck</c>.
/// </summary>
public sealed partial class SiteTests
{
    private TemporaryFolder folder = null!;

    private string Site => folder["one/site"];

    [OneTimeSetUp]
    public void MakeSite()
    {
        folder = new TemporaryFolder();
        Make(Repository.Paths, "one");
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void The_same_pages_give_the_same_bytes_in_another_folder()
    {
        Make(Repository.Paths, "a longer name");
        Assert.That(Hashes(folder["a longer name/site"]), Is.EqualTo(Hashes(Site)));
    }

    [Test]
    public void A_link_that_leads_nowhere_is_an_error_that_names_it()
    {
        string root = folder["copy"];
        foreach (string name in (string[])["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
        {
            folder.Write("copy/" + name, "# Page\n\nA text.\n"u8.ToArray());
        }

        folder.Write(
            "copy/docs/README.md",
            "# Pages\n\n## Use\n\n[a](lima.md), [b](../CONTRIBUTING.md), [c](../CHANGELOG.md), [d](adr)\n"u8.ToArray());
        folder.Write("copy/docs/adr/0001-one.md", "# One\n\nA text.\n"u8.ToArray());
        foreach (string file in Directory.GetFiles(Repository.Paths.Components + "/Site", "*", SearchOption.AllDirectories))
        {
            folder.Write("copy/" + Path.GetRelativePath(Repository.Root, file), File.ReadAllBytes(file));
        }

        folder.Write("copy/docs/lima.md", "# Lima\n\n[Here](using.md), [there](README.md#no-such-heading).\n"u8.ToArray());
        Assert.That(
            () => Make(new Paths(root, folder["copy/artifacts"]), "broken"),
            Throws.TypeOf<ProcessFailedException>().With.Message.Contains("lima.md:3: WARNING").And.Message.Contains("using.md")
                .And.Message.Contains("#no-such-heading"));
    }

    [Test]
    public void Every_link_leads_to_a_file_and_an_anchor_of_the_site()
    {
        var broken = new List<string>();
        int links = 0;
        foreach (string page in Pages)
        {
            foreach (string link in Links(page).Where(link => !link.Contains("://", StringComparison.Ordinal)))
            {
                links++;
                string[] parts = link.Split('#', 2);
                string target = parts[0].Length == 0 ? page : Path.GetFullPath(parts[0], Path.GetDirectoryName(page)!);
                if (!File.Exists(target)
                    || (parts.Length == 2 && parts[1].Length > 0
                        && !File.ReadAllText(target).Contains($"id=\"{parts[1]}\"", StringComparison.Ordinal)))
                {
                    broken.Add($"{Path.GetRelativePath(Site, page)}: {link}");
                }
            }
        }

        Assert.That(broken, Is.Empty);
        Assert.That(links, Is.GreaterThan(500));
    }

    [Test]
    public void A_link_to_a_file_of_the_repository_leads_to_it_on_GitHub() =>
        Assert.That(
            Links(Path.Combine(Site, "docs", "building.html")),
            Has.Member(Publisher.Repository + "/blob/main/build/Catalog/Versions"));

    [Test]
    public void Pages_load_nothing_from_elsewhere() =>
        Assert.That(
            from page in Pages.Concat(Directory.GetFiles(Site, "*.css", SearchOption.AllDirectories))
            from Match match in Loaded().Matches(File.ReadAllText(page))
            where match.Value.Contains("//", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Site, page)}: {match.Value}",
            Is.Empty);

    [Test]
    public void Every_page_has_a_language_a_title_of_its_own_and_a_description()
    {
        string[] pages = [.. Pages.Where(page => Path.GetFileName(page) is not ("404.html" or "search.html"))];
        string[] texts = [.. pages.Select(File.ReadAllText)];
        Assert.That(texts.Select(text => Title().Match(text).Groups[1].Value), Is.Unique.And.All.Not.Empty);
        Assert.That(texts, Has.All.Contains("<html lang=\"en\"").And.All.Match("<meta name=\"description\" content=\"[^\"]{20,}\">"));
    }

    [Test]
    public void Every_page_of_docs_is_in_the_navigation_of_every_page_under_what_people_want()
    {
        string page = File.ReadAllText(Path.Combine(Site, "docs", "lima.html"));
        string navigation = page[page.IndexOf("<nav class=\"pages\"", StringComparison.Ordinal)..];
        navigation = navigation[..navigation.IndexOf("</nav>", StringComparison.Ordinal)];
        string[] names = [.. Directory.GetFiles(Path.Combine(Site, "docs")).Select(file => Path.GetFileName(file))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                names.Where(name => name != "lima.html" && !navigation.Contains($"\"{name}\"", StringComparison.Ordinal)), Is.Empty);
            Assert.That(
                Caption().Matches(navigation).Select(match => match.Groups[1].Value),
                Is.EqualTo(["Install", "Use", "Verify", "Build", "Contribute"]));
        }
    }

    [Test]
    public void The_index_of_the_search_has_every_page()
    {
        string index = File.ReadAllText(Path.Combine(Site, "searchindex.js"));
        Assert.That(
            Pages.Select(page => Path.ChangeExtension(Path.GetRelativePath(Site, page), null)).Except(["404", "search"])
                .Where(name => !index.Contains($"\"{name}\"", StringComparison.Ordinal)),
            Is.Empty);
    }

    // the help of an installer: people open its start page from the disk
    [Test]
    public void Help_is_the_site_in_a_folder_without_what_only_a_server_sends()
    {
        InstalledFile[] help = [.. SitePages.HelpFiles(Site, "help")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(help.Select(file => file.Target), Has.Member("help/" + SitePages.HelpIndex).And.Member("help/docs/lima.html")
                .And.Member("help/_static/sphinx-licence.txt").And.No.Member("help/404.html"));
            Assert.That(help.Select(file => file.Source), Has.All.Exist);
            Assert.That(help, Has.Length.EqualTo(Directory.GetFiles(Site, "*", SearchOption.AllDirectories).Length - 1));
        }
    }

    private IEnumerable<string> Pages => Directory.GetFiles(Site, "*.html", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private void Make(Paths paths, string name)
    {
        string sphinx = ToolFinder.ForHost().Find(ToolCatalog.Find("sphinx")).Path!;
        Directory.CreateDirectory(folder[name]);
        new SitePages(paths, Repository.Lines.Load("2026.11")).Make(
            new SiteRun(sphinx, folder[name + "/work"], folder[name + "/site"], folder[name + "/log"]));
    }

    // the page for what is missing can be shown at any address, so its links begin at the root of the project's site
    private static IEnumerable<string> Links(string page) =>
        from match in Link().Matches(File.ReadAllText(page))
        let link = match.Groups[1].Value
        where !link.StartsWith("data:", StringComparison.Ordinal)
        select link == "/qcw/" ? "index.html" : link.StartsWith("/qcw/", StringComparison.Ordinal) ? link["/qcw/".Length..] : link;

    private static Dictionary<string, string> Hashes(string site) => Directory.GetFiles(site, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(site, file), Files.Sha256);

    [GeneratedRegex(@"<(?:a|link)\b[^>]*? href=""([^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=""[^""]*""|url\([^)]*\)|@import[^;]*;")]
    private static partial Regex Loaded();

    [GeneratedRegex("<title>([^<]*)</title>")]
    private static partial Regex Title();

    [GeneratedRegex(@"<span class=""caption-text"">([^<]*)</span>")]
    private static partial Regex Caption();
}
