namespace Qcw.Integration.Tests.Compiling.Builders.Msys2;

/// <summary>What looks like MSYS2's UCRT64 prefix, and recipes that are run in it by the driver as on Windows.</summary>
internal sealed class FakeMsys2 : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Makes the prefix.</summary>
    public FakeMsys2() => ProcessRunner.Run(new ProcessRequest("/bin/bash", Repository.Fixture("msys2", "make-prefix.sh"), Prefix));

    /// <summary>What is <c>/ucrt64</c> on Windows.</summary>
    public string Prefix => folder["ucrt64"];

    /// <summary>The source tree of recipes.</summary>
    public string Source => folder["source"];

    /// <summary>Full path of a file below a run's output.</summary>
    public string Output(string run, string file) => Path.Combine(folder[run], "output", file);

    /// <summary>Everything that a run installed, sorted.</summary>
    public string[] Installed(string run) =>
    [
        .. Directory.GetFiles(Output(run, ""), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Output(run, ""), file))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Writes a file, executable where it is a script.</summary>
    public string Write(string name, string text)
    {
        string path = folder.Write(name, text);
        if (!OperatingSystem.IsWindows() && text.StartsWith("#!", StringComparison.Ordinal))
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        }

        return path;
    }

    /// <summary>Runs a recipe.</summary>
    /// <param name="run">A name for its folders.</param>
    /// <param name="recipe">Its text; the functions that it lacks do nothing.</param>
    /// <param name="toolchain">Whose.</param>
    /// <param name="dependencies">Output folders that it is built against.</param>
    public ProcessResult Run(string run, string recipe, string toolchain = "msys2", string dependencies = "")
    {
        const string Nothing = "recipe_configure() { :; }\nrecipe_build() { :; }\nrecipe_install() { :; }\n"
            + "recipe_licenses() { echo ours >\"$licenses/OURS\"; }\n";
        Directory.CreateDirectory(Source);
        string runner = Path.Combine(Repository.Root, "build", "Compiling", "Recipes", "recipe.sh");
        return ProcessRunner.Run(new ProcessRequest("/bin/bash", runner, Write(run + "/recipe.sh", Nothing + recipe))
        {
            AllowFailure = true,
            ClearEnvironment = true,
            Environment = new Dictionary<string, string?>
            {
                ["HOME"] = folder.Path,
                ["LC_ALL"] = "C.UTF-8",
                ["MINGW_PREFIX"] = Prefix,
                ["PATH"] = "/usr/bin:/bin",
                ["QCW_ARCH"] = "x86_64",
                ["QCW_BUILD"] = Path.Combine(folder[run], "build"),
                ["QCW_CCACHE"] = string.Empty,
                ["QCW_DEPENDENCIES"] = dependencies,
                ["QCW_JOBS"] = "1",
                ["QCW_NAME"] = "hello",
                ["QCW_OUTPUT"] = Output(run, ""),
                ["QCW_SOURCE"] = Source,
                ["QCW_TOOLCHAIN"] = toolchain,
                ["QCW_TRIPLE"] = "x86_64-w64-mingw32",
                ["QCW_VERSION"] = "1",
                ["SOURCE_DATE_EPOCH"] = "1682812800",
                ["TZ"] = "UTC",
            },
        });
    }

    public void Dispose() => folder.Dispose();
}
