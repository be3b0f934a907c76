using Qcw.Build.Components;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Nsis;
using Qcw.Build.Tests.Components.Podman;
using Qcw.Build.Tests.Components.Qemu;

namespace Qcw.Build.Tests.Components.Setup;

public sealed class QcwSetupDescriptionTests
{
    private TemporaryFolder folder = null!;
    private TemporaryFolder podmanFolder = null!;
    private InstallerDescription qemu = null!;

    [SetUp]
    public void Stage()
    {
        folder = new TemporaryFolder();
        podmanFolder = new TemporaryFolder();
        qemu = QemuInstallerDescription.Create(QemuStage.Make(folder));
        folder.Write("qcw-utils.ps1", "# script");
        folder.Write("licence.txt", "licences");
        folder.Write("site/index.html", "guide");
        folder.Write("site/404.html", "missing");
    }

    [TearDown]
    public void DeleteFolders()
    {
        folder.Dispose();
        podmanFolder.Dispose();
    }

    [Test]
    public void Every_file_of_both_installers_is_in_a_section()
    {
        InstallerDescription podman = PodmanOf("5.8.3");
        InstallerDescription setup = Setup(podman);
        NsisValidation.Validate(setup);
        Assert.That(setup.Files.Select(file => file.Target), Is.EquivalentTo(
            qemu.Files.Select(file => "qemu/" + file.Target).Concat(podman.Files.Select(file => "podman/" + file.Target))
                .Concat(["utils/qcw-utils.ps1", "guide/index.html"])));
        Assert.That(
            setup.AllSections.Select(section => section.Id),
            Is.EqualTo(new[] { "podman", "qemu", "tools", "utils", "shells", "doc", "startmenu", "path", "qemu_path" }));
    }

    [Test]
    public void A_section_that_is_not_known_fails()
    {
        InstallerDescription podman = PodmanOf("5.8.3");
        folder.Write("new.txt", "new");
        qemu = qemu with
        {
            Sections =
            [
                .. qemu.Sections,
                new("new", "New", "Something new.", SectionChoice.OnByDefault, [new InstalledFile(folder["new.txt"], "new.txt")]),
            ],
        };
        Assert.That(() => Setup(podman), Throws.InstanceOf<BuildException>().With.Message.Contains("startmenu, new, main"));
    }

    [TestCase("4.5.0-dev", "4.5.0.7.2.0.0.3.0", SectionChoice.OnByDefault, 17134)]
    [TestCase("5.8.3", "5.8.3.7.2.0.0.3.0", SectionChoice.OffByDefault, 17134)]
    [TestCase("6.1.0", "6.1.0.7.2.0.0.3.0", SectionChoice.OffByDefault, 22000)]
    public void It_does_what_that_Podman_needs(string podman, string order, SectionChoice qemuOnPath, int windows)
    {
        InstallerDescription setup = Setup(PodmanOf(podman));
        string text = NsisProductFile.Text(setup);
        Assert.That(setup.Version.Text, Is.EqualTo(podman + "+qemu.7.2.0"));
        Assert.That(text, Does.Contain($"PRODUCT_VERSION_ORDER \"{order}\"\n").And.Contain($"PRODUCT_WINDOWS_BUILD \"{windows}\"\n"));
        Assert.That(setup.MorePaths.Single().Choice, Is.EqualTo(qemuOnPath));
        bool isNew = podman[0] > '4';
        Assert.That(text.Contains("PRODUCT_SETTINGS_MACHINE_WIDE", StringComparison.Ordinal), Is.EqualTo(isNew));
        Assert.That(
            text.Contains(@"PRODUCT_FOLDERS_VALUE ""['$$BINDIR\..\qemu',{append=true}]""", StringComparison.Ordinal), Is.EqualTo(isNew));
    }

    [Test]
    public void Shortcuts_lead_into_the_products_folders()
    {
        Dictionary<string, InstallerShortcut> shortcuts = Setup(PodmanOf("5.8.3")).Shortcuts.ToDictionary(shortcut => shortcut.Name);
        Assert.That(
            shortcuts["Podman shell (QEMU)"].Arguments, Does.EndWith("\"[INSTALLDIR]podman\\shells\\podman-shell.cmd\" qemu\""));
        Assert.That(shortcuts["Guide"].Target, Is.EqualTo("guide/index.html"));
        Assert.That(shortcuts["Podman documentation"].Target, Is.EqualTo("podman/docs/commands/podman.html"));
        Assert.That(shortcuts["Set up containers"].Arguments, Does.EndWith("\"[INSTALLDIR]utils\\qcw-utils.ps1\" -SetUp -Pause\""));
        Assert.That(shortcuts.Values.Count(shortcut => shortcut.Target == InstallerShortcut.Uninstaller), Is.EqualTo(1));
    }

    [Test]
    public void Others_are_told_that_they_are_inside()
    {
        Assert.That(qemu.PartOf, Is.EqualTo(new IncludingProduct("qcw", "QEMU and Podman for Windows (qcw)")));
        Assert.That(PodmanOf("5.8.3").PartOf, Is.EqualTo(qemu.PartOf));
        Assert.That(NsisProductFile.Text(qemu), Does.Contain("!define PRODUCT_PART_OF \"qcw\"\n"));
        Assert.That(Setup(PodmanOf("5.8.3")).PartOf, Is.Null);
    }

    [Test]
    public void The_licence_page_has_both()
    {
        string text = QcwSetupDescription.LicenceText(qemu, PodmanOf("5.8.3"));
        Assert.That(text, Does.Contain("podman/licenses/podman/LICENSE").And.EndWith("GPL"));
    }

    private InstallerDescription PodmanOf(string version) =>
        PodmanMsiDescription.From(PodmanStage.Make(podmanFolder) with { Version = version });

    private InstallerDescription Setup(InstallerDescription podman) =>
        QcwSetupDescription.From(qemu, podman, folder["qcw-utils.ps1"], folder["licence.txt"], folder["site"]);
}
