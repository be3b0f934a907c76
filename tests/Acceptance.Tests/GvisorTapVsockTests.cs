using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Qcw.Acceptance.Tests;

/// <summary>The zip of gvproxy and win-sshproxy, unpacked and used.</summary>
[TestFixture]
[Category("gvisor-tap-vsock")]
public sealed partial class GvisorTapVsockTests
{
    private WineSession windows = null!;

    [OneTimeSetUp]
    public void Unpack()
    {
        windows = new WineSession();
        ZipFile.ExtractToDirectory(ReleaseUnderTest.File("gvisor-tap-vsock-*.zip"), windows.HostPath(@"C:\gvisor"));
    }

    [OneTimeTearDown]
    public void End() => windows.Dispose();

    [Test]
    public Task Gvproxy_serves_its_api_over_tcp() => Gvproxy.ServesAsync(windows, @"C:\gvisor\bin\gvproxy.exe");

    [Test]
    public void Win_sshproxy_takes_its_arguments_and_leaves_its_thread_id()
    {
        Directory.CreateDirectory(windows.HostPath(@"C:\state"));
        File.WriteAllText(windows.HostPath(@"C:\id"), "not a key\n");
        windows.Start(
            @"C:\gvisor\bin\win-sshproxy.exe", @"demo C:\state npipe:////./pipe/demo ssh://core@localhost:22/run/podman/podman.sock C:\id");
        string file = windows.HostPath(@"C:\state\win-sshproxy.tid");
        Wait.Until(() => File.Exists(file) && File.ReadAllText(file).Length > 0, "win-sshproxy has written its thread id");
        Assert.That(File.ReadAllText(file), Does.Match(ThreadId()));
    }

    [Test]
    public void Has_licence_texts() =>
        Assert.That(
            Directory
                .GetFiles(windows.HostPath(@"C:\gvisor\licenses"), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(windows.HostPath(@"C:\gvisor\licenses"), file)),
            Is.SupersetOf(["gvisor-tap-vsock/LICENSE", "go/LICENSE", "gvisor-tap-vsock/modules/gvisor.dev/gvisor/LICENSE"]));

    [GeneratedRegex("^[0-9]+:[0-9]+")]
    private static partial Regex ThreadId();
}
