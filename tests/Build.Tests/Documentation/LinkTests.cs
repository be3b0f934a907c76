namespace Qcw.Build.Tests.Documentation;

/// <summary>Links between pages, and from pages to files of the repository.</summary>
public sealed class LinkTests
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

    [Test]
    public void The_index_of_the_documentation_leads_to_every_page_of_it()
    {
        Page index = Page.All.Single(page => page.Name == "docs/README.md");
        IEnumerable<string> pages = Page.All.Select(page => page.Name)
            .Where(name => name.StartsWith("docs/", StringComparison.Ordinal) && name.IndexOf('/', 5) < 0 && name != index.Name)
            .Select(name => name["docs/".Length..]);
        Assert.That(pages.Except(index.Links), Is.Empty);
    }

    [Test]
    public void The_readme_fits_a_front_page() =>
        Assert.That(File.ReadLines(Path.Combine(Repository.Root, "README.md")).Count(), Is.LessThanOrEqualTo(150));

    private static string Normalize(string path) =>
        Path.GetRelativePath(Repository.Root, Path.GetFullPath(path, Repository.Root)).Replace('\\', '/');
}
