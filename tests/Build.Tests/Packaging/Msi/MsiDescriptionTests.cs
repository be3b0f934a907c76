using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Tests.Packaging.Msi;

public sealed class MsiDescriptionTests
{
    private TemporaryFolder folder = null!;
    private MsiDescription valid = null!;

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
        valid with { Version = "tip", Name = "a\nb", Id = "a/b", UpgradeCode = Guid.Empty, RegistryKey = "qcw", SourceDateEpoch = -1, Icon = "a.exe" },
        "'tip' cannot be compared", "not a line", "'a/b'", "no upgrade code", "'qcw' is not of the form", "before 1970", "a.exe is not an .ico file");

    [TestCase("../a", "contains '..'")]
    [TestCase("con/a", "device")]
    [TestCase("grüße.txt", "not ASCII")]
    [TestCase("A.EXE", "two files would be installed as")]
    [TestCase("a.exe/b", "both a file and a folder")]
    public void A_target_that_cannot_be_is_refused(string target, string reason)
    {
        MsiFeature main = valid.Features[0];
        AssertRefused(valid with { Features = [main with { Files = [.. main.Files, new(main.Files[0].Source, target)] }, .. valid.Features.Skip(1)] }, reason);
    }

    [Test]
    public void A_missing_source_is_named() => AssertRefused(
        valid with { Features = [valid.Features[0] with { Files = [new(folder["gone"], "x")] }, .. valid.Features.Skip(1)] }, "gone (for x) does not exist");

    [TestCase("a,b")]
    [TestCase("1a")]
    [TestCase("")]
    [TestCase("a12345678901234567890123456789012345678")]
    public void An_id_that_the_command_line_cannot_take_is_refused(string id) =>
        AssertRefused(valid with { Features = [valid.Features[0], valid.Features[1] with { Id = id }] }, $"'{id}' cannot be a feature's id");

    [Test]
    public void The_first_feature_is_the_required_one()
    {
        AssertRefused(valid with { Features = [valid.Features[1]] }, "docs is the first one and must be required");
        AssertRefused(valid with { Features = [valid.Features[0], valid.Features[0] with { Id = "other", Files = [] }] }, "other is not the first one");
        AssertRefused(valid with { Features = [], PathFeature = null }, "no features");
        AssertRefused(valid with { PathFeature = valid.Features[1] }, "two features have the id docs", "cannot have files");
    }

    [Test]
    public void A_shortcut_to_nothing_is_refused() =>
        AssertRefused(valid with { Shortcuts = [new("a:b", "nothing.exe", string.Empty, "A.", "nowhere")] }, "a name that a file can have", "which no feature installs", "'nowhere', which does not exist");

    [TestCase("colour", "red", "red", "'colour' cannot be a property")]
    [TestCase("INSTALLDIR", "red", "red", "'INSTALLDIR' cannot be a property")]
    [TestCase("COLOUR", "a\"b", "a\"b", "'a\"b' cannot be a value")]
    [TestCase("COLOUR", "red", "blue", "the default of COLOUR, 'blue'")]
    public void A_choice_that_cannot_be_made_is_refused(string property, string value, string standard, string reason) =>
        AssertRefused(valid with { Choices = [new(property, [value, "none"], standard, "Colour")], Configuration = valid.Configuration! with { Property = property } }, reason);

    [Test]
    public void What_a_choice_yields_to_must_be_found_and_leave_it_one_of_its_values()
    {
        AssertRefused(Beside(new([], "a b", "blue")), "COLOUR yields to needs a registry key", "instead of 'a b'", "beside another product, 'blue'");
        AssertRefused(Beside(new([@"HKLM\Software\Other", @"software\PUBLISHER\product"], "Home", "none")), @"'HKLM\Software\Other'", @"'software\PUBLISHER\product'");

        MsiDescription Beside(MsiNeighbour neighbour) => valid with { Choices = [valid.Choices[0] with { Neighbour = neighbour }] };
    }

    [Test]
    public void Registry_values_do_not_clash() =>
        AssertRefused(valid with { RegistryValues = [new("colour", "x"), new("Other", "#1")] }, "two registry values have the name", "does not begin with '#'");

    [Test]
    public void A_configuration_that_cannot_be_written_is_refused() =>
        AssertRefused(valid with { Configuration = new("a/../b", "c", "d]", "e", "OTHER", "none") }, "the part '..'", "'d]' and key", "no such choice");

    [TestCase("4.5.0-dev", "4.5.0")]
    [TestCase("4.5.0", "4.5.0")]
    [TestCase("5", "5.0.0")]
    [TestCase("255.255.65535.9+git", "255.255.65535")]
    public void The_first_three_numbers_are_the_version(string text, string expected)
    {
        Assert.That(MsiVersion.TryParse(text, out string version));
        Assert.That(version, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("main")]
    [TestCase("2023.4.0")]
    [TestCase("1.256")]
    [TestCase("1.0.65536")]
    [TestCase("1.2.3.4.5")]
    [TestCase("1.0 [X]")]
    public void What_Windows_Installer_cannot_compare_is_no_version(string text) => Assert.That(MsiVersion.TryParse(text, out _), Is.False);

    [Test]
    public void A_name_based_UUID_is_that_of_the_standard() => // RFC 9562, A.4
        Assert.That(NameBasedGuid.Create(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"), Is.EqualTo(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2")));

    private static void AssertRefused(MsiDescription description, params string[] reasons)
    {
        BuildException e = Assert.Throws<BuildException>(() => MsiValidation.Validate(description))!;
        foreach (string reason in reasons)
        {
            Assert.That(e.Message, Does.Contain(reason));
        }
    }
}
