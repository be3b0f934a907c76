using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Tests.Packaging.Msi;

public sealed class MsiDescriptionTests
{
    private TemporaryFolder folder = null!;
    private InstallerDescription valid = null!;

    [SetUp]
    public void MakeDescription()
    {
        folder = new TemporaryFolder();
        valid = TestMsi.Create(folder);
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void A_sound_one_is_accepted() => Assert.That(() => MsiValidation.Validate(valid), Throws.Nothing);

    [Test]
    public void All_problems_are_told_at_once() => AssertRefused(
        With(msi => msi with { UpgradeCode = Guid.Empty, RegistryKey = "qcw", Comments = "grüße" }) with
        {
            Version = UpstreamVersion.Parse("2023.4.0"),
            Name = "a\nb",
            Id = "a/b",
            SourceDateEpoch = -1,
            DisplayIcon = "a.ico",
        },
        "'2023.4.0' cannot be that of an MSI", "not a line", "'a/b'", "no upgrade code", "'qcw' is not of the form", "before 1970",
        "'a.ico', is not installed", "comments 'grüße'");

    [Test]
    public void A_description_without_the_part_of_an_MSI_is_refused() => AssertRefused(valid with { Msi = null }, "has no Msi part");

    [Test]
    public void Only_the_install_folder_itself_can_be_on_PATH() => AssertRefused(
        valid with { Path = valid.Path! with { Folder = "bin" } }, "the folder 'bin' on PATH");

    [Test]
    public void An_MSI_has_no_uninstaller_to_lead_to() => AssertRefused(
        valid with { Shortcuts = [new("Remove", InstallerShortcut.Uninstaller, string.Empty, "main")] }, "leads to ':uninstaller'");

    [TestCase("../a", "contains '..'")]
    [TestCase("con/a", "device")]
    [TestCase("grüße.txt", "not ASCII")]
    [TestCase("A.EXE", "two files would be installed as")]
    [TestCase("a.exe/b", "both a file and a folder")]
    public void A_target_that_cannot_be_is_refused(string target, string reason)
    {
        InstallerSection main = valid.Sections[0];
        AssertRefused(
            valid with
            {
                Sections = [main with { Files = [.. main.Files, new(main.Files[0].Source, target)] }, .. valid.Sections.Skip(1)],
            },
            reason);
    }

    [Test]
    public void A_missing_source_is_named() =>
        AssertRefused(
            valid with
            {
                Sections = [valid.Sections[0] with { Files = [new(folder["gone"], "x")] }, .. valid.Sections.Skip(1)],
            },
            "gone (for x) does not exist");

    [TestCase("a,b")]
    [TestCase("1a")]
    [TestCase("A")]
    [TestCase("")]
    [TestCase("a12345678901234567890123456789012345678")]
    public void An_id_that_the_command_line_cannot_take_is_refused(string id) =>
        AssertRefused(
            valid with
            {
                Sections = [valid.Sections[0], valid.Sections[1] with { Id = id }],
            },
            $"'{id}' cannot be the id of a section");

    [Test]
    public void The_first_section_is_the_required_one()
    {
        AssertRefused(valid with { Sections = [valid.Sections[1]] }, "docs is the first one and must be required");
        AssertRefused(
            valid with
            {
                Sections = [valid.Sections[0], valid.Sections[0] with { Id = "other", Files = [] }],
            },
            "other is not the first one");
        AssertRefused(valid with { Sections = [], Path = null }, "no sections");
        AssertRefused(valid with { Path = valid.Path! with { Choice = SectionChoice.Required } }, "the section path cannot be required");
    }

    [Test]
    public void A_shortcut_to_nothing_is_refused() =>
        AssertRefused(
            valid with
            {
                Shortcuts = [new("a:b", "nothing.exe", string.Empty, "nowhere")],
            },
            "a name that a file can have",
            "which no section installs",
            "'nowhere', which does not exist");

    [TestCase("colour", "red", "red", "'colour' cannot be a property")]
    [TestCase("INSTALLDIR", "red", "red", "'INSTALLDIR' cannot be a property")]
    [TestCase("COLOUR", "a\"b", "a\"b", "'a\"b' cannot be a value")]
    [TestCase("COLOUR", "red", "blue", "the default of COLOUR, 'blue'")]
    public void A_choice_that_cannot_be_made_is_refused(string property, string value, string standard, string reason) =>
        AssertRefused(
            With(msi => msi with
            {
                Choices = [new(property, [value, "none"], standard, "Colour")],
                Configuration = msi.Configuration! with { Property = property },
            }),
            reason);

    [Test]
    public void What_a_choice_yields_to_must_be_found_and_leave_it_one_of_its_values()
    {
        AssertRefused(
            Beside(new([], "a b", "blue")), "neighbour of COLOUR needs a registry key", "instead of 'a b'", "beside its neighbour, 'blue'");
        AssertRefused(
            Beside(new([@"HKLM\Software\Other", @"software\PUBLISHER\product"], "Home", "none")),
            @"'HKLM\Software\Other'",
            @"'software\PUBLISHER\product'");

        InstallerDescription Beside(MsiNeighbour neighbour) =>
            With(msi => msi with { Choices = [msi.Choices[0] with { Neighbour = neighbour }] });
    }

    [Test]
    public void Registry_values_do_not_clash() => AssertRefused(
        With(msi => msi with { Choices = [msi.Choices[0] with { RegistryName = "installdir" }, new("OTHER", ["a"], "a", "a b")] }),
        "two registry values have the name", "'a b' cannot be the name of a registry value");

    [Test]
    public void A_configuration_that_cannot_be_written_is_refused() =>
        AssertRefused(
            With(msi => msi with { Configuration = new("a/../b", "c", "d]", "e", "OTHER", "none") }),
            "the part '..'", "'d]' and key", "no choice has that property");

    [TestCase("")]
    [TestCase("Close [it]")]
    public void How_a_program_is_closed_is_a_plain_text(string closing) =>
        AssertRefused(With(msi => msi with { Closing = closing }), $"how it is closed, '{closing}'");

    [Test]
    public void A_name_based_UUID_is_that_of_the_standard() => // RFC 9562, A.4
        Assert.That(
            NameBasedGuid.Create(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"),
            Is.EqualTo(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2")));

    private InstallerDescription With(Func<MsiPart, MsiPart> change) => valid with { Msi = change(valid.Msi!) };

    private static void AssertRefused(InstallerDescription description, params string[] reasons)
    {
        BuildException e = Assert.Throws<BuildException>(() => MsiValidation.Validate(description))!;
        foreach (string reason in reasons)
        {
            Assert.That(e.Message, Does.Contain(reason));
        }
    }
}
