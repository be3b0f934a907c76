using System.IO.Compression;

namespace Qcw.Acceptance.Tests;

/// <summary>The zip of XZ Utils, unpacked and used.</summary>
[TestFixture]
[Category("xz")]
public sealed class XzTests
{
    private WineSession windows = null!;
    private string version = null!;

    [OneTimeSetUp]
    public void Unpack()
    {
        string zip = ReleaseUnderTest.File("xz-*.zip");
        version = ReleaseUnderTest.VersionOf(zip);
        windows = new WineSession();
        ZipFile.ExtractToDirectory(zip, windows.HostPath(@"C:\xz"));
    }

    [OneTimeTearDown]
    public void End() => windows.Dispose();

    [Test]
    public void Says_its_version() =>
        Assert.That(
            windows.RunOk(@"C:\xz\bin\xz.exe", "--version"),
            Does.Contain($"xz (XZ Utils) {version}").And.Contain($"liblzma {version}"));

    [TestCase("-T1"), TestCase("-T2 --block-size=65536")]
    public void Compresses_and_decompresses_to_the_same_bytes(string threads)
    {
        byte[] data = new byte[300_000];
        new Random(1).NextBytes(data.AsSpan(0, 100_000)); // one third does not compress
        File.WriteAllBytes(windows.HostPath(@"C:\data.bin"), data);
        windows.RunOk(@"C:\xz\bin\xz.exe", $@"-k -f {threads} C:\data.bin");
        File.Delete(windows.HostPath(@"C:\data.bin"));
        windows.RunOk(@"C:\xz\bin\xz.exe", @"-t C:\data.bin.xz");
        windows.RunOk(@"C:\xz\bin\xz.exe", @"-d C:\data.bin.xz");
        Assert.That(File.ReadAllBytes(windows.HostPath(@"C:\data.bin")), Is.EqualTo(data));
    }

    // Wine's code page is 1252 here, and Wine heeds the manifests as Windows does from version 1903 on
    [Test]
    public void Files_and_folders_may_have_letters_that_the_code_page_lacks()
    {
        const string Folder = @"C:\Інструменти 工具";
        Directory.Move(windows.HostPath(@"C:\xz"), windows.HostPath(Folder));
        File.WriteAllText(windows.HostPath(Folder + @"\дані 数据.txt"), "data\n");
        windows.RunOk(Folder + @"\bin\xz.exe", $@"-v ""{Folder}\дані 数据.txt""");
        Assert.That(windows.HostPath(Folder + @"\дані 数据.txt"), Does.Not.Exist);
        Assert.That(windows.RunOk(Folder + @"\bin\xzdec.exe", $@"""{Folder}\дані 数据.txt.xz"""), Is.EqualTo("data\n"));
        windows.RunOk(Folder + @"\bin\xz.exe", $@"-d ""{Folder}\дані 数据.txt.xz""");
        Assert.That(File.ReadAllText(windows.HostPath(Folder + @"\дані 数据.txt")), Is.EqualTo("data\n"));
        Directory.Move(windows.HostPath(Folder), windows.HostPath(@"C:\xz"));
    }

    [Test]
    public void Has_its_licence() =>
        Assert.That(
            File.ReadAllText(windows.HostPath(@"C:\xz\licenses\xz\COPYING")), Does.Contain("XZ Utils").And.Contain("public domain"));
}
