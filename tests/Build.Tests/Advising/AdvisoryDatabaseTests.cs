using System.Text;
using Qcw.Build.Advising;
using Qcw.Build.Fetching.Debian;

namespace Qcw.Build.Tests.Advising;

public sealed class AdvisoryDatabaseTests
{
    private const string Module = "example.org/module";

    private const string Osv =
        """
        {"id":"GO-2026-0001","modified":"2026-08-21T10:00:00Z","aliases":["CVE-2026-0001"],"summary":"Bad\u001b[31m thing",
         "affected":[{"package":{"ecosystem":"Go","name":"example.org/module"},
         "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.0"}]}],
         "ecosystem_specific":{"imports":[{"path":"example.org/module/p","symbols":["F"],"goos":["windows"]}]}}]}
        """;

    private const string Other =
        """
        {"id":"GO-2026-0002","modified":"2026-08-22T10:00:00Z",
         "affected":[{"package":{"ecosystem":"Go","name":"example.org/other"}}]}
        """;

    private const string Withdrawn =
        """
        {"id":"GO-2026-0003","modified":"2026-08-20T10:00:00Z","withdrawn":"2026-08-20T10:00:00Z",
         "affected":[{"package":{"ecosystem":"Go","name":"example.org/module"}}]}
        """;

    private const string Tracker =
        """
        {"thing":{"CVE-2026-0009":{"description":"words","releases":{"trixie":{"status":"open"},"bookworm":{"status":"resolved",
         "fixed_version":"1.0-2"},"bullseye":{"status":"resolved","fixed_version":"0"}}}},"other":{"CVE-2026-0010":{"releases":{}}}}
        """;

    private const string Index =
        """[{"path":"example.org/module","vulns":[{"id":"GO-2026-0001"}]},{"path":"example.org/other","vulns":[{"id":"GO-2026-0002"}]}]""";

    private static readonly Wanted Wanted = new(
        new HashSet<string> { Module }, new HashSet<string> { "thing" }, new HashSet<string> { "github.com/tukaani-project/xz" });

    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void A_zip_and_a_folder_of_the_same_entries_say_the_same()
    {
        folder.Write("a/GO-2026-0001.json", Osv);
        folder.Write("a/GO-2026-0002.json", Other);
        folder.Write("a/GO-2026-0003.json", Withdrawn);
        folder.Write("go.zip", Zip(("GO-2026-0001.json", Osv), ("GO-2026-0002.json", Other), ("GO-2026-0003.json", Withdrawn)));
        folder.Write("README.txt", "not looked at");
        IReadOnlyList<AdvisoryDatabase> read = AdvisoryDatabase.ReadAll(folder.Path, Wanted);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Select(one => one.File), Is.EqualTo(["go.zip", "a"]));
            foreach (AdvisoryDatabase one in read)
            {
                Assert.That(one.Description, Is.EqualTo("OSV (Go), 3 entries, of 2026-08-22"));
                Vulnerability entry = one.Vulnerabilities.Single();
                Assert.That((entry.Id, entry.Summary), Is.EqualTo(("GO-2026-0001", "Bad[31m thing")), "no orders to a terminal");
                Assert.That(entry.Affected[0].Imports.Single().Systems, Is.EqualTo(["windows"]));
            }
        }
    }

    [Test]
    public void Of_gos_database_only_entries_about_what_is_wanted_are_read()
    {
        (string, string, int)[] files =
        [
            ("index/db.json", """{"modified":"2026-08-21T20:38:00Z"}""", 0), ("index/modules.json", Index, 0),
            ("ID/GO-2026-0001.json", Osv, 0), ("ID/GO-2026-0002.json", "this is damaged, and about something else", 0),
        ];
        folder.Write("vulndb.zip", SourceArchive.Zip(files));
        foreach ((string name, string text, _) in files)
        {
            folder.Write("unpacked/" + name, text);
        }

        foreach (AdvisoryDatabase one in AdvisoryDatabase.ReadAll(folder.Path, Wanted))
        {
            Assert.That(one.Description, Is.EqualTo("Go's vulnerability database, 2 entries, of 2026-08-21"), one.File);
            Assert.That(one.Vulnerabilities.Single().Names, Is.EqualTo(["GO-2026-0001"]));
        }
    }

    [Test]
    public void Debians_tracker_says_which_releases_have_it()
    {
        AdvisoryDatabase read = AdvisoryDatabase.ReadAll(folder.Write("tracker.json", Tracker), Wanted).Single();
        AffectedPackage[] affected = [.. read.Vulnerabilities.Single().Affected];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Description, Is.EqualTo("Debian's security tracker, 2 entries, which say no date"));
            Assert.That(affected.Select(one => one.DebianRelease), Is.EqualTo(["13", "12"]), "0 is a version that never had it");
            Assert.That(Ranges.Have(affected[0], DebianVersion.TryParse, DebianVersion.TryParse("99-1")), Is.True, "open");
            Assert.That(Ranges.Have(affected[1], DebianVersion.TryParse, DebianVersion.TryParse("1.0-2")), Is.False);
            Assert.That(Ranges.Have(affected[1], DebianVersion.TryParse, DebianVersion.TryParse("1.0-1")), Is.True);
        }
    }

    [Test]
    public void An_announcement_of_debians_is_known_by_the_ids_that_it_is_about()
    {
        const string text =
            """
            {"id":"DSA-1-1","modified":"2026-01-01T00:00:00Z","upstream":["CVE-2026-0001","CVE-2026-0002"],
             "affected":[{"package":{"purl":"pkg:deb/debian/thing?arch=source"},
             "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]}
            """;
        Vulnerability entry = AdvisoryDatabase.ReadAll(folder.Write("x.json", text), Wanted).Single().Vulnerabilities.Single();
        Assert.That(entry.Names, Is.EqualTo(["CVE-2026-0001", "CVE-2026-0002"]));
        Assert.That(entry.Affected[0].Name, Is.EqualTo("thing"), "of the package URL");
    }

    [TestCase("x.json", "<html>not found</html>", "x.json: x.json is damaged")]
    [TestCase("x.json", "{}", "x.json: x.json is no database of vulnerabilities: expected an entry in OSV's format")]
    [TestCase("x.json", """{"id":"\ud800","affected":[]}""", "x.json: x.json is damaged")]
    [TestCase("x.zip", "no zip", "x.zip is damaged or incomplete")]
    public void What_is_no_database_is_refused_by_name(string name, string text, string message) => Assert.That(
        () => AdvisoryDatabase.ReadAll(folder.Write(name, text), Wanted),
        Throws.TypeOf<BuildException>().With.Message.StartsWith(message));

    [Test]
    public void An_entry_that_the_index_names_must_be_there()
    {
        folder.Write("vulndb.zip", Zip(("index/modules.json", Index)));
        Assert.That(
            () => AdvisoryDatabase.ReadAll(folder.Path, Wanted),
            Throws.TypeOf<BuildException>().With.Message.Contains("vulndb.zip has no ID/GO-2026-0001.json, which its index names"));
    }

    [TestCase("https://github.com/Tukaani-Project/xz.git"), TestCase("git://github.com/tukaani-project/xz/")]
    public void A_repository_is_known_by_any_of_its_addresses(string address) =>
        Assert.That(Wanted.RepositoryName(address), Is.EqualTo("github.com/tukaani-project/xz"));

    [TestCase("0.9", true), TestCase("1.2", false), TestCase("2.5", true), TestCase("2.6", false), TestCase("3.0", true)]
    [TestCase("3.1", false)]
    public void A_range_has_what_is_between_its_events_in_any_order(string version, bool expected)
    {
        var affected = new AffectedPackage("Go", Module)
        {
            Ranges =
            [
                [
                    new RangeEvent(RangeEventKind.Fixed, "2.6"), new RangeEvent(RangeEventKind.Introduced, "0"),
                    new RangeEvent(RangeEventKind.Fixed, "1.2"), new RangeEvent(RangeEventKind.Introduced, "2.0"),
                ],
                [new RangeEvent(RangeEventKind.Introduced, "3.0"), new RangeEvent(RangeEventKind.LastAffected, "3.0")],
            ],
        };
        Assert.That(Ranges.Have(affected, SemanticVersion.TryParse, SemanticVersion.TryParse(version)), Is.EqualTo(expected));
    }

    private static byte[] Zip(params (string Name, string Text)[] files) =>
        SourceArchive.Zip([.. files.Select(file => (file.Name, file.Text, 0))]);

    /// <summary>Sound files, for damaged ones to be made of.</summary>
    internal static IReadOnlyList<byte[]> Samples { get; } =
    [
        Encoding.UTF8.GetBytes(Osv), Encoding.UTF8.GetBytes(Tracker), Zip(("index/modules.json", Index), ("ID/GO-2026-0001.json", Osv)),
        Zip(("a.json", Osv), ("b.json", Other)),
    ];
}
