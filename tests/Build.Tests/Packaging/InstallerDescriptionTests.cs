using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Nsis;

namespace Qcw.Build.Tests.Packaging;

public sealed class InstallerDescriptionTests
{
    private TemporaryFolder folder = null!;
    private InstallerDescription valid = null!;

    [SetUp]
    public void MakeDescription()
    {
        folder = new TemporaryFolder();
        string file = folder.Write("file", "text");
        valid = new InstallerDescription(
            "id", "Name", UpstreamVersion.Parse("1.0"), "Publisher", new Uri("https://example.org/"),
            [new("main", "Main", "The main part.", SectionChoice.Required, [new(file, "bin/a.exe")])], 0)
        {
            LicenceFile = file,
        };
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void A_sound_one_is_accepted() => Assert.That(() => NsisValidation.Validate(valid), Throws.Nothing);

    [TestCase("../a", "contains '..'")]
    [TestCase("/a", "empty part")]
    [TestCase("a//b", "empty part")]
    [TestCase("", "is empty")]
    [TestCase("a:b", "':'")]
    [TestCase("a\tb", "\\x09")]
    [TestCase("con/a", "device")]
    [TestCase("x/LPT1.txt", "device")]
    [TestCase("a./b", "ends in '.'")]
    [TestCase("a ", "ends in ' '")]
    public void A_target_that_Windows_cannot_have_is_refused(string target, string reason) => AssertRefused(WithFile(target), reason);

    [TestCase("BIN/A.EXE", "two files would be installed as")]
    [TestCase("Uninstall.exe", "two files would be installed as")]
    [TestCase("bin/a.exe/b", "both a file and a folder")]
    public void Targets_that_clash_are_refused(string target, string reason) => AssertRefused(WithFile(target), reason);

    [Test]
    public void A_missing_source_is_named()
    {
        string gone = folder["gone.txt"];
        AssertRefused(valid with { Sections = [valid.Sections[0] with { Files = [new(gone, "x")] }] }, $"{gone} (for x) does not exist");
    }

    [Test]
    public void A_missing_licence_is_named() => AssertRefused(valid with { LicenceFile = folder["COPYING"] }, "COPYING does not exist");

    [Test]
    public void A_setup_program_needs_a_licence() => AssertRefused(valid with { LicenceFile = null }, "it has no licence text");

    [Test]
    public void An_installer_without_sections_is_refused() => AssertRefused(valid with { Sections = [] }, "it has no sections");

    [TestCase("Main")]
    [TestCase("a-b")]
    [TestCase("a12345678901234567890123456789012345678")]
    [TestCase("a\n")]
    [TestCase("a,b")]
    [TestCase("path")]
    [TestCase("")]
    public void An_id_that_the_command_line_cannot_take_is_refused(string id) =>
        AssertRefused(valid with { Sections = [valid.Sections[0] with { Id = id }] }, "cannot be the id of a section");

    [Test]
    public void Two_sections_of_one_id_are_refused() =>
        AssertRefused(valid with { Sections = [valid.Sections[0], valid.Sections[0] with { Files = [] }] }, "two sections");

    [Test]
    public void A_shortcut_to_nothing_is_refused() =>
        AssertRefused(
            valid with
            {
                Shortcuts = [new("S", "bin/b.exe", string.Empty, "none")],
            },
            "which no section installs",
            "'none', which does not exist");

    [Test]
    public void All_problems_are_told_at_once() =>
        AssertRefused(
            valid with { Version = UpstreamVersion.Parse("1.0-dev"), Name = "a\nb", Id = "a/b", DisplayIcon = "b.ico" },
            "'1.0-dev' cannot be ordered", "not a line", "'a/b' cannot be", "'b.ico', is not installed");

    [Test]
    public void A_name_that_cannot_be_a_folder_of_the_Start_menu_is_refused() => AssertRefused(valid with { Name = "a: b" }, "Start menu");

    [Test]
    public void The_offer_of_PATH_cannot_be_required() => AssertRefused(
        valid with { Path = new("../bin", "PATH", "PATH.", SectionChoice.Required) },
        "the section path cannot be required", "'../bin', contains '..'");

    [Test]
    public void Texts_that_do_not_fit_are_refused() => AssertRefused(
        valid with
        {
            Sections = [valid.Sections[0] with { Title = new string('x', 65) }],
            Shortcuts = [new("a/b", InstallerShortcut.CommandPrompt, "a\nb", "main")],
        },
        "a title of at most 64", "a name that a file can have", "description and arguments of at most");

    [Test]
    public void Optional_sections_are_listed_in_order()
    {
        InstallerDescription description = valid with
        {
            Path = new(string.Empty, "PATH", "PATH.", SectionChoice.OffByDefault),
            Sections =
            [
                valid.Sections[0],
                new("b", "B", "B.", SectionChoice.OffByDefault, []),
                new("a", "A", "A.", SectionChoice.OnByDefault, []),
            ],
        };
        Assert.That(description.OptionalSectionIds, Is.EqualTo(new[] { "b", "a", "path" }));
    }

    private InstallerDescription WithFile(string target) =>
        valid with
        {
            Sections = [.. valid.Sections, new("more", "More", "More.", SectionChoice.OnByDefault, [new(valid.LicenceFile!, target)])],
        };

    private static void AssertRefused(InstallerDescription description, params string[] reasons)
    {
        BuildException e = Assert.Throws<BuildException>(() => NsisValidation.Validate(description))!;
        foreach (string reason in reasons)
        {
            Assert.That(e.Message, Does.Contain(reason));
        }
    }
}
