using Qcw.Build.Components;
using Qcw.Build.Packaging;

namespace Qcw.Build.Tests.Components.Qemu;

/// <summary>What QEMU's source says of what it carries of others, in the layouts that it has had.</summary>
public sealed class QemuBundledTests
{
    private const string Commit = "f5772a62ec52591ff6870b7e8ef32482371f22c6";

    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void The_wrap_and_the_version_file_of_a_new_source_say_it()
    {
        folder.Write("subprojects/keycodemapdb.wrap", $"[wrap-git]\nrevision = {Commit}\n");
        folder.Write("roms/edk2-version", "EDK2_STABLE = edk2-stable202511\n");
        Assert.That(Versions(Sample.Component("qemu", "11.1.2")), Is.EqualTo(new[] { $"keycodemapdb {Commit}", "edk2 202511" }));
    }

    [Test]
    public void Of_an_old_source_the_line_knows_the_key_maps_and_nobody_the_firmware()
    {
        folder.Write("ui/keycodemapdb/README", "keys");
        var keys = new GitSource(new Uri("https://example.org/keys.git"), Commit, []);
        var git = new GitSource(new Uri("https://example.org/qemu.git"), new string('a', 40), [])
        {
            Submodules = [new Submodule("ui/keycodemapdb", keys)],
        };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Versions(Sample.Component("qemu", "8.0.0-rc2") with { Alternatives = [git] }),
                Is.EqualTo(new[] { $"keycodemapdb {Commit}", "edk2 " }));
            Assert.That(Versions(Sample.Component("qemu", "8.0.0-rc2")), Is.EqualTo(new[] { "keycodemapdb ", "edk2 " }));
        }
    }

    [Test]
    public void A_source_of_another_layout_is_an_error() => Assert.That(
        () => Versions(Sample.Component("qemu", "12.0")),
        Throws.TypeOf<BuildException>().With.Message.Contains("expected revision = COMMIT in subprojects/keycodemapdb.wrap"));

    private string[] Versions(Component qemu)
    {
        InstalledFile[] files = [.. new[] { "qemu-system-x86_64.exe", "share/edk2-x86_64-code.fd" }
            .Select(target => new InstalledFile(folder.Write("in/" + target, string.Empty), target))];
        return
        [
            .. QemuBundled.In(qemu, folder.Path, Provenance.None, files).Select(part => $"{part.Name} {part.Version}"),
        ];
    }
}
