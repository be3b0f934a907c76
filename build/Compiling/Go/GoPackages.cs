namespace Qcw.Build.Compiling.Go;

/// <summary>A package that is linked into a program.</summary>
/// <param name="ImportPath">Its name in Go.</param>
/// <param name="Folder">Its sources, a full path.</param>
/// <param name="Module">The module it belongs to; empty for Go's own library.</param>
/// <param name="ModuleVersion">The module's version; empty for Go's library and for the component itself.</param>
public sealed record GoPackage(string ImportPath, string Folder, string Module, string ModuleVersion)
{
    /// <summary>True for Go's own library.</summary>
    public bool IsStandard => Module.Length == 0;

    /// <summary>True for a package of the component itself.</summary>
    public bool IsMain => Module.Length > 0 && ModuleVersion.Length == 0;
}

/// <summary>Asks go which packages programs are made of.</summary>
public static class GoPackages
{
    private const string Template = "{{.ImportPath}}\t{{.Dir}}\t{{with .Module}}{{.Path}}\t{{.Version}}{{else}}\t{{end}}";

    /// <summary>Every package of some programs, sorted by name.</summary>
    /// <param name="go">The go command.</param>
    /// <param name="source">The component's source tree.</param>
    /// <param name="environment">From <see cref="GoEnvironment"/>.</param>
    /// <param name="build">The programs and their tags.</param>
    /// <param name="logFile">Gets all output.</param>
    /// <exception cref="ProcessFailedException">A package or module is missing or wrong.</exception>
    public static IReadOnlyList<GoPackage> List(
        GoToolchain go, string source, IReadOnlyDictionary<string, string?> environment, GoBuild build, string logFile)
    {
        ProcessResult result = ProcessRunner.Run(
            new ProcessRequest(
                go.Program,
                [
                    "list",
                    "-deps",
                    .. GoCommand.ModuleFlags(build),
                    "-tags",
                    string.Join(',', build.Tags),
                    "-f",
                    Template,
                    .. build.Programs.Select(program => program.Package),
                ])
            {
                WorkingDirectory = source,
                ClearEnvironment = true,
                Environment = environment,
                LogFile = logFile,
                AllowFailure = true,
            });
        if (result.ExitCode != 0)
        {
            // only what it says about the failure: the other stream has hundreds of packages
            throw new ProcessFailedException($"{result.StandardError.TrimEnd()}\n  full output: {logFile}", result.ExitCode);
        }

        return
        [
            .. result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t')).Where(parts => parts.Length == 4)
                .Select(parts => new GoPackage(parts[0], parts[1], parts[2], parts[3]))
                .OrderBy(package => package.ImportPath, StringComparer.Ordinal),
        ];
    }
}
