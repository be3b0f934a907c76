using Qcw.Build.Fetching;
using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Compiling.Go;

/// <summary>Everything about Go programs: the toolchain that the line wants, their modules, their compilation.</summary>
public sealed class GoPhase
{
    private const string Name = "go";

    private readonly Paths paths;
    private readonly GoVersions wanted;
    private readonly Fetcher fetcher;
    private readonly StepRunner steps;
    private readonly BuildLog log;
    private readonly GoFinder finder;
    private readonly ToolPackages packages;
    private readonly Lazy<GoCompiler> compiler;
    private readonly Lazy<GoModules> modules;

    /// <summary>Looks for nothing yet.</summary>
    /// <exception cref="BuildException">The line has no Go programs.</exception>
    public GoPhase(
        Paths paths, ReleaseLine line, int jobs, bool offline, Fetcher fetcher, StepRunner steps, BuildLog log, GoFinder finder,
        ToolPackages packages)
    {
        wanted =
            line.Go
            ?? throw new BuildException(
                $"the line {line.Name} does not say which Go its programs need: "
                    + $"build/Catalog/Versions/{line.Name}.json lacks the field go");
        (this.paths, this.fetcher, this.steps, this.log, this.finder, this.packages) = (paths, fetcher, steps, log, finder, packages);
        var toolchain = new Lazy<GoToolchain>(() => finder.Choose(wanted) ?? Unpack());
        compiler = new Lazy<GoCompiler>(() =>
            new GoCompiler(toolchain.Value, Toolchain, paths, line.SourceDateEpoch, jobs, steps, log));
        modules = new Lazy<GoModules>(() => new GoModules(
            toolchain.Value, paths, line.SourceDateEpoch, fetcher.GoProxy, offline, log, steps.Record));
    }

    /// <summary>Compiles with the go that builds the line; the SDK is unpacked for it where the host's own does not fit.</summary>
    /// <exception cref="NotMadeException">The SDK has not been fetched.</exception>
    public GoCompiler Compiler => compiler.Value;

    /// <summary>Fetches modules with the same go.</summary>
    /// <exception cref="NotMadeException">The SDK has not been fetched.</exception>
    public GoModules Modules => modules.Value;

    /// <summary>Fetches the SDK of the line, if the host needs it.</summary>
    public async Task FetchAsync()
    {
        if (finder.Choose(wanted) is { } host)
        {
            log.Step(Name, "fetch", $"{host.Version} ({host.Program}) fits: {wanted.Wanted}");
            return;
        }

        FolderProblems.RequirePrograms(paths.Artifacts); // the SDK is started from there
        string why = $"the line needs {wanted.Wanted}; {GoFinder.Describe(finder.FindAll())}";
        log.Step(Name, "fetch", $"{why}: using the SDK {wanted.Sdk!.Version}");
        try
        {
            await fetcher.FetchAsync([Sdk]);
        }
        catch (BuildException e)
        {
            throw new BuildException(
                $"{why}, and the SDK {wanted.Sdk.Version} could not be downloaded:\n{e.Message}\n"
                    + "  or install a Go that fits and put it on PATH",
                e);
        }
    }

    private Component Sdk => wanted.Sdk!.For(GoFinder.Host)!;

    private Provenance Toolchain() => new()
    {
        Packages = finder.Choose(wanted) is { } host
            ? packages.Of(new FoundTool(ToolCatalog.Find(Name), host.Program, host.Identity, host.Version))
            : Sdk.Source switch
            {
                DebianPackagesSource debian =>
                [
                    .. debian.Packages.Select(package => new ToolPackage(
                        Name, package.Package, package.Version, package.Architecture, "debian") { Sha256 = package.Sha256 }),
                ],
                ArchiveSource archive => [new ToolPackage(Name, Name, Sdk.Version, GoFinder.Host, null) { Sha256 = archive.Sha256 }],
                _ => [],
            },
    };

    private GoToolchain Unpack()
    {
        FetchedSource sdk = fetcher.Locate(Sdk);
        string root = sdk.Source is DebianPackagesSource packages ? UnpackPackages(sdk, packages) : UnpackArchive(sdk);
        string program = Path.Combine(root, "bin", OperatingSystem.IsWindows() ? "go.exe" : "go");
        return GoFinder.Ask(program) is { } go && wanted.Fits(go.Version)
            ? go
            : throw new BuildException($"{program}, unpacked from {sdk.Path}, does not run or is not {wanted.Wanted}");
    }

    private string UnpackArchive(FetchedSource archive)
    {
        string root = paths.Tool(Sdk);
        var fingerprint = new Fingerprint().Add("archive", archive.ContentHash).Add("extractor", ArchiveExtractor.FormatVersion);
        steps.RunReplacing(Unpacking(root, fingerprint, archive), partial => ArchiveExtractor.Extract(archive.Path, partial));
        return root;
    }

    private static Step Unpacking(string root, Fingerprint fingerprint, FetchedSource sdk) =>
        new(Name, "unpack", root, fingerprint) { Room = () => 5 * sdk.Packages.DefaultIfEmpty(sdk.Path).Sum(Files.SizeOf) };

    /// <summary>The whole tree stays: in Debian's packages parts of an SDK are links to folders beside it.</summary>
    private string UnpackPackages(FetchedSource sdk, DebianPackagesSource packages)
    {
        string tree = paths.Tool(Sdk);
        Fingerprint fingerprint = new Fingerprint().Add("packages", sdk.ContentHash).Add("unpacker", DebianPackageTree.FormatVersion);
        steps.RunReplacing(
            Unpacking(tree, fingerprint, sdk),
            partial =>
            {
                DebianPackageTree.Unpack(sdk.Packages, partial, paths.Log(Name, "unpack"));
                if (!Directory.Exists(Path.Combine(partial, packages.Root)))
                {
                    throw new BuildException(
                        $"{string.Join(" and ", packages.Packages.Select(package => package.File))} have no folder {packages.Root}, "
                            + "which the line's go.sdk.packages names as root");
                }
            });
        return Path.Combine(tree, packages.Root);
    }
}
