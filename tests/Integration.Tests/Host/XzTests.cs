using System.IO.Compression;

namespace Qcw.Integration.Tests.Host;

/// <summary>XZ Utils from Debian's archive to a zip that runs under Wine, through the whole host.</summary>
[TestFixture]
public sealed class XzTests
{
    [Test]
    public void The_zip_runs_on_windows()
    {
        using var windows = new WineSession();
        ZipFile.ExtractToDirectory(Zip, windows.HostPath(@"C:\xz"));
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

    /// <summary>The bytes are compared with those that a container makes.</summary>
    [Test]
    public void Killed_and_stopped_in_the_middle_of_compiling_the_next_run_goes_on()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(HostXz.Leftovers, Is.Empty, "what the host started ends with it, and nothing is packed");
            Assert.That(HostXz.Output, Does.Contain("xz-utils_5.8.1.orig.tar.xz: up to date"));
            Assert.That(
                File.ReadAllText(Path.Combine(HostXz.Artifacts, "logs", "xz-compile.log")), Does.Contain("configure: done before"));
        }
    }

    private static string Zip => Path.Combine(HostXz.Artifacts, "release", "xz-5.8.1-windows-x86_64.zip");
}
