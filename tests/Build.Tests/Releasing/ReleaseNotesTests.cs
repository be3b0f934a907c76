using System.Text.RegularExpressions;
using Qcw.Build.Attesting;
using Qcw.Build.Host;
using Qcw.Build.Packaging;
using Qcw.Build.Releasing;

namespace Qcw.Build.Tests.Releasing;

public sealed class ReleaseNotesTests
{
    [Test]
    public void Every_patch_stands_with_its_origin_and_state()
    {
        string notes = Notes(Line("2023.04"));
        using (Assert.EnterMultipleScope())
        {
            foreach (RemotePatch patch in Line("2023.04").Component("qemu").Patches.Cast<RemotePatch>())
            {
                Assert.That(notes, Does.Contain($"| qemu | {patch.Name} | {patch.From} | {patch.State} |"));
            }
        }
    }

    [Test]
    public void A_download_is_compared_by_the_commands_of_the_guide()
    {
        string[] commands = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "verifying.md"))
            .Where(line => line.StartsWith("       ", StringComparison.Ordinal)).Select(line => line.Trim())
            .Where(line => line[0] == '$' || line.Split(' ')[0] is "if" or "sha256sum")];
        Assert.That(commands, Has.Length.EqualTo(5));
        Assert.That(commands, Has.All.Matches<string>(Notes(Line("2026.11")).Contains));
    }

    [Test]
    public void Patches_of_debian_stand_with_the_revision_that_has_them()
    {
        ReleaseLine line = Line("debian13");
        string notes = Notes(line);
        using (Assert.EnterMultipleScope())
        {
            foreach (Component component in line.Components.Concat(line.Libraries))
            {
                foreach (DebianPatches debian in component.Patches.OfType<DebianPatches>())
                {
                    Assert.That(
                        notes, Does.Contain($"| Debian's patches on {component.Name} | {debian.Revision} | {debian.Archive.Pin} |"));
                    foreach (string patch in debian.Take)
                    {
                        Assert.That(notes, Does.Contain(
                            $"| {component.Name} | {patch} | Debian's {debian.Revision} | carried by Debian (trixie) |"));
                    }
                }
            }
        }
    }

    [Test]
    public void Where_all_of_debians_patches_are_taken_what_was_applied_is_listed()
    {
        var debian = new DebianPatches(new DebianSource("xz-utils", "trixie", "xz-utils_1-2.debian.tar.xz", new string('a', 64)), []);
        ReleaseLine line = Line("debian13");
        var xz = new Artifact("/r/xz.zip", line.Component("xz") with { Patches = [debian] }, "run it.");
        var facts = new ReleaseFacts(line, [xz], [], [], null, RecipeChanged: false)
        {
            Libraries = [],
        };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ReleaseNotesText.Write(facts), Does.Contain("| xz | all of debian/patches/series | Debian's xz-utils 1-2 |"));
            Assert.That(
                ReleaseNotesText.Write(facts with
                {
                    Patches =
                    [
                        new PatchRecord("xz", "b.patch", "0") { From = debian.Archive.File },
                        new PatchRecord("xz", "ours", "0"),
                        new PatchRecord("glib", "c.patch", "0") { From = debian.Archive.File },
                    ],
                }),
                Does.Contain("| xz | b.patch | Debian's xz-utils 1-2 |").And.Not.Contain("series").And.Not.Contain("c.patch"));
        }
    }

    [Test]
    public void A_patch_with_a_security_consideration_says_so() =>
        Assert.That(SecurityOf(Notes(Line("2023.04"))), Does.Contain("9pfs"));

    [Test]
    public void Answers_about_what_is_in_the_release_stand_under_security_and_no_others()
    {
        foreach (ReleaseLine line in Repository.Lines.Names.Select(Line))
        {
            string security = SecurityOf(Notes(line));
            HashSet<(string, string)> inside =
                [.. line.Libraries.Append(line.Component("qemu")).Append(line.Component("xz")).Select(one => (one.Name, one.Version))];
            Assert.That(
                Regex.Matches(security, "(CVE|GHSA|GO)-[0-9a-z-]+[0-9a-z]").Select(match => match.Value).Distinct(),
                Is.EquivalentTo(Answers.Where(one => one.Versions.Any(version => inside.Contains((one.Component, version))))
                    .Select(one => one.Id).Distinct()),
                line.Name);
        }
    }

    [TestCase("exploitable", "- xz 5.8.1 has CVE-2026-0001. Because.")]
    [TestCase("in_triage", "- xz 5.8.1 may have CVE-2026-0001. Because.")]
    [TestCase("not_affected", "- xz 5.8.1 is not affected by CVE-2026-0001. Because.")]
    [TestCase("resolved", "- xz 5.8.1 is patched against CVE-2026-0001. Because.")]
    public void The_state_of_an_answer_is_a_sentence(string state, string sentence)
    {
        ReleaseLine line = Line("debian13");
        var answer = new Advisory("xz", "CVE-2026-0001", ["5.8.1"], state, "Because.");
        Assert.That(
            SecurityOf(ReleaseNotesText.Write(Facts(line) with { Advisories = [answer], PatchFacts = [] })), Does.Contain(sentence + "\n"));
    }

    [Test]
    public void What_patches_fix_stands_once_where_no_answer_says_so()
    {
        PatchFacts[] patches =
        [
            .. new[] { "a", "b" }.Select(name => new PatchFacts("xz", name, new string('0', 64), name)
            {
                Vulnerabilities = ["CVE-2026-0001", "CVE-2026-0002"],
            }),
        ];
        ReleaseFacts facts = Facts(Line("debian13")) with { PatchFacts = patches, Advisories = [] };
        var answer = new Advisory("xz", "CVE-2026-0001", ["5.8.1"], "resolved", "Because.");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                SecurityOf(ReleaseNotesText.Write(facts)), Does.Contain("- xz 5.8.1 is patched against CVE-2026-0001, CVE-2026-0002.\n"));
            Assert.That(
                SecurityOf(ReleaseNotesText.Write(facts with { Advisories = [answer] })),
                Does.Contain("- xz 5.8.1 is patched against CVE-2026-0002.\n").And.Contain("against CVE-2026-0001. Because."));
        }
    }

    [Test]
    public void Where_nothing_is_recorded_that_is_said() => Assert.That(
        SecurityOf(ReleaseNotesText.Write(Facts(Line("debian13")) with { Advisories = [] })),
        Does.StartWith(" and other notes\n\n- Nothing is recorded of vulnerabilities in these versions"));

    [Test]
    public void No_note_of_a_line_speaks_of_vulnerabilities() => Assert.That(
        Repository.Lines.Names.Select(Line).SelectMany(line => line.Components.Concat(line.Libraries)).SelectMany(one => one.Notes)
            .Where(note => Regex.IsMatch(note, "CVE-|GHSA-|vulnerab|affected", RegexOptions.IgnoreCase)),
        Is.Empty, "build/Advisories is the place: the notes are made from it");

    [Test]
    public void Firmware_and_tools_stand_with_their_versions()
    {
        string notes = Notes(Line("debian13"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(notes, Does.Contain("| firmware package seabios | 1.16.2-1 |"));
            Assert.That(notes, Does.Contain("| tool makensis | v3.08 |"));
            Assert.That(notes, Does.Contain("abc123, with changes that are not committed"));
        }
    }

    [Test]
    public void Each_file_of_the_default_line_is_installed_in_its_own_way()
    {
        var graph = TaskGraph.OfHost();
        foreach (TaskNode node in graph.Nodes.Where(node => node.Product is not null))
        {
            Assert.That(node.Product!.HowTo, Does.EndWith("."), node.Name);
            Assert.That(node.Product.HowTo.Contains("{file}", StringComparison.Ordinal) || node.Product.Kind == "zip", node.Name);
        }

        Assert.That(graph.Find("PodmanUserInstaller").Product!.HowTo, Does.Contain("for one user, without administrator rights"));
        Assert.That(graph.Find("PodmanInstaller").Product!.HowTo, Does.Contain("MACHINE_PROVIDER=wsl"));
        Assert.That(graph.Find("QemuInstaller").Product!.HowTo, Does.Contain("/S /D=C:"));
    }

    [Test]
    public void A_file_that_is_made_from_no_component_has_the_tag() =>
        Assert.That(
            ReleaseNotesText.Write(
                new ReleaseFacts(Line("debian13"), [new Artifact("/r/qcw-utils.ps1", null, "run it.")], [], [], null, RecipeChanged: false)
                {
                    Tag = "0.1.0",
                }),
            Does.Contain("| `qcw-utils.ps1` | qcw | 0.1.0 |").And.Contain("- `qcw-utils.ps1`: run it.\n"));

    [Test]
    public void A_module_without_a_licence_stands_in_the_notes() =>
        Assert.That(
            ReleaseNotesText.Write(
                new ReleaseFacts(
                    Line("2023.04"),
                    [new Artifact("/r/gocat.zip", Line("2023.04").Component("gocat"), "run it.")],
                    [],
                    [],
                    null,
                    RecipeChanged: false)),
            Does.Contain("go-expand-tilde"));

    [Test]
    public void Packages_of_msys2_stand_in_the_place_of_the_libraries()
    {
        ReleaseLine line = Line("2023.04");
        string notes = ReleaseNotesText.Write(
            new ReleaseFacts(
                line, [new Artifact("/r/qemu-setup.exe", line.Component("qemu"), "run it.")], [], [], null, RecipeChanged: false)
            {
                Libraries = [],
                Msys2Packages = ["bash 1", "mingw-w64-ucrt-x86_64-gcc 2"],
            });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(notes, Does.Contain("| `msys2-packages.txt` | names and versions of the packages of MSYS2"));
            Assert.That(notes, Does.Contain("| MSYS2, 2 packages | `msys2-packages.txt` |").And.Not.Contain("| glib |"));
            Assert.That(Notes(line), Does.Contain("| glib |").And.Not.Contain("msys2-packages.txt"));
        }
    }

    [Test]
    public void A_one_off_is_named_without_the_folder_it_stood_in()
    {
        using var folder = new TemporaryFolder();
        string archive = folder.Write("my-qemu.tar.xz", "bytes");
        ReleaseLine line = new ReleaseLines(Repository.Paths).Load("debian13", [new SourceOverride("qemu", "9.9", archive)]);
        string notes = Notes(line);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(notes, Does.Contain("one-off build"));
            Assert.That(notes, Does.Contain("my-qemu.tar.xz"));
            Assert.That(notes, Does.Not.Contain(folder.Path));
        }
    }

    [Test]
    public void The_text_has_no_time_but_that_of_the_line()
    {
        string notes = Notes(Line("debian13"));
        Assert.That(notes, Does.Contain("2025-08-09T00:00:00Z (SOURCE_DATE_EPOCH 1754697600)"));
        Assert.That(
            Regex.Matches(notes, @"\d{4}-\d{2}-\d{2}(T[\d:]+Z)?").Select(time => time.Value),
            Is.EqualTo(["2025-08-09T00:00:00Z"]));
    }

    private static IReadOnlyList<Advisory> Answers { get; } = AdvisoryFiles.Read(Repository.Paths);

    private static ReleaseLine Line(string name) => new ReleaseLines(Repository.Paths).Load(name);

    private static string SecurityOf(string notes) => notes.Split("## Security considerations")[1].Split("## How to install")[0];

    private static string Notes(ReleaseLine line) => ReleaseNotesText.Write(Facts(line));

    private static ReleaseFacts Facts(ReleaseLine line) => new(
        line,
        [
            new Artifact("/r/qemu-setup.exe", line.Component("qemu"), "run it."),
            new Artifact("/r/xz.zip", line.Component("xz"), "run it."),
        ],
        [("seabios", "1.16.2-1")],
        [("makensis", "v3.08")],
        "abc123",
        RecipeChanged: true)
    {
        Advisories = Answers,
    };
}
