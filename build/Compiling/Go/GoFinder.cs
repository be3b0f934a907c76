using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Qcw.Build.Compiling.Go;

/// <summary>A Go that can be used.</summary>
/// <param name="Program">Full path of <c>go</c>.</param>
/// <param name="Version">Its number.</param>
public sealed record GoToolchain(string Program, Version Version)
{
    /// <summary>What goes into fingerprints: not the path, which changes nothing.</summary>
    public string Identity => $"go{Version}";
}

/// <summary>Looks for the Go that a line wants: the host's own where it fits, else the SDK that the line pins.</summary>
/// <param name="searchPath">Folders to look in, in order.</param>
public sealed class GoFinder(IReadOnlyList<string> searchPath)
{
    private static readonly Version InDebian12 = new(1, 19, 8);

    // by the program behind all links: tasks, Doctor and the build each look, and one that is installed meanwhile is another program
    private static readonly ConcurrentDictionary<string, GoToolchain?> Asked = new(StringComparer.Ordinal);

    private static readonly string FileName = OperatingSystem.IsWindows() ? "go.exe" : "go";

    /// <summary>PATH first, since that is the person's choice; then where Debian and go.dev's packages put theirs.</summary>
    public static GoFinder ForHost() => new(
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        .. OperatingSystem.IsWindows()
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Go", "bin")]
            : (string[])["/usr/local/go/bin", .. Debian()],
    ]);

    /// <summary>This machine as Go names it: <c>linux-amd64</c>.</summary>
    public static string Host { get; } =
        (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")
        + (RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "-arm64" : "-amd64");

    /// <summary>
    /// Every Go of the host, in the order of the search path; one that cannot be asked for its version is left out. Each is asked once in a
    /// run.
    /// </summary>
    public IReadOnlyList<GoToolchain> FindAll() =>
        [
            .. searchPath
                .Select(folder => Path.Combine(folder, FileName))
                .Where(File.Exists)
                .DistinctBy(RealPath)
                .Select(program => Asked.GetOrAdd(RealPath(program), _ => Ask(program)))
                .OfType<GoToolchain>(),
        ];

    /// <summary>The host's Go that builds a line, or null where only an SDK does.</summary>
    /// <exception cref="UsageException">The host has none that fits, and the line pins no SDK for this host.</exception>
    public GoToolchain? Choose(GoVersions wanted)
    {
        IReadOnlyList<GoToolchain> all = FindAll();
        if (all.FirstOrDefault(go => wanted.Fits(go.Version)) is { } fits)
        {
            return fits;
        }

        return wanted.Sdk?.For(Host) is not null ? null : throw new UsageException(
            $"this line needs {wanted.Wanted}; {Describe(all)}, and the line pins no SDK for {Host}.\n" +
            $"Install one that fits{(wanted.Fits(InDebian12) ? " (on Debian 12: apt-get install golang-go)" : string.Empty)}, " +
            "and put it on PATH.");
    }

    /// <summary>The SDK that is fetched for a line; null where the host's own Go builds it, or the line pins none for this host.</summary>
    public Component? SdkFor(GoVersions? wanted) =>
        wanted?.Sdk?.For(Host) is { } sdk && !FindAll().Any(go => wanted.Fits(go.Version)) ? sdk : null;

    /// <summary>For messages: what there is.</summary>
    public static string Describe(IReadOnlyList<GoToolchain> found)
    {
        return found.Count == 0
            ? "this host has no Go"
            : "this host has " + string.Join(", ", found.Select(go => $"{go.Version} ({go.Program})"));
    }

    /// <summary>One line about what a line wants and what it will get.</summary>
    public string Report(GoVersions wanted)
    {
        IReadOnlyList<GoToolchain> all = FindAll();
        string what = all.FirstOrDefault(go => wanted.Fits(go.Version)) is { } fits ? $"{fits.Program} is used"
            : wanted.Sdk?.For(Host) is null ? $"none fits, and the line pins no SDK for {Host}"
            : $"none fits, the SDK {wanted.Sdk.Version} is fetched";
        return $"Go: the line needs {wanted.Wanted}; {Describe(all)}: {what}";
    }

    /// <summary>Asks a program for its version.</summary>
    public static GoToolchain? Ask(string program)
    {
        var request = new ProcessRequest(program, "env", "GOVERSION")
        {
            // else it would go and fetch another one that some go.mod names
            Environment = new Dictionary<string, string?> { ["GOTOOLCHAIN"] = "local", ["GOFLAGS"] = string.Empty, ["GOROOT"] = null },
            Timeout = TimeSpan.FromSeconds(20),
        };
        try
        {
            string text = ProcessRunner.Run(request).StandardOutput.Trim();
            string number = text.StartsWith("go", StringComparison.Ordinal)
                ? new string([.. text[2..].TakeWhile(c => char.IsAsciiDigit(c) || c == '.')])
                : string.Empty;
            return Version.TryParse(number, out Version? version) ? new GoToolchain(program, version) : null;
        }
        catch (ProcessFailedException)
        {
            return null;
        }
    }

    /// <summary>Debian has links to one program in several folders (/bin is one, too).</summary>
    private static string RealPath(string file)
    {
        string folder =
            new DirectoryInfo(Path.GetDirectoryName(file)!).ResolveLinkTarget(returnFinalTarget: true)?.FullName
            ?? Path.GetDirectoryName(file)!;
        string inFolder = Path.Combine(folder, Path.GetFileName(file));
        return new FileInfo(inFolder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? inFolder;
    }

    private static IEnumerable<string> Debian() =>
        Directory.Exists("/usr/lib")
            ? Directory.EnumerateDirectories("/usr/lib", "go-*").Order(StringComparer.Ordinal).Select(root => Path.Combine(root, "bin"))
            : [];
}
