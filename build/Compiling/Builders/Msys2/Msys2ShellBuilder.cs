namespace Qcw.Build.Compiling.Builders.Msys2;

/// <summary>Runs recipes in the MSYS2 of this machine (<c>--builder host</c> on Windows).</summary>
/// <param name="shell">It.</param>
/// <param name="paths">Where the list of packages is, and scratch folders.</param>
/// <param name="run">Runs a program.</param>
public sealed class Msys2ShellBuilder(Msys2Shell shell, Paths paths, Func<ProcessRequest, ProcessResult> run) : IBuilder
{
    // what Windows programs expect of any environment, and which is the same in every one of this machine
    private static readonly string[] OfWindows = ["COMSPEC", "PATHEXT", "SYSTEMDRIVE", "SYSTEMROOT", "WINDIR"];

    private IReadOnlyList<string>? packages;

    public string Toolchain => Msys2Environment.Toolchain;

    public bool HasLibraries => true;

    public IReadOnlyList<string> Packages
    {
        get
        {
            Prepare();
            return packages!;
        }
    }

    public void Prepare()
    {
        if (packages is not null)
        {
            return;
        }

        // -T prints what is not there, and says so with its exit code
        ProcessResult test = Ask(allowFailure: true, ["-T", .. Msys2Packages.Wanted(paths.Msys2PackageList)]);
        string[] missing = test.StandardOutput.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (missing.Length > 0)
        {
            throw new UsageException(
                $"the MSYS2 in {shell.Root} lacks {missing.Length} packages; in its UCRT64 shell:\n"
                    + $"    pacman -S --needed {string.Join(' ', missing)}");
        }

        if (test.ExitCode != 0)
        {
            throw new BuildException($"{shell.Pacman} -T failed: {test.StandardError.Trim()}");
        }

        packages = Msys2Packages.Read(Ask(allowFailure: false, "-Q").StandardOutput);
    }

    public string VersionOf(string tool) => Msys2Packages.Of(tool, Packages);

    public void Run(CompileRequest request, Action<string> onLine)
    {
        string scratch = Path.Combine(paths.Temporary, request.Name);
        Directory.CreateDirectory(scratch);
        Directory.CreateDirectory(request.Build);
        Directory.CreateDirectory(request.Output);
        run(RequestOf(request, scratch) with { OnLine = onLine });
    }

    /// <summary>The program that runs one recipe. Not a login shell, which would read settings of this machine.</summary>
    internal ProcessRequest RequestOf(CompileRequest request, string scratch) =>
        new(shell.Bash, MsysPath.Of(request.Driver), MsysPath.Of(request.RecipeFile))
        {
            WorkingDirectory = request.Build,
            ClearEnvironment = true,
            Environment = WithWindows(Msys2Environment.Of(request, shell.Root, scratch)),
            LogFile = request.LogFile,
        };

    private ProcessResult Ask(bool allowFailure, params string[] arguments) => run(new ProcessRequest(shell.Pacman, arguments)
    {
        AllowFailure = allowFailure,
        ClearEnvironment = true,
        Environment = WithWindows(Msys2Environment.OfTools(shell.Root)),
    });

    private static SortedDictionary<string, string?> WithWindows(SortedDictionary<string, string?> environment)
    {
        foreach (string name in OfWindows.Where(name => Environment.GetEnvironmentVariable(name) is not null))
        {
            environment[name] = Environment.GetEnvironmentVariable(name);
        }

        return environment;
    }
}
