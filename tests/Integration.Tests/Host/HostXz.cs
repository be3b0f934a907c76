namespace Qcw.Integration.Tests.Host;

/// <summary>XZ Utils as this machine's own compilers make it: compiled once, for all tests that compare with it.</summary>
internal static class HostXz
{
    private static TemporaryFolder? folder;

    /// <summary>The output folder of that build.</summary>
    public static string Artifacts => (folder ??= Build()).Path;

    /// <summary>Deletes it, at the end of all tests.</summary>
    public static void Delete() => folder?.Dispose();

    private static TemporaryFolder Build()
    {
        var made = new TemporaryFolder();
        HostProcess.RunOk(made.Path, "--target=XzArchive", "--line=debian13", "--builder=host");
        return made;
    }
}
