namespace Qcw.Acceptance.Tests;

/// <summary>QEMU's installer: of the release itself, or, where only Podman is tried, the one that the environment names.</summary>
internal static class QemuUnderTest
{
    /// <summary>Its full path.</summary>
    public static string Setup { get; } =
        Directory.GetFiles(ReleaseUnderTest.Folder, "qemu-*-setup.exe").SingleOrDefault()
        ?? Environment.GetEnvironmentVariable("QCW_QEMU_SETUP")
        ?? throw new AssertionException("Podman is tried with QEMU, but the release has no qemu-*-setup.exe: name one in QCW_QEMU_SETUP");

    /// <summary>A Windows of its own with Unix sockets, on which QEMU is installed.</summary>
    /// <param name="options">What the setup program gets besides <c>/S</c>.</param>
    public static WineSession Install(string options = "")
    {
        var windows = new WineSession();
        UnixSocketLayer.InstallInto(windows);
        windows.CopyIn(Setup, @"C:\setup.exe");
        windows.RunOk(@"C:\setup.exe", $"/S {options}".TrimEnd());
        return windows;
    }
}
