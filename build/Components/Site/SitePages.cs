using System.Globalization;
using Qcw.Build.Compiling.Recipes;
using Qcw.Build.Packaging;

namespace Qcw.Build.Components;

/// <summary>
/// Has Sphinx make HTML of the repository's Markdown: README.md, CONTRIBUTING.md, CHANGELOG.md and <c>docs</c>. The settings and the theme
/// are in <c>build/Components/Site/sphinx</c>.
/// </summary>
/// <param name="paths">Where the repository is.</param>
/// <param name="line">The line that the pages say they are for.</param>
public sealed class SitePages(Paths paths, ReleaseLine line)
{
    /// <summary>The page that help is opened with, relative to its folder.</summary>
    public const string HelpIndex = "index.html";

    private const string Docs = "docs";
    private const string Index = "index.md";
    private const string Decisions = "docs/adr/index.rst";
    private const string OnlyOnTheWeb = "404.html"; // what a web server answers with where there is no such page

    private static readonly string[] OnFrontPage = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"];
    private static readonly string[] Extensions = [".md", ".png"];

    private string Settings => Path.Combine(paths.Components, "Site", "sphinx");

    /// <summary>The files of a site that belong into an installer, which puts them into a folder of their own.</summary>
    /// <param name="site">The folder that <see cref="Make"/> made.</param>
    /// <param name="folder">The folder inside the install folder, with <c>/</c>.</param>
    public static IEnumerable<InstalledFile> HelpFiles(string site, string folder) =>
        from page in Folder(site, folder)
        where page.Page != $"{folder}/{OnlyOnTheWeb}"
        select new InstalledFile(page.File, page.Page);

    /// <summary>Everything that determines the pages but the versions of Sphinx and its parser.</summary>
    public Fingerprint Inputs()
    {
        var fingerprint = new Fingerprint().Add("epoch", Epoch);
        foreach (string setting in LineSettings)
        {
            fingerprint.Add("setting " + setting.Split('=')[0], setting);
        }

        foreach ((string file, string page) in Sources().Concat(Folder(Settings, "sphinx")))
        {
            fingerprint.AddFile(page, file);
        }

        return fingerprint;
    }

    /// <summary>Makes the site. A warning of Sphinx, such as a link that leads nowhere, is an error.</summary>
    /// <exception cref="BuildException">A page or the settings are wrong; the message has the warnings.</exception>
    public void Make(SiteRun run)
    {
        Files.Delete(run.LogFile);
        Files.Delete(run.Work);
        string sources = Path.Combine(run.Work, "pages");
        string home = Path.Combine(run.Work, "home");
        Directory.CreateDirectory(home);
        foreach ((string file, string page) in Sources())
        {
            Files.Copy(file, Path.Combine(sources, page));
        }

        string[] settings = [.. LineSettings.SelectMany(setting => (string[])["-D", setting])];
        string[] arguments =
            ["-q", "-W", "--keep-going", "-b", "html", "-c", Settings, "-d", Path.Combine(run.Work, "read"), .. settings];
        ProcessRunner.Run(new ProcessRequest(run.Sphinx, [.. arguments, sources, run.Output])
        {
            ClearEnvironment = true,
            LogFile = run.LogFile,
            Environment = new Dictionary<string, string?>(RecipeEnvironment.OfTools(home))
            {
                ["SOURCE_DATE_EPOCH"] = Epoch,
                // what asks for the network in spite of all fails
                ["http_proxy"] = "http://127.0.0.1:9",
                ["https_proxy"] = "http://127.0.0.1:9",
            },
        });
        Files.Delete(run.Work);
    }

    private string Epoch => line.SourceDateEpoch.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<string> LineSettings =>
    [
        "qcw_line=" + line.Name,
        "qcw_repository=" + Publisher.Repository,
        "qcw_versions=" + string.Join(
            ", ", line.Components.Select(component => $"{component.Name} {component.Version}").Order(StringComparer.Ordinal)),
    ];

    // README.md is the page of its folder; the folder of the decisions has none, because nobody has to list them by hand
    private IEnumerable<(string File, string Page)> Sources() =>
        OnFrontPage.Select(name => (File: Path.Combine(paths.Root, name), Page: name))
            .Concat(Folder(Path.Combine(paths.Root, Docs), Docs).Where(source => Extensions.Contains(Path.GetExtension(source.File))))
            .Select(source => Path.GetFileName(source.Page) == "README.md"
                ? source with { Page = source.Page[..^"README.md".Length] + Index }
                : source)
            .Append((Path.Combine(Settings, "adr.rst"), Decisions));

    private static IEnumerable<(string File, string Page)> Folder(string folder, string name) =>
        from file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        select (file, $"{name}/{Path.GetRelativePath(folder, file).Replace('\\', '/')}");
}

/// <summary>One run of Sphinx. All are full paths.</summary>
/// <param name="Sphinx">The program <c>sphinx-build</c>.</param>
/// <param name="Work">A folder for this alone; what is in it goes.</param>
/// <param name="Output">The folder that gets the pages; there is none yet.</param>
/// <param name="LogFile">Gets all output.</param>
public sealed record SiteRun(string Sphinx, string Work, string Output, string LogFile);
