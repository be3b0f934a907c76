using Qcw.Build.Components;
using Qcw.Build.Packaging;
using Qcw.Build.Tests.Packaging.Pe;
using Qcw.Build.Packaging.Nsis;

namespace Qcw.Build.Tests.Components.Qemu;

public sealed class QemuInstallerDescriptionTests
{
    private TemporaryFolder folder = null!;
    private QemuInstallerInputs inputs = null!;

    [SetUp]
    public void StageQemu()
    {
        folder = new TemporaryFolder();
        inputs = QemuStage.Make(folder);
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Every_file_is_in_its_section()
    {
        InstallerDescription description = QemuInstallerDescription.Create(inputs);

        NsisValidation.Validate(description);
        Assert.That(
            description.Sections.Select(section => $"{section.Id}: {string.Join(' ', section.Files.Select(file => file.Target))}"),
            Is.EqualTo(
                new[]
                {
                    "runtime: libglib-2.0-0.dll libintl-8.dll licenses/glib/COPYING licenses/libfdt/BSD licenses/libintl/LICENSE "
                        + "licenses/qemu/COPYING licenses/seabios/copyright",
                    "system: qemu-system-x86_64.exe qemu-system-x86_64w.exe share/keymaps/de share/trace-events-all",
                    "tools: qemu-edid.exe qemu-img.exe qemu-io.exe qemu-nbd.exe qemu-storage-daemon.exe",
                    "firmware: share/bios-256k.bin",
                    "doc: doc/README.rst",
                    "startmenu: ",
                }));
        Assert.That(description.LicenceFile, Does.EndWith("COPYING"));
        Assert.That(description.DisplayIcon, Is.EqualTo("qemu-system-x86_64.exe"));
    }

    [Test]
    public void Firmware_may_come_with_the_stage()
    {
        folder.Write("qemu/share/bios.bin", "bios");
        folder.Write("qemu/share/firmware/50-edk2.json", "{}");
        InstallerDescription description = QemuInstallerDescription.Create(inputs with { Firmware = null });
        Assert.That(
            description.Sections.Single(section => section.Id == "firmware").Files.Select(file => file.Target),
            Is.EqualTo(new[] { "share/bios.bin", "share/firmware/50-edk2.json" }));
    }

    [Test]
    public void A_stage_may_have_its_own_libraries_and_what_gtk_loads()
    {
        foreach (string file in (string[])["glib/bin/libglib-2.0-0.dll", "intl/bin/libintl-8.dll"])
        {
            File.Move(folder[file], folder["qemu/" + Path.GetFileName(file)]);
        }

        folder.Write("qemu/gspawn-win64-helper.exe", new PeBuilder { Imports = ["libglib-2.0-0.dll"] }.Build());
        folder.Write(
            "qemu/lib/gdk-pixbuf-2.0/2.10.0/loaders/pixbufloader-svg.dll", new PeBuilder { Imports = ["libglib-2.0-0.dll"] }.Build());
        folder.Write("qemu/share/glib-2.0/schemas/gschemas.compiled", "schemas");
        folder.Write("qemu/share/icons/Adwaita/index.theme", "icons");
        folder.Write("qemu/licenses/glib2/COPYING", "LGPL");
        InstallerDescription description = QemuInstallerDescription.Create(inputs with { Libraries = [] });
        NsisValidation.Validate(description);
        Assert.That(
            description.Sections.Take(2).Select(section => $"{section.Id}: {string.Join(' ', section.Files.Select(file => file.Target))}"),
            Is.EqualTo(
                new[]
                {
                    "runtime: gspawn-win64-helper.exe libglib-2.0-0.dll libintl-8.dll licenses/glib2/COPYING "
                        + "licenses/qemu/COPYING licenses/seabios/copyright",
                    "system: lib/gdk-pixbuf-2.0/2.10.0/loaders/pixbufloader-svg.dll qemu-system-x86_64.exe "
                        + "qemu-system-x86_64w.exe share/glib-2.0/schemas/gschemas.compiled share/icons/Adwaita/index.theme "
                        + "share/keymaps/de share/trace-events-all",
                }));
    }

    [Test]
    public void The_emulator_of_arm_is_a_choice_and_the_guest_agent_is_not_in_it()
    {
        byte[] program = new PeBuilder { Imports = ["libglib-2.0-0.dll"] }.Build();
        foreach (string file in (string[])["qemu-system-aarch64.exe", "qemu-system-aarch64w.exe", "guest-agent/qemu-ga.exe"])
        {
            folder.Write("qemu/" + file, program);
        }

        foreach (string file in (string[])["edk2-aarch64-code.fd", "edk2-arm-vars.fd", "edk2-x86_64-code.fd"])
        {
            folder.Write("qemu/share/" + file, "uefi");
        }

        InstallerDescription description = QemuInstallerDescription.Create(inputs);
        InstallerSection arm = description.Sections.Single(section => section.Id == "aarch64");
        Assert.Multiple(() =>
        {
            Assert.That(arm.Choice, Is.EqualTo(SectionChoice.OffByDefault));
            Assert.That(
                arm.Files.Select(file => file.Target),
                Is.EqualTo(
                    ["qemu-system-aarch64.exe", "qemu-system-aarch64w.exe", "share/edk2-aarch64-code.fd", "share/edk2-arm-vars.fd"]));
            Assert.That(description.DisplayIcon, Is.EqualTo("qemu-system-x86_64.exe"));
            Assert.That(description.Files.Select(file => file.Target), Has.None.Contains("qemu-ga"));
            Assert.That(() => NsisValidation.Validate(description), Throws.Nothing);
        });
    }

    [Test]
    public void A_manual_gets_a_shortcut_and_an_empty_section_is_left_out()
    {
        File.Move(folder["qemu/doc/README.rst"], folder["qemu/doc/index.html"]);
        Assert.That(QemuInstallerDescription.Create(inputs).Shortcuts.Select(shortcut => shortcut.Target), Does.Contain("doc/index.html"));
        Directory.Delete(folder["qemu/doc"], recursive: true);
        InstallerDescription without = QemuInstallerDescription.Create(inputs);
        Assert.That(without.Sections.Select(section => section.Id), Does.Not.Contain("doc"));
        Assert.That(() => NsisValidation.Validate(without), Throws.Nothing);
    }

    [TestCase("qemu/qemu-ga.exe")]
    [TestCase("qemu/lib/plugin.txt")]
    [TestCase("qemu/share/something/new")]
    public void A_file_of_no_section_fails_by_name(string file)
    {
        folder.Write(file, "new");
        Assert.That(
            () => QemuInstallerDescription.Create(inputs),
            Throws.InstanceOf<BuildException>().With.Message.Contains(Path.GetFileName(file)).And.Message.Contains("no section"));
    }

    [Test]
    public void A_missing_DLL_fails_by_name()
    {
        File.Delete(folder["intl/bin/libintl-8.dll"]);
        Assert.That(
            () => QemuInstallerDescription.Create(inputs),
            Throws.InstanceOf<BuildException>().With.Message.Contains("libintl-8.dll is imported by libglib-2.0-0.dll"));
    }

    [Test]
    public void A_library_without_licences_fails() =>
        Assert.That(
            () =>
                QemuInstallerDescription.Create(inputs with { Libraries = [.. inputs.Libraries, Path.Combine(folder.Path, "nolicence")] }),
            Throws.InstanceOf<BuildException>().With.Message.Contains("nolicence"));

    [Test]
    public void Different_files_of_one_name_fail()
    {
        folder.Write("intl/licenses/glib/COPYING", "another");
        Assert.That(() => QemuInstallerDescription.Create(inputs), Throws.InstanceOf<BuildException>().With.Message.Contains("differ"));
    }
}
