using Qcw.Build.Packaging;

namespace Qcw.Build.Tests.Packaging;

public sealed class UnpackedFilesTests
{
    private static readonly PackedFile[] Recorded = [new("a.exe", "1", 1, "xz"), new("b.dll", "2", 2, "zlib")];

    [Test]
    public void What_NSIS_adds_is_recorded_too() => Assert.That(
        Compare(("a.exe", "1"), ("b.dll", "2"), ("uninstall.exe", "3"), ("$PLUGINSDIR/System.dll", "4"))
            .Select(file => (file.Path, file.From)),
        Is.EqualTo([("$PLUGINSDIR/System.dll", "nsis"), ("a.exe", "xz"), ("b.dll", "zlib"), ("uninstall.exe", "nsis")]));

    [Test]
    public void Everything_that_does_not_fit_is_named() => Assert.That(
        () => Compare(("a.exe", "9"), ("evil.dll", "4")),
        Throws.TypeOf<BuildException>()
            .With.Message.Contains("x-setup.exe is not what its record says")
            .And.Message.Contains("a.exe of xz has other bytes: expected 1, got 9")
            .And.Message.Contains("b.dll of zlib is not in it")
            .And.Message.Contains("evil.dll is in it, and nobody owns it"));

    private static IReadOnlyList<PackedFile> Compare(params (string Path, string Sha256)[] unpacked) =>
        UnpackedFiles.Compare("x-setup.exe", Recorded, unpacked.ToDictionary(file => file.Path, file => (file.Sha256, 1L)));
}
