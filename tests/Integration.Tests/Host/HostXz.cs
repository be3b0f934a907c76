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

    /// <summary>Starts the host, and returns while a step of XZ Utils' recipe is at work.</summary>
    /// <param name="folder">The output folder.</param>
    /// <param name="step">Of the recipe: <c>configure</c>, <c>build</c>.</param>
    /// <param name="seconds">How long it may take until then.</param>
    /// <param name="arguments">Of the host.</param>
    public static HostProcess Started(TemporaryFolder folder, string step, int seconds, string[] arguments)
    {
        string log = folder["logs/xz-compile.log"];
        Files.Delete(log);
        var host = new HostProcess(folder.Path, arguments);
        Wait.Until(
            () => host.HasEnded || (File.Exists(log) && File.ReadAllText(log).Contains($"\nqcw: xz: {step}\n", StringComparison.Ordinal)),
            $"{step} has begun", seconds);
        Assert.That(host.HasEnded, Is.False, host.Output);
        return host;
    }

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

    private static HostProcess StartedCompiling(TemporaryFolder folder) => Started(folder, "build", 240, Arguments);

    private sealed record Build(TemporaryFolder Folder, string Output, string[] Leftovers);
}
