using System.Text.RegularExpressions;
using Qcw.Build.Host;

namespace Qcw.Build.Tests.Documentation;

/// <summary>Links between pages, and from pages to files of the repository.</summary>
public sealed partial class LinkTests
{
    [Test]
    public void Every_link_leads_to_a_file_and_a_heading_that_are_there()
    {
        var broken = new List<string>();
        foreach (Page page in Page.All)
        {
            foreach (string link in page.Links)
            {
                string[] parts = link.Split('#', 2);
                string target = parts[0].Length == 0 ? page.Name : Normalize(Path.Combine(Path.GetDirectoryName(page.Name)!, parts[0]));
                if (!Path.Exists(Path.Combine(Repository.Root, target)))
                {
                    broken.Add($"{page.Name}: {link}: there is no {target}");
                }
                else if (parts.Length == 2 && Page.All.FirstOrDefault(other => other.Name == target)?.Anchors.Contains(parts[1]) != true)
                {
                    broken.Add($"{page.Name}: {link}: {target} has no such heading");
                }
            }
        }

        Assert.That(broken, Is.Empty);
    }

    // <name> and NNNN stand for any; decisions and the changelog may name what is no longer there
    [Test]
    public void Every_path_in_code_is_there()
    {
        (string Page, string Path)[] paths =
        [
            .. from page in Page.All
               where page.Name != "CHANGELOG.md" && !page.Name.StartsWith("docs/adr/", StringComparison.Ordinal)
               from code in page.Code
               from Match match in RepositoryPath().Matches(code)
               where !match.Value.Contains("NNNN", StringComparison.Ordinal)
               select (page.Name, match.Value),
        ];
        Assert.That(paths, Has.Length.GreaterThan(20));
        Assert.That(paths.Where(one => !Path.Exists(Path.Combine(Repository.Root, one.Path))), Is.Empty);
    }

    [Test]
    public void The_index_of_the_documentation_leads_to_every_page_of_it()
    {
        Page index = Page.All.Single(page => page.Name == "docs/README.md");
        IEnumerable<string> pages = Page.All.Select(page => page.Name)
            .Where(name => name.StartsWith("docs/", StringComparison.Ordinal) && name.IndexOf('/', 5) < 0 && name != index.Name)
            .Select(name => name["docs/".Length..]);
        Assert.That(pages.Except(index.Links), Is.Empty);
    }

    // what was and was not tested is told once, on a page of its own; an experimental part says so where it is described
    [Test]
    public void Only_the_status_page_has_a_section_about_tests()
    {
        IEnumerable<string> sections = Page.All.Where(page => page.Name != "docs/status.md")
            .SelectMany(page => page.Anchors.Where(anchor => TellsOfTests().IsMatch(anchor)).Select(anchor => $"{page.Name}#{anchor}"));
        Assert.That(sections, Is.Empty);
    }

    [TestCase("docs/msys2.md", "status.md#msys2-experimental")]
    [TestCase("docs/podman-installer.md", "status.md#wix-5-experimental")]
    [TestCase("docs/publishing.md", "status.md#winget-and-scoop-experimental")]
    [TestCase("docs/releasing.md", "status.md#workflows")]
    public void A_page_about_something_experimental_says_so_and_links_to_the_status(string name, string link)
    {
        Page page = Page.All.Single(page => page.Name == name);
        Assert.That(page.Text, Does.Contain("experimental").IgnoreCase);
        Assert.That(page.Links, Does.Contain(link));
    }

    [Test]
    public void The_readme_fits_a_front_page() =>
        Assert.That(File.ReadLines(Path.Combine(Repository.Root, "README.md")).Count(), Is.LessThanOrEqualTo(150));

    [GeneratedRegex(@"(?<![\w./~-])(?:build|tests|patches|docs|\.github|\.config|\.ci)/[\w./-]*[\w/](?![\w<*])")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex("not-(exercised|tested|tried)|was-tried")]
    private static partial Regex TellsOfTests();

    private static string Normalize(string path) =>
        Path.GetRelativePath(Repository.Root, Path.GetFullPath(path, Repository.Root)).Replace('\\', '/');
}
