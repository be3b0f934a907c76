using System.Globalization;

namespace Qcw.Build.Compiling.Go;

/// <summary>The compile phase of Go programs: <c>go build</c> on this machine, for Windows, without the network.</summary>
/// <param name="go">The toolchain.</param>
/// <param name="toolchain">Where it comes from: its packages or archive.</param>
/// <param name="paths">The folders of the build.</param>
/// <param name="sourceDateEpoch">Seconds since 1970 UTC.</param>
/// <param name="jobs">Compilers at a time.</param>
/// <param name="steps">Runs what is not up to date.</param>
/// <param name="log">Gets progress.</param>
public sealed class GoCompiler(
    GoToolchain go, Func<Provenance> toolchain, Paths paths, long sourceDateEpoch, int jobs, StepRunner steps, BuildLog log)
{
    private const long CacheRoom = 500_000_000; // what go keeps of Podman's packages, and the programs
    private readonly GoEnvironment environment = new(paths, sourceDateEpoch);

    /// <summary>Compiles a component whose modules (if it needs some) are fetched.</summary>
    /// <param name="build">What is compiled, and how.</param>
    /// <param name="tree">The component's source tree.</param>
    /// <returns>The folder with <c>bin/</c> (the exes) and <c>licenses/</c>.</returns>
    /// <exception cref="BuildException">A tool failed.</exception>
    public Made Compile(GoBuild build, Made tree)
    {
        Fingerprint fingerprint = FingerprintOf(build, tree, "windows")
            .Add("licences", "1 " + string.Join(' ', build.Component.ModulesWithoutLicence));
        var step = new Step(build.Component.Name, "compile", paths.Stage(build.Component), fingerprint)
        {
            By = tree.By.WithTool("go", go.Identity),
            Toolchain = () => toolchain().With(new Provenance { Modules = FetchedModules(build, tree) }),
            Room = () => CacheRoom,
            IsShared = true,
        };
        return steps.RunReplacing(
            step,
            output =>
            {
                string source = tree.Path;
                string logFile = paths.Log(build.Component.Name, "compile");
                Files.Delete(logFile);
                Dictionary<string, string?> variables = environment.Offline(build.Component.Name, "windows", paths.Architecture.GoName);
                IReadOnlyList<GoPackage> packages = GoPackages.List(go, source, variables, build, logFile);
                string view = paths.Build(build.Component);
                Dictionary<string, byte[]> resources = build.Programs.ToDictionary(
                    ResourceFile, program => ResourceObject.Write(Resource(build, program), paths.Architecture));
                SourceView.Make(source, view, resources);
                BuildPrograms(
                    build, view, variables, logFile, packages.Count, program => Path.Combine(output, "bin", program.Name + ".exe"));
                Files.Delete(view);
                GoLicences.Collect(packages, source, build.Component, Root(variables), Path.Combine(output, "licenses"));
            });
    }

    /// <summary>Compiles programs of a component for this machine, to be run while something else is built.</summary>
    /// <returns>The folder with the programs.</returns>
    public Made CompileNative(GoBuild build, Made tree, string name)
    {
        var step = new Step(
            build.Component.Name, "native", paths.Stage($"{build.Component.Id}-{name}"), FingerprintOf(build, tree, "native"))
        {
            By = tree.By.WithTool("go", go.Identity),
            Toolchain = toolchain,
            IsShared = true,
        };
        return steps.RunReplacing(step, output =>
        {
            string logFile = paths.Log(build.Component.Name, "native");
            Files.Delete(logFile);
            string[] host = GoFinder.Host.Split('-');
            Dictionary<string, string?> variables = environment.Offline(build.Component.Name, host[0], host[1]);
            int count = GoPackages.List(go, tree.Path, variables, build, logFile).Count;
            BuildPrograms(
                build, tree.Path, variables, logFile, count,
                program => Path.Combine(output, OperatingSystem.IsWindows() ? program.Name + ".exe" : program.Name));
        });
    }

    /// <summary>The modules that the programs need and the source does not carry, with the hashes that its go.sum has.</summary>
    /// <exception cref="BuildException">go.sum lacks one.</exception>
    private IReadOnlyList<ModuleRecord> FetchedModules(GoBuild build, Made tree)
    {
        if (!build.Component.NeedsModules)
        {
            return [];
        }

        string sums = Path.Combine(tree.Path, "go.sum");
        Dictionary<(string, string), string> known = File.ReadLines(sums)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length == 3).ToDictionary(parts => (parts[0], parts[1]), parts => parts[2]);
        Dictionary<string, string?> variables = environment.Offline(build.Component.Name, "windows", paths.Architecture.GoName);
        return
        [
            .. GoPackages.List(go, tree.Path, variables, build, paths.Log(build.Component.Name, "compile"))
                .Where(package => !package.IsStandard && !package.IsMain)
                .Select(package => (package.Module, package.ModuleVersion)).Distinct()
                .Select(module => new ModuleRecord(
                    build.Component.Name, module.Module, module.ModuleVersion,
                    known.GetValueOrDefault(module)
                        ?? throw new BuildException($"{sums} has no line of {module.Module} {module.ModuleVersion}, which is linked in"))),
        ];
    }

    /// <summary>Where the linker looks for a program's version resource.</summary>
    private string ResourceFile(GoProgram program) =>
        string.Join(
            '/',
            [.. program.Package.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..], ResourceObject.FileName(paths.Architecture)]);

    private static VersionResource Resource(GoBuild build, GoProgram program) =>
        new(UpstreamVersion.Parse(build.Component.Version).FileVersion, build.Component.Version, build.Product)
        {
            CompanyName = build.Company,
            FileDescription = program.Description,
            OriginalFilename = program.Name + ".exe",
            InternalName = program.Name,
            Comments = "Built by qcw" + (build.Component.Patches.Count > 0 ? ", with patches" : string.Empty),
        };

    private Fingerprint FingerprintOf(GoBuild build, Made tree, string system)
    {
        Fingerprint fingerprint = new Fingerprint()
            .Add("component", build.Component.Id)
            .Add("source", tree.Hash)
            .Add("system", system)
            .Add("architecture", system == "windows" ? paths.Architecture.Name : GoFinder.Host)
            .Add("go", go.Identity)
            .Add("GOFLAGS", GoEnvironment.Flags)
            .Add("command", GoCommand.FormatVersion)
            .Add("modules", string.Join(' ', GoCommand.ModuleFlags(build)))
            .Add("tags", string.Join(' ', build.Tags))
            .Add("source date epoch", sourceDateEpoch.ToString(CultureInfo.InvariantCulture))
            .Add("product", $"{build.Product}, {build.Company}");
        foreach (GoProgram program in build.Programs)
        {
            fingerprint.Add("program " + program.Name, $"{program.Package} {program.Description} {GoCommand.LinkerFlags(build, program)}");
        }

        return fingerprint;
    }

    private string Root(Dictionary<string, string?> variables) =>
        ProcessRunner
            .Run(new ProcessRequest(go.Program, "env", "GOROOT") { ClearEnvironment = true, Environment = variables })
            .StandardOutput.Trim();

    /// <summary>Builds each program; go names a package when it has compiled it, which is the progress.</summary>
    private void BuildPrograms(
        GoBuild build, string folder, Dictionary<string, string?> variables, string logFile, int packages, Func<GoProgram, string> targetOf)
    {
        using var progress = new CompileProgress(log, build.Component.Name);
        int done = 0;
        foreach (GoProgram program in build.Programs)
        {
            ProcessRunner.Run(new ProcessRequest(go.Program, GoCommand.Build(build, program, targetOf(program), jobs))
            {
                WorkingDirectory = folder,
                ClearEnvironment = true,
                Environment = variables,
                LogFile = logFile,
                OnLine = _ => progress.Report($"[{++done}/{packages}] "),
            });
        }
    }
}
