using System.Text.Json.Nodes;
using Qcw.Build.Advising;
using Qcw.Build.Attesting;
using Qcw.Build.Compiling.Go;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Tests.Advising;

/// <summary>What is found in components, and what becomes of it where the repository answers.</summary>
public sealed class AdvisoryReviewTests
{
    private const string Module = "example.org/module";

    private static readonly GoContents Linked = new(GoEvidence.Linked, "1.20.14", [new GoModule(Module, "v1.1.0")])
    {
        Main = "example.org/program",
        Packages = new HashSet<string> { "example.org/module/p", "net/http", "main" },
        Functions = new HashSet<string> { "example.org/module/p F", "net/http Client.Do" },
    };

    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    // which package and function has it, on which system; what the finished program tells, and what the source does
    [TestCase("p", "F", "", true, true), TestCase("p", "G", "", false, true), TestCase("p", "", "", true, true)]
    [TestCase("q", "F", "", false, false), TestCase("p", "F", "linux", false, false), TestCase("p", "F", "windows", true, true)]
    public void A_module_is_affected_where_what_is_inside_has_it(string package, string function, string system, bool linked, bool vendored)
    {
        Vulnerability entry = Go("GO-2026-0001", Module, "1.2.0", new GoImport(
            $"{Module}/{package}", function.Length == 0 ? [] : [function], system.Length == 0 ? [] : [system], []));
        var source = new GoContents(GoEvidence.Vendored, "1.20.14", Linked.Modules) { Packages = new HashSet<string> { Module + "/p" } };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Look(Program(Linked), [entry]).Findings.Any(), Is.EqualTo(linked), "linked");
            Assert.That(Look(Program(source), [entry]).Findings.Any(), Is.EqualTo(vendored), "vendored");
            Assert.That(
                Look(Program(source), [entry]).Findings.Select(one => one.Evidence), Is.All.StartsWith("upper bound"), "vendored");
            Assert.That(Look(Program(Linked), [entry]).Components[0].Counts!.Modules, Is.EqualTo(1));
        }
    }

    [Test]
    public void Gos_library_and_the_program_itself_are_modules_too()
    {
        Vulnerability[] entries =
        [
            Go("GO-2026-0001", "stdlib", "1.20.14", new GoImport("net/http", ["Client.Do"], [], [])),
            Go("GO-2026-0002", "stdlib", "1.21.0", new GoImport("net/http", ["Client.Do"], [], [])),
            Go("GO-2026-0003", "stdlib", "1.21.0", new GoImport("net/textproto", [], [], [])),
            Go("GO-2026-0004", "example.org/program", "4.5.0"), Go("GO-2026-0005", "example.org/program", "4.4.0"),
            Go("GO-2026-0006", "toolchain", "1.99.0"),
        ];
        Assert.That(
            Look(Program(Linked), entries).Findings.Select(one => $"{one.Id} {one.Module} {one.ModuleVersion} {one.FixedIn}"),
            Is.EqualTo(["GO-2026-0002 stdlib 1.20.14 1.21.0", "GO-2026-0004 example.org/program 4.5.0-dev 4.5.0"]));
    }

    [Test]
    public void Each_version_of_a_module_counts_where_programs_differ()
    {
        GoContents two = Linked with
        {
            Modules = [new GoModule(Module, "v1.1.0"), new GoModule(Module, "v1.3.0"), new GoModule(Module, "v1.0.0")],
        };
        Assert.That(
            Look(Program(two), [Go("GO-2026-0001", Module, "1.2.0")]).Findings.Select(one => one.ModuleVersion),
            Is.EquivalentTo(["v1.1.0", "v1.0.0"]));
    }

    [TestCase("main F", true), TestCase("main G", false)]
    public void The_package_that_a_program_begins_in_has_another_name_inside(string function, bool expected)
    {
        GoContents contents = Linked with { Functions = new HashSet<string> { function } };
        Vulnerability entry = Go(
            "GO-2026-0001", "example.org/program", "4.5.0", new GoImport("example.org/program/cmd/program", ["F"], [], []));
        Assert.That(Look(Program(contents), [entry]).Findings.Any(), Is.EqualTo(expected));
    }

    [Test]
    public void A_version_of_debians_is_held_against_its_release_with_the_epoch_of_the_database()
    {
        Vulnerability[] entries =
        [
            Debian("DEBIAN-CVE-2026-0001", "Debian:13", "1:1.0+ds-0+deb13u1"), Debian("DEBIAN-CVE-2026-0002", "Debian:13", "1:0.9-5"),
            Debian("DEBIAN-CVE-2026-0003", "Debian:12", "1:1.0+ds-9"), Debian("DEBIAN-CVE-2026-0004", "Debian:13", null),
        ];
        AdvisoryReview review = Look(new Subject(Thing()), entries);
        Assert.That(
            review.Findings.Select(one => $"{one.Id} {one.FixedIn} {one.Aliases.Single()}"),
            Is.EqualTo(
                ["CVE-2026-0001 1:1.0+ds-0+deb13u1 DEBIAN-CVE-2026-0001", "CVE-2026-0004  DEBIAN-CVE-2026-0004"]));
    }

    [Test]
    public void What_the_changelog_says_goes_before_the_range_of_a_database()
    {
        const string changelog =
            """
            thing (1:1.0+ds-1+deb13u2) trixie; urgency=medium

              * d/p/taken.patch: CVE-2026-0002
              * d/p/left.patch: CVE-2026-0003
              * CVE-2026-0004

             -- Somebody <somebody@example.org>  Fri, 07 Aug 2026 10:33:15 +0100

            thing (1:1.0+ds-1) unstable; urgency=medium

              * New upstream version, which fixes CVE-2026-0001

             -- Somebody <somebody@example.org>  Thu, 06 Aug 2026 10:33:15 +0100

            """;
        Subject subject = WithPackaging(changelog, ["taken.patch"], "taken.patch", "left.patch");
        AdvisoryReview review = Look(
            subject, [.. new[] { "1", "2", "3" }.Select(number => Debian($"DEBIAN-CVE-2026-000{number}", "Debian:13", "1:1.0+ds-1"))]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                review.Findings.Select(one => $"{one.Id} {one.State}"),
                Is.EqualTo(["CVE-2026-0002 patched", "CVE-2026-0003 new", "CVE-2026-0004 new"]));
            Assert.That(review.Findings.First().Detail, Is.EqualTo("fixed by taken.patch"));
            Assert.That(
                Look(WithPackaging(changelog, [], "taken.patch", "left.patch"), []).Findings.Select(one => one.State),
                Is.All.EqualTo(Finding.Patched), "all patches are taken");
        }
    }

    [Test]
    public void A_repository_is_held_against_tags_and_a_database_of_commits_is_an_upper_bound()
    {
        AffectedPackage of = new(string.Empty, string.Empty) { Repositories = ["https://github.com/example/thing"] };
        Vulnerability[] entries =
        [
            new("CVE-2026-0001", [], string.Empty, [of with { Versions = ["v1.0", "v1.1"] }]),
            new("CVE-2026-0002", [], string.Empty, [of with { Versions = ["v0.9"] }]), new("CVE-2026-0003", [], string.Empty, [of]),
        ];
        Component component = Thing() with
        {
            Source = new GitSource(new Uri("https://github.com/example/thing.git"), new string('a', 40), []),
        };
        Assert.That(
            Look(new Subject(component), entries).Findings.Select(one => $"{one.Id} {one.Evidence}"),
            Is.EqualTo(
            [
                "CVE-2026-0001 version of its repository",
                "CVE-2026-0003 upper bound: the database names commits, and no versions",
            ]));
    }

    [Test]
    public void An_answer_takes_a_finding_off_the_list_of_new_ones_by_any_of_its_names()
    {
        Vulnerability[] entries = [Go("GO-2026-0001", Module, "1.2.0"), Go("GO-2026-0002", Module, "1.2.0")];
        var answer = new Advisory("program", "CVE-2026-0001", ["4.5.0-dev"], "not_affected", "Because.")
        {
            Module = Module,
            Justification = "code_not_reachable",
        };
        AdvisoryReview review = Look(Program(Linked), entries, answer);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                review.Findings.Select(one => $"{one.Id} {one.State} {one.Justification}"),
                Is.EqualTo(["GO-2026-0001 not_affected code_not_reachable", "GO-2026-0002 new "]));
            Assert.That(review.Stale, Is.Empty);
            Assert.That(
                Look(Program(Linked), entries, answer with { Module = "example.org/other" }).Findings
                    .Count(one => one.State == Finding.New),
                Is.EqualTo(2), "the answer is about another module");
            Assert.That(
                Look(Program(Linked), entries, answer with { Versions = ["4.4.0"] }).Findings.Count(one => one.State == Finding.New),
                Is.EqualTo(2), "the answer is about another version");
        }
    }

    [TestCase("program", "GO-2026-0001", "4.4.0", null, "is about program 4.4.0, which no line has")]
    [TestCase("program", "GO-2026-0099", "4.5.0-dev", null, "was not found in program 4.5.0-dev by any database that was given")]
    [TestCase(
        "program", "GO-2026-0001", "4.5.0-dev", "example.org/x",
        "is about the Go module example.org/x, which program 4.5.0-dev does not have")]
    public void An_answer_to_what_is_not_there_is_named(string component, string id, string version, string? module, string message)
    {
        var answer = new Advisory(component, id, [version], "exploitable", "Because.") { Module = module };
        AdvisoryReview review = Look(Program(Linked), [Go("GO-2026-0001", Module, "1.2.0")], answer);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(review.Stale, Is.EqualTo([$"build/Advisories/{component}.json: {id} {message}"]));
            Assert.That(AdvisoryReport.Failure(review, "any"), Does.Contain("stale answer: build/Advisories/program.json"));
        }
    }

    [Test]
    public void What_people_know_and_no_source_tells_is_on_the_list()
    {
        var answer = new Advisory("thing", "CVE-2026-0001", ["1.0"], "exploitable", "It is so.");
        AdvisoryReview review = Of(new Subject(Thing()), [], answer);
        Assert.That(
            review.Findings.Select(one => (one.Id, one.State, one.Detail)), Is.EqualTo([("CVE-2026-0001", "exploitable", "It is so.")]));
        Assert.That(review.Components[0].NotLookedAt, Does.StartWith("no database of Debian's was given, and no packaging of thing"));
    }

    [TestCase("none", "new", null), TestCase("new", "new", "GO-2026-0001"), TestCase("any", "new", "GO-2026-0001")]
    [TestCase("new", "exploitable", null), TestCase("any", "exploitable", "GO-2026-0001"), TestCase("any", "in_triage", "GO-2026-0001")]
    [TestCase("any", "not_affected", null), TestCase("any", "resolved", null)]
    public void It_fails_on_what_it_is_told_to(string failsOn, string state, string? named)
    {
        var answer = new Advisory("program", "GO-2026-0001", ["4.5.0-dev"], state, "Because.");
        AdvisoryReview review = Look(Program(Linked), [Go("GO-2026-0001", Module, "1.2.0")], state == "new" ? [] : [answer]);
        Assert.That(AdvisoryReport.Failure(review, failsOn), named is null ? Is.Null : Does.Contain(named));
    }

    [Test]
    public void What_nobody_looked_at_is_not_sound() => Assert.That(
        AdvisoryReport.Failure(Of(new Subject(Thing()), []), "new"),
        Does.Contain("thing 1.0 was not looked at: no database of Debian's was given"));

    [Test]
    public void A_program_of_which_nothing_is_known_was_not_looked_at()
    {
        AdvisoryReview review = Look(Program(null), [Go("GO-2026-0001", Module, "1.2.0")]);
        Assert.That(review.Components[0].NotLookedAt, Does.StartWith("its programs are not compiled and its source is not unpacked"));
    }

    [Test]
    public void What_starts_an_answer_is_one_that_the_reader_takes()
    {
        AdvisoryReview review = Look(Program(Linked), [Go("GO-2026-0001", Module, "1.2.0")]);
        string[] answer = [.. AdvisoryReport.Answers(review, "CVE-2026-0001")];
        folder.Write("build/Advisories/program.json", $$"""{"advisories":[{{answer[1]}}]}""");
        Advisory read = AdvisoryFiles.Read(new Paths(folder.Path, folder["artifacts"])).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer[0], Does.Contain("build/Advisories/program.json"));
            Assert.That((read.Id, read.Module, read.State), Is.EqualTo(("GO-2026-0001", Module, "in_triage")));
            Assert.That(
                Look(Program(Linked), [Go("GO-2026-0001", Module, "1.2.0")], read).Findings.Single().State, Is.EqualTo("in_triage"));
            Assert.That(AdvisoryReport.Answers(review, "CVE-2026-0099"), Is.Empty);
        }
    }

    [Test]
    public void People_and_programs_are_told_the_same()
    {
        AdvisoryReview review = Look(Program(Linked), [Go("GO-2026-0001", Module, "1.2.0")]);
        string text = string.Join('\n', AdvisoryReport.Lines(review));
        JsonNode json = JsonNode.Parse(AdvisoryReport.ToJson(review).ToJsonString())!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain("program 4.5.0-dev (linked into its programs: 1 Go modules, 3 packages, Go 1.20.14)"));
            Assert.That(text, Does.Contain($"new  GO-2026-0001  {Module} v1.1.0  fixed in 1.2.0  trouble"));
            Assert.That(text, Does.EndWith("sample: 1 new, 0 known to be open, 0 answered otherwise, 0 fixed by patches; "
                + "0 components not looked at, 0 stale answers"));
            Assert.That((string?)json["components"]![0]!["findings"]![0]!["id"], Is.EqualTo("GO-2026-0001"));
            Assert.That((int?)json["components"]![0]!["counts"]!["modules"], Is.EqualTo(1));
        }
    }

    private static Subject Program(GoContents? go) => new(
        new Component(
            "program", "4.5.0-dev", new GitSource(new Uri("https://github.com/example/program.git"), new string('a', 40), []), [], [], []))
    {
        IsGo = true,
        Go = go,
    };

    private static Component Thing() => new(
        "thing", "1.0", new DebianSource("thing", "trixie", "thing_1.0+ds.orig.tar.xz", new string('a', 64)), [], [], []);

    private Subject WithPackaging(string changelog, IReadOnlyList<string> take, params string[] patches)
    {
        const string file = "thing_1.0+ds-1+deb13u2.debian.tar.xz";
        byte[] archive = DebianPackagingTests.Archive(
            changelog, [.. patches.Select(patch => (patch, "Subject: x\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n"))]);
        return new Subject(Thing() with
        {
            Patches = [new DebianPatches(new DebianSource("thing", "trixie", file, new string('b', 64)), take)],
        })
        {
            Packagings = [DebianPackaging.Read(folder.Write(file, archive), file)],
        };
    }

    private static Vulnerability Go(string id, string module, string fix, params GoImport[] imports) => new(
        id, [id.Replace("GO-", "CVE-", StringComparison.Ordinal)], "trouble",
        [
            new AffectedPackage("Go", module)
            {
                Ranges = [[new RangeEvent(RangeEventKind.Introduced, "0"), new RangeEvent(RangeEventKind.Fixed, fix)]],
                Imports = imports,
            },
        ]);

    private static Vulnerability Debian(string id, string ecosystem, string? fix) => new(
        id, [], "trouble",
        [
            new AffectedPackage(ecosystem, "thing")
            {
                Ranges =
                [
                    [new RangeEvent(RangeEventKind.Introduced, "0"), .. fix is null ? (RangeEvent[])[] : [new(RangeEventKind.Fixed, fix)]],
                ],
            },
        ]);

    private static AdvisoryReview Look(Subject subject, Vulnerability[] entries, params Advisory[] answers) => Of(
        subject, [new AdvisoryDatabase("x.zip", "OSV", ["Debian", "GIT", "Go"], entries.Length, null, entries)], answers);

    private static AdvisoryReview Of(Subject subject, AdvisoryDatabase[] databases, params Advisory[] answers) => AdvisoryReview.Of(
        "sample", "amd64", [subject], databases, answers, [("program", "4.5.0-dev"), ("thing", "1.0")], all: true);
}
