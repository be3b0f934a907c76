using Qcw.Build.Compiling.Builders.Msys2;

namespace Qcw.Build.Tests.Compiling.Builders.Msys2;

public sealed class MsysPathTests
{
    [TestCase(@"C:\x\y", "/c/x/y")]
    [TestCase("D:/a/qcw", "/d/a/qcw")]
    [TestCase(@"C:\x\", "/c/x")]
    [TestCase(@"C:\", "/c")]
    [TestCase("C:", "/c")]
    [TestCase(@"c:\Program Files\x", "/c/Program Files/x")]
    [TestCase(@"\\?\C:\very\long", "/c/very/long")]
    [TestCase(@"C:\x\\y", "/c/x/y")]
    public void A_path_on_a_drive_is_spelled_as_bash_does(string windows, string posix) =>
        Assert.That(MsysPath.Of(windows), Is.EqualTo(posix));

    [TestCase(@"\\server\share\x"), TestCase(@"x\y"), TestCase("C:x"), TestCase("/c/x"), TestCase("")]
    public void Any_other_is_refused(string path) =>
        Assert.That(
            () => MsysPath.Of(path),
            Throws.TypeOf<BuildException>().With.Message.StartsWith($"'{path}' is not on a drive, as in C:\\folder"));
}
