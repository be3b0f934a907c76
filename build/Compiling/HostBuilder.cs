using System.Globalization;
using Qcw.Build.Model;
using Qcw.Build.Processes;

namespace Qcw.Build.Compiling;

/// <summary>Runs recipes on this machine with Debian's mingw-w64 cross compilers (<c>--builder host</c> on Linux).</summary>
/// <param name="temporary">A folder for the HOME and TMPDIR of the tools.</param>
/// <param name="ccache">Full path of ccache, or null where it is not installed.</param>
public sealed class HostBuilder(string temporary, string? ccache) : IBuilder
{
    private const string Triple = "x86_64-w64-mingw32";

    /// <inheritdoc/>
    public string Toolchain => "cross";

    /// <inheritdoc/>
    public void Run(CompileRequest request, Action<string> onLine)
    {
        ArgumentNullException.ThrowIfNull(request);
        string scratch = Path.Combine(temporary, request.Name);
        Directory.CreateDirectory(scratch);
        Directory.CreateDirectory(request.Build);
        Directory.CreateDirectory(request.Output);
        ProcessRunner.Run(new ProcessRequest("/bin/bash", request.Driver, request.RecipeFile)
        {
            WorkingDirectory = request.Build,
            ClearEnvironment = true,
            Environment = Environment(request, scratch),
            LogFile = request.LogFile,
            OnLine = onLine,
        });
    }

    /// <summary>
    /// Everything a recipe sees. The rest of the caller's environment is left out: a variable set by chance
    /// (CFLAGS, PKG_CONFIG_PATH, a Python in front of PATH) must not change what is built.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Environment(CompileRequest request, string scratch)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new SortedDictionary<string, string?>(StringComparer.Ordinal)
        {
            ["CCACHE_DIR"] = CacheFolder(),
            ["HOME"] = scratch,
            ["LC_ALL"] = "C.UTF-8",
            ["PATH"] = "/usr/bin:/bin",
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["QCW_ARCH"] = Architecture.X64.Name,
            ["QCW_BUILD"] = request.Build,
            ["QCW_CCACHE"] = ccache ?? string.Empty,
            ["QCW_DEPENDENCIES"] = string.Join(' ', request.Dependencies),
            ["QCW_JOBS"] = request.Jobs.ToString(CultureInfo.InvariantCulture),
            ["QCW_NAME"] = request.Name,
            ["QCW_OUTPUT"] = request.Output,
            ["QCW_SOURCE"] = request.Source ?? string.Empty,
            ["QCW_TOOLCHAIN"] = Toolchain,
            ["QCW_TRIPLE"] = Triple,
            ["QCW_VERSION"] = request.Version,
            ["SOURCE_DATE_EPOCH"] = request.SourceDateEpoch.ToString(CultureInfo.InvariantCulture),
            ["TMPDIR"] = scratch,
            ["TZ"] = "UTC",
        };
    }

    // ccache's own default, named because HOME is not the user's here
    private static string CacheFolder() =>
        System.Environment.GetEnvironmentVariable("CCACHE_DIR")
        ?? Path.Combine(
            System.Environment.GetEnvironmentVariable("XDG_CACHE_HOME")
            ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".cache"),
            "ccache");
}
