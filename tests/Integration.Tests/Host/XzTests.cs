using System.IO.Compression;

namespace Qcw.Integration.Tests.Host;

/// <summary>XZ Utils from Debian's archive to a zip that runs under Wine, through the whole host.</summary>
[TestFixture]
public sealed class XzTests
{
    private TemporaryFolder folder = null!;
    private string firstHash = null!;

    [OneTimeSetUp]
    public void Build()
    {
        folder = new TemporaryFolder();
        firstHash = Files.Sha256(ZipOf(HostXz.Artifacts));
    }

    [OneTimeTearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void The_zip_runs_on_windows()
    {
        using var windows = new WineSession();
        ZipFile.ExtractToDirectory(ZipOf(HostXz.Artifacts), windows.HostPath(@"C:\xz"));
        byte[] data = new byte[200_000];
        new Random(1).NextBytes(data.AsSpan(0, 50_000));
        File.WriteAllBytes(windows.HostPath(@"C:\data"), data);
        windows.RunOk(@"C:\xz\bin\xz.exe", @"C:\data");
        Assert.That(new FileInfo(windows.HostPath(@"C:\data.xz")).Length, Is.LessThan(60_000));
        windows.RunOk(@"C:\xz\bin\xz.exe", @"-d C:\data.xz");
        Assert.That(File.ReadAllBytes(windows.HostPath(@"C:\data")), Is.EqualTo(data));
    }

    [Test]
    public void A_second_run_has_nothing_to_do()
    {
        string output = HostProcess.RunOk(HostXz.Artifacts, "--target=XzArchive", "--line=debian13");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Match(@"xz +compile +up to date"));
            Assert.That(output, Does.Match(@"xz +archive +up to date"));
            Assert.That(output, Does.Not.Contain("done in"));
        }
    }

    [Test]
    public void Killed_and_stopped_in_the_middle_of_compiling_the_next_run_ends_with_the_same_bytes()
    {
        using (HostProcess killed = StartedCompiling())
        {
            killed.Kill();
        }

        using (HostProcess stopped = StartedCompiling())
        {
            stopped.Terminate();
            Assert.That(HostProcess.ProcessesThatName(folder["two"]), Is.Empty, "what the host started ends with it");
        }

        Assert.That(folder["two/packages"], Does.Not.Exist);
        string output = HostProcess.RunOk(folder["two"], "--target=XzArchive", "--line=debian13");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Contain("xz-utils_5.8.1.orig.tar.xz: up to date"));
            Assert.That(File.ReadAllText(LogOfTwo), Does.Contain("configure: done before"));
            Assert.That(Files.Sha256(ZipOf(folder["two"])), Is.EqualTo(firstHash), "the same bytes, from another folder too");
        }
    }

    private string LogOfTwo => folder["two/logs/xz-compile.log"];

    private HostProcess StartedCompiling()
    {
        if (File.Exists(LogOfTwo))
        {
            File.Delete(LogOfTwo);
        }

        var host = new HostProcess(folder["two"], "--target=XzArchive", "--line=debian13");
        Wait.Until(() => host.HasEnded || IsCompiling(), "compiling has begun", 240);
        Assert.That(host.HasEnded, Is.False, host.Output);
        return host;
    }

    private bool IsCompiling() =>
        File.Exists(LogOfTwo) && File.ReadAllText(LogOfTwo).Contains("\nqcw: xz: build\n", StringComparison.Ordinal);

    private static string ZipOf(string artifacts) => Path.Combine(artifacts, "release", "xz-5.8.1-windows-x86_64.zip");
}
