using Qcw.Build.Packaging;

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
            "id", "Name", "1.0", "Publisher", new Uri("https://example.org/"), file,
            [new("main", "Main", "The main part.", SectionChoice.Required, [new(file, "bin/a.exe")])], 0);
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void A_sound_one_is_accepted() => Assert.That(() => InstallerValidation.Validate(valid), Throws.Nothing);

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
    public void A_missing_licence_is_named() => AssertRefused(valid with { LicenseFile = folder["COPYING"] }, "COPYING does not exist");

    [TestCase("Main")]
    [TestCase("a,b")]
    [TestCase("path")]
    [TestCase("")]
    public void An_id_that_the_command_line_cannot_take_is_refused(string id) =>
        AssertRefused(valid with { Sections = [valid.Sections[0] with { Id = id }] }, "cannot be a section's id");

    [Test]
    public void Two_sections_of_one_id_are_refused() => AssertRefused(valid with { Sections = [valid.Sections[0], valid.Sections[0] with { Files = [] }] }, "two sections");

    [Test]
    public void A_shortcut_to_nothing_is_refused() =>
        AssertRefused(valid with { Shortcuts = [new("S", "bin/b.exe", string.Empty, "none")] }, "which no section installs", "'none', which does not exist");

    [Test]
    public void All_problems_are_told_at_once() =>
        AssertRefused(valid with { Version = "tip", Name = "a\nb", Id = "a/b", DisplayIcon = "b.ico" }, "'tip' cannot be ordered", "not a line", "'a/b' cannot be", "'b.ico' is not installed");

    [Test]
    public void A_name_that_cannot_be_a_folder_of_the_Start_menu_is_refused() => AssertRefused(valid with { Name = "a: b" }, "Start menu");

    [TestCase("7.2.0", "7.2.0.0", "7.2.0.0.3.0")]
    [TestCase("8.0.0-rc2", "8.0.0.0", "8.0.0.0.2.2")]
    [TestCase("5.4.1beta", "5.4.1.0", "5.4.1.0.1.0")]
    [TestCase("10.0.13+ds", "10.0.13.0", "10.0.13.0.3.0")]
    [TestCase("2023.04", "2023.4.0.0", "2023.4.0.0.3.0")]
    public void Versions_are_taken_apart(string text, string numbers, string order)
    {
        Assert.That(InstallerVersion.TryParse(text, out InstallerVersion version));
        Assert.That(version, Is.EqualTo(new InstallerVersion(numbers, order)));
    }

    [TestCase("")]
    [TestCase("master")]
    [TestCase("1.2.3.4.5")]
    [TestCase("1.70000")]
    [TestCase("1.0-")]
    [TestCase("1.0-2")]
    public void What_cannot_be_ordered_is_not_a_version(string text) => Assert.That(InstallerVersion.TryParse(text, out _), Is.False);

    [Test]
    public void Optional_sections_are_listed_in_order()
    {
        InstallerDescription description = valid with
        {
            PathFolder = string.Empty,
            Sections = [valid.Sections[0], new("b", "B", "B.", SectionChoice.OffByDefault, []), new("a", "A", "A.", SectionChoice.OnByDefault, [])],
        };
        Assert.That(description.OptionalSectionIds, Is.EqualTo(new[] { "b", "a", "path" }));
    }

    private InstallerDescription WithFile(string target) =>
        valid with { Sections = [.. valid.Sections, new("more", "More", "More.", SectionChoice.OnByDefault, [new(valid.LicenseFile, target)])] };

    private static void AssertRefused(InstallerDescription description, params string[] reasons)
    {
        BuildException e = Assert.Throws<BuildException>(() => InstallerValidation.Validate(description))!;
        foreach (string reason in reasons)
        {
            Assert.That(e.Message, Does.Contain(reason));
        }
    }
}
