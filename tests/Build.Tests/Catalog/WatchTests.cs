namespace Qcw.Build.Tests.Catalog;

/// <summary><c>upstream</c>: where newer versions are looked for.</summary>
public sealed class WatchTests
{
    private const string Archive = """
        "kind": "archive", "urls": ["https://example.org/a-1.0.tar.gz"], "origin": "1",
        "sha256": "0000000000000000000000000000000000000000000000000000000000000000"
        """;

    private const string Git = """
        "kind": "git", "url": "https://example.org/a.git", "alsoAt": ["https://example.com/a.git"], "origin": "C",
        "commit": "0000000000000000000000000000000000000000"
        """;

    private const string Debian = """
        "kind": "debian", "package": "a2", "suite": "trixie", "file": "a2_1.0.orig.tar.gz", "origin": "1",
        "sha256": "0000000000000000000000000000000000000000000000000000000000000000"
        """;

    private LineFolder folder = null!;

    private static IEnumerable<Component> Fetched(ReleaseLine line) =>
        line.Components.Concat(line.Libraries).Where(component => component.Source is not RecipeSource).Concat(line.Go?.Sdk?.All ?? []);

    [SetUp]
    public void Create() => folder = new LineFolder();

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void The_three_kinds_are_read()
    {
        UpstreamWatch?[] watches =
        [
            Read(Archive, """ "watch": "archive", "page": "https://e.org/?C=M", "pattern": "a-{version}.tar.gz", "scheme": "date" """),
            Read(Git, """ "watch": "git-tags", "repository": "https://example.org/b.git", "pattern": "v{version}", "scheme": "semver" """),
            Read(Debian, """ "watch": "debian", "suites": ["trixie", "sid"], "scheme": "even-minor" """),
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(watches[0], Is.EqualTo(new PageWatch(new Uri("https://e.org/?C=M"), "a-{version}.tar.gz", VersionScheme.Date)));
            Assert.That(
                ((TagWatch)watches[1]!).Repositories.Select(address => address.AbsoluteUri),
                Is.EqualTo(["https://example.org/b.git", "https://example.org/a.git", "https://example.com/a.git"]));
            Assert.That(((TagWatch)watches[1]!).TagOf("1.2"), Is.EqualTo("v1.2"));
            Assert.That(((DebianWatch)watches[2]!).Package, Is.EqualTo("a2"), "the package is that of the source");
            Assert.That(((DebianWatch)watches[2]!).Suites, Is.EqualTo(["trixie", "sid"]));
        }
    }

    [TestCase(Archive, """ "watch": "debian", "suites": ["sid"], "scheme": "semver" """, "only a source of the kind debian")]
    [TestCase(""" "kind": "recipe" """, """ "watch": "debian", "suites": ["sid"], "scheme": "semver" """, "files of this repository")]
    [TestCase(Git, """ "watch": "git-tags", "repository": "https://e.org/b.git", "pattern": "v1", "scheme": "semver" """, "{version}")]
    [TestCase(Git, """ "watch": "rss", "scheme": "semver" """, "one of archive, git-tags, debian")]
    public void What_cannot_be_watched_is_named(string source, string watch, string expected) => Assert.That(
        folder.Errors("test", Line(source, watch)),
        Has.Exactly(1).StartsWith("build/Catalog/Versions/test.json: components.a.upstream").And.Some.Contain(expected));

    [TestCaseSource(typeof(LineFolder), nameof(LineFolder.RealNames))]
    public void Whatever_a_line_fetches_is_watched(string name) => Assert.That(
        Fetched(Repository.Lines.Load(name)).Where(component => component.Watch is null).Select(component => component.Name), Is.Empty);

    [Test]
    public void The_line_of_debian_asks_Debian_alone() =>
        Assert.That(Fetched(Repository.Lines.Load("debian13")).Select(component => component.Watch), Is.All.InstanceOf<DebianWatch>());

    [TestCaseSource(typeof(LineFolder), nameof(LineFolder.RealNames))]
    public void An_archive_and_its_page_name_the_file_in_the_same_way(string name)
    {
        foreach (Component component in Fetched(Repository.Lines.Load(name)))
        {
            if (component is { Watch: PageWatch watch, Source: ArchiveSource source })
            {
                Assert.That(
                    watch.Pattern.Replace(UpstreamWatch.Mark, component.Version, StringComparison.Ordinal), Is.EqualTo(source.FileName));
            }
        }
    }

    private UpstreamWatch? Read(string source, string watch)
    {
        folder.WriteLine("test", Line(source, watch));
        return folder.Load("test").Component("a").Watch;
    }

    private static string Line(string source, string watch) =>
        LineFolder.Minimal($$""" "a": { "version": "1.0", "upstream": { {{watch}} }, "source": { {{source}} } } """);
}
