using Qcw.Build.Compiling.Builders.Msys2;

namespace Qcw.Build.Tests.Compiling.Builders.Msys2;

public sealed class Msys2ShellTests
{
    [TestCase("C:/msys64/ucrt64", null, @"D:\other", @"C:\msys64", TestName = "The one that this program was started in comes first")]
    [TestCase("/ucrt64", null, @"C:\msys64", @"C:\msys64", TestName = "A prefix that is no path of Windows says nothing")]
    [TestCase(null, "D:/tools/msys64/", @"D:\tools\msys64", @"D:\tools\msys64", TestName = "The variable names it")]
    [TestCase(null, null, @"C:\msys64", @"C:\msys64", TestName = "Else it is where its installer puts it")]
    public void It_is_found(string? prefix, string? named, string other, string found) =>
        Assert.That(Find(prefix, named, other, found), Is.EqualTo(new Msys2Shell(found)));

    [Test]
    public void A_bash_without_pacman_is_another_programs() =>
        Assert.That(Msys2Shell.Find(_ => null, file => file.EndsWith("bash.exe", StringComparison.Ordinal)), Is.Null);

    [Test]
    public void A_variable_that_names_another_folder_is_said() =>
        Assert.That(() => Find(null, @"D:\nothing", @"C:\msys64", @"C:\msys64"), Throws.TypeOf<UsageException>().With.Message.EqualTo(
            @"MSYS2_ROOT is D:\nothing, but there is no D:\nothing\usr\bin\pacman.exe: set it to the folder of MSYS2, as in C:\msys64"));

    private static Msys2Shell? Find(string? prefix, string? named, params string[] roots) => Msys2Shell.Find(
        name => name switch { "MSYSTEM_PREFIX" => prefix, "MSYS2_ROOT" => named, _ => null },
        file => roots.Any(root => file == root + @"\usr\bin\bash.exe" || file == root + @"\usr\bin\pacman.exe"));
}
