using Qcw.Build.Compiling.Recipes;

namespace Qcw.Build.Compiling.Builders.Host;

/// <summary>Runs recipes on this machine with Debian's mingw-w64 cross compilers (<c>--builder host</c> on Linux).</summary>
/// <param name="temporary">A folder for the HOME and TMPDIR of the tools.</param>
/// <param name="tools">The tools of this machine.</param>
/// <param name="findIsolation">How the network is taken away from a recipe; called once.</param>
/// <param name="log">Says which way that is.</param>
public sealed class HostBuilder(string temporary, ToolFinder tools, Func<NetworkIsolation> findIsolation, BuildLog log) : IBuilder
{
    private NetworkIsolation? isolation;

    public string Toolchain => "cross";

    public void Prepare()
    {
        if (isolation is null)
        {
            isolation = findIsolation();
            log.Info(isolation.Description);
        }
    }

    public string VersionOf(string tool) => tools.VersionOf(tool);

    public void Run(CompileRequest request, Action<string> onLine)
    {
        Prepare();
        string scratch = Path.Combine(temporary, request.Name);
        Directory.CreateDirectory(scratch);
        Directory.CreateDirectory(request.Build);
        Directory.CreateDirectory(request.Output);
        SortedDictionary<string, string?> environment = RecipeEnvironment.Of(
            request, Toolchain, scratch, tools.Find(ToolCatalog.Find("ccache")).Path);
        environment.Add("CCACHE_DIR", CacheFolder());
        string[] command = [.. isolation!.Command, "/bin/bash", request.Driver, request.RecipeFile];
        ProcessRunner.Run(new ProcessRequest(command[0], command[1..])
        {
            WorkingDirectory = request.Build,
            ClearEnvironment = true,
            Environment = environment,
            LogFile = request.LogFile,
            OnLine = onLine,
        });
    }

    // ccache's own default, named because HOME is not the user's here
    private static string CacheFolder() =>
        Environment.GetEnvironmentVariable("CCACHE_DIR")
        ?? Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "ccache");
}
