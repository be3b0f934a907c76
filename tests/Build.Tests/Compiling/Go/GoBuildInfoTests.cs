using System.Text;
using Qcw.Build.Compiling.Go;

namespace Qcw.Build.Tests.Compiling.Go;

public sealed class GoBuildInfoTests
{
    private const string Modules =
        "path\tx\nmod\texample.org/x\t(devel)\t\ndep\texample.org/a\tv1.0.0\th1:x\n"
            + "dep\texample.org/b\tv1.0.0\n=>\texample.org/c\tv2.0.0\th1:y\nbuild\tGOOS=windows\n";

    /// <summary>A program's bytes.</summary>
    internal static byte[] Image(string modules = Modules, byte flags = 2)
    {
        byte[] text = [.. new byte[16], .. Encoding.ASCII.GetBytes(modules), .. new byte[16]];
        // the mark as a constant first, not where information is
        return
        [
            .. "MZ______ \xff Go buildinf:"u8, .. new byte[64 - 24], 0xff, .. " Go buildinf:"u8, 8, flags, .. new byte[16],
            9, .. "go1.26.11"u8, .. Length(text.Length), .. text, .. new byte[40],
        ];
    }

    [Test]
    public void Modules_are_those_that_the_linker_names_and_replaced_ones_what_took_their_place()
    {
        GoBuildInfo info = GoBuildInfo.Read(Image(), "x.exe")!;
        Assert.That(info.GoVersion, Is.EqualTo("go1.26.11"));
        Assert.That(info.Modules, Is.EqualTo([new GoModule("example.org/a", "v1.0.0"), new GoModule("example.org/c", "v2.0.0")]));
    }

    [Test]
    public void A_program_that_is_not_Gos_has_none() => Assert.That(GoBuildInfo.Read(new byte[1000], "x.exe"), Is.Null);

    [Test]
    public void One_of_an_old_Go_is_refused() => Assert.That(
        () => GoBuildInfo.Read(Image(flags: 0), "x.exe"),
        Throws.TypeOf<BuildException>().With.Message.Contains("x.exe was made by a Go before 1.18"));

    [TestCase("dep\texample.org/a\n"), TestCase("=>\texample.org/a\tv1\n")]
    public void A_damaged_one_is_refused(string modules) => Assert.That(
        () => GoBuildInfo.Read(Image(modules), "x.exe"),
        Throws.TypeOf<BuildException>().With.Message.Contains("x.exe about its modules is damaged"));

    [Test]
    public void One_that_ends_early_is_refused() => Assert.That(
        () => GoBuildInfo.Read(Image().AsSpan(0, 120), "x.exe"), Throws.TypeOf<BuildException>());

    private static byte[] Length(int length) => length < 128 ? [(byte)length] : [(byte)(length | 0x80), (byte)(length >> 7)];
}
