using Qcw.Build.Compiling.Recipes;

namespace Qcw.Build.Compiling.Builders.Host;

/// <summary>Runs recipes on this machine with Debian's mingw-w64 cross compilers (<c>--builder host</c> on Linux).</summary>
/// <param name="temporary">A folder for the HOME and TMPDIR of the tools.</param>
/// <param name="tools">The tools of this machine.</param>
/// <param name="packages">Finds the packages that they are from.</param>
/// <param name="findIsolation">How the network is taken away from a recipe; called once.</param>
/// <param name="log">Says which way that is, and why the compiler cache is not used.</param>
public sealed class HostBuilder(
    string temporary, ToolFinder tools, ToolPackages packages, Func<NetworkIsolation> findIsolation, BuildLog log) : IBuilder
{
    private NetworkIsolation? isolation;
    private string? ccache;

    public string Toolchain => "cross";

    public void Prepare()
    {
        if (isolation is null)
        {
            isolation = findIsolation();
            log.Info(isolation.Description);
            ccache = FindCache();
        }
    }

    public string VersionOf(string tool) => tools.VersionOf(tool);

    public Provenance ToolchainOf(IReadOnlyList<string> names) =>
        new() { Packages = packages.Of([.. names.Select(name => tools.Find(ToolCatalog.Find(name)))]) };

    public void Run(CompileRequest request, Action<string> onLine)
    {
        Prepare();
        string scratch = Path.Combine(temporary, request.Name);
        Directory.CreateDirectory(scratch);
        Directory.CreateDirectory(request.Build);
        Directory.CreateDirectory(request.Output);
        SortedDictionary<string, string?> environment = RecipeEnvironment.Of(request, Toolchain, scratch, ccache);
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

    /// <summary>
    /// The compiler cache, tried once as recipes will use it; null where there is none, or where it does not work, which is said.
    /// </summary>
    private string? FindCache()
    {
        FoundTool found = tools.Find(ToolCatalog.Find("ccache"));
        if (found.Path is { } path && (found.Problem ?? ProblemOf(path)) is { } problem)
        {
            log.Warn($"compiling without ccache, which does not work here (CCACHE_DIR is {CacheFolder()}): {problem}");
            return null;
        }

        return found.Path;
    }

    private string? ProblemOf(string program)
    {
        string scratch = Path.Combine(temporary, "ccache-trial");
        Files.Delete(scratch);
        Directory.CreateDirectory(scratch);

        // a name of its own: what is in the cache already would not show that nothing can be written there
        File.WriteAllText(Path.Combine(scratch, "trial.c"), $"int qcw_{Guid.NewGuid():N};\n");
        string[] command = [.. isolation!.Command, program, ToolCatalog.Find("mingw-w64").Commands[0], "-c", "trial.c", "-o", "trial.o"];
        try
        {
            ProcessRunner.Run(new ProcessRequest(command[0], command[1..])
            {
                WorkingDirectory = scratch,
                ClearEnvironment = true,
                Environment = new Dictionary<string, string?>(RecipeEnvironment.OfTools(scratch)) { ["CCACHE_DIR"] = CacheFolder() },
                Timeout = TimeSpan.FromSeconds(60),
                Title = "ccache",
            });
            return null;
        }
        catch (ProcessFailedException e)
        {
            return string.Join(' ', e.Message.Split('\n', StringSplitOptions.TrimEntries));
        }
        finally
        {
            Files.Delete(scratch);
        }
    }

    // ccache's own default, named because HOME is not the user's here
    private static string CacheFolder() =>
        Variable("CCACHE_DIR")
        ?? Path.Combine(
            Variable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "ccache");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
