using Qcw.Build.Components;

namespace Qcw.Build.Tests.Components.Qemu;

/// <summary>What becomes of the files of Debian's firmware packages.</summary>
public sealed class QemuFirmwareTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        folder.Write("root/usr/share/OVMF/CODE.fd", "code");
        folder.Write("root/usr/share/OVMF/VARS.fd", "vars");
        folder.Write("root/usr/share/doc/ovmf/copyright", "words");
        File.CreateSymbolicLink(folder["root/usr/share/OVMF/LINK.fd"], "VARS.fd");
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void A_file_gets_the_name_that_the_line_gives_it_and_others_keep_theirs()
    {
        Copy(new FirmwarePackage("ovmf", "trixie", ["usr/share/OVMF/CODE.fd", "usr/share/OVMF/LINK.fd", "usr/share/OVMF/V*.fd"])
        {
            As = new Dictionary<string, string>
            {
                ["usr/share/OVMF/CODE.fd"] = "edk2-x86_64-code.fd",
                ["usr/share/OVMF/LINK.fd"] = "edk2-i386-vars.fd",
            },
        });
        string share = folder["output/share"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Directory.GetFiles(share).Select(Path.GetFileName),
                Is.EquivalentTo(["edk2-x86_64-code.fd", "edk2-i386-vars.fd", "VARS.fd"]));
            Assert.That(File.ReadAllText(Path.Combine(share, "edk2-x86_64-code.fd")), Is.EqualTo("code"));
            Assert.That(File.ReadAllText(Path.Combine(share, "edk2-i386-vars.fd")), Is.EqualTo("vars"), "a link stands for its target");
            Assert.That(File.ReadAllText(folder["output/licenses/ovmf/copyright"]), Is.EqualTo("words"));
        }
    }

    [Test]
    public void A_file_that_the_package_lacks_is_named() =>
        Assert.That(
            () => Copy(new FirmwarePackage("ovmf", "trixie", ["usr/share/OVMF/CODE_4M.fd"])),
            Throws.TypeOf<BuildException>().With.Message.EqualTo(
                "the Debian package ovmf has no file usr/share/OVMF/CODE_4M.fd, which the line's firmware list names"));

    private void Copy(FirmwarePackage package) => QemuFirmware.Copy(folder["root"], package, folder["output"]);
}
