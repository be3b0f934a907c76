namespace Qcw.Integration.Tests.Host;

/// <summary>
/// XZ Utils as this machine's own compilers make it: compiled once, for all tests that compare with it. The run that ends it follows one
/// that was killed and one that was stopped in the middle of compiling; <see cref="XzTests"/> looks at that.
/// </summary>
internal static class HostXz
{
    private static readonly string[] Arguments = ["--target=XzArchive", "--line=debian13", "--builder=host"];
    private static Build? made;

    /// <summary>The output folder of that build.</summary>
    public static string Artifacts => Made.Folder.Path;

    /// <summary>What the run that ended it printed.</summary>
    public static string Output => Made.Output;

    /// <summary>Command lines of what the stopped run left behind, and the files that it had packed.</summary>
    public static string[] Leftovers => Made.Leftovers;

    /// <summary>Deletes it, at the end of all tests.</summary>
    public static void Delete() => made?.Folder.Dispose();

    private static Build Made => made ??= Make();

    private static Build Make()
    {
        var folder = new TemporaryFolder();
        using (HostProcess killed = StartedCompiling(folder))
        {
            killed.Kill();
        }

        string[] leftovers;
        using (HostProcess stopped = StartedCompiling(folder))
        {
            stopped.Terminate();
            leftovers =
            [
                .. HostProcess.ProcessesThatName(folder.Path),
                .. Directory.GetFiles(folder.Path, "*.zip", SearchOption.AllDirectories),
            ];
        }

        return new Build(folder, HostProcess.RunOk(folder.Path, Arguments), leftovers);
    }

    private static HostProcess StartedCompiling(TemporaryFolder folder)
    {
        string log = folder["logs/xz-compile.log"];
        Files.Delete(log);
        var host = new HostProcess(folder.Path, Arguments);
        Wait.Until(
            () => host.HasEnded || (File.Exists(log) && File.ReadAllText(log).Contains("\nqcw: xz: build\n", StringComparison.Ordinal)),
            "compiling has begun", 240);
        Assert.That(host.HasEnded, Is.False, host.Output);
        return host;
    }

    private sealed record Build(TemporaryFolder Folder, string Output, string[] Leftovers);
}
