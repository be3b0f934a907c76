using System.Globalization;

namespace Qcw.Build.Compiling.Go;

/// <summary>The compile phase of Go programs: <c>go build</c> on this machine, for Windows, without the network.</summary>
/// <param name="paths">Where everything stands.</param>
/// <param name="sourceDateEpoch">Seconds since 1970 UTC.</param>
/// <param name="jobs">Compilers at a time.</param>
/// <param name="steps">Runs what is not up to date.</param>
/// <param name="log">Gets progress.</param>
public sealed class GoCompiler(Paths paths, long sourceDateEpoch, int jobs, StepRunner steps, BuildLog log)
{
    private readonly GoEnvironment environment = new(paths, sourceDateEpoch);

    /// <summary>Compiles a component whose source tree stands ready, and whose modules (if it needs some) are fetched.</summary>
    /// <returns>The folder with <c>bin/</c> (the exes) and <c>licenses/</c>.</returns>
    /// <exception cref="BuildException">The source is not there, or a tool failed.</exception>
    public string Compile(GoToolchain go, GoBuild build)
    {
        string stage = paths.Stage(build.Component);
        string source = paths.Source(build.Component);
        steps.RunReplacing(new Step(build.Component.Name, "compile", stage, Fingerprint(go, build, "windows").Add("licences", "1 " + string.Join(' ', build.Component.ModulesWithoutLicence))), output =>
        {
            string logFile = paths.Log(build.Component.Name, "compile");
            StepRunner.Delete(logFile);
            Dictionary<string, string?> variables = environment.Offline(build.Component.Name, "windows", paths.Architecture.GoName);
            IReadOnlyList<GoPackage> packages = GoPackages.List(go, source, variables, build, logFile);
            string view = paths.Build(build.Component);
            SourceView.Make(source, view, build.Programs.ToDictionary(ResourceFile, program => ResourceObject.Write(Resource(build, program), paths.Architecture)));
            BuildPrograms(go, build, view, variables, logFile, packages.Count, program => Path.Combine(output, "bin", program.Name + ".exe"));
            StepRunner.Delete(view);
            GoLicences.Collect(packages, source, build.Component, Root(go, variables), Path.Combine(output, "licenses"));
        });
        return stage;
    }

    /// <summary>Compiles programs of a component for this machine, to be run while something else is built.</summary>
    /// <returns>The folder with the programs.</returns>
    public string CompileNative(GoToolchain go, GoBuild build, string name)
    {
        string stage = paths.Stage($"{build.Component.Id}-{name}");
        steps.RunReplacing(new Step(build.Component.Name, "native", stage, Fingerprint(go, build, "native")), output =>
        {
            string logFile = paths.Log(build.Component.Name, "native");
            StepRunner.Delete(logFile);
            string[] host = GoFinder.Host.Split('-');
            Dictionary<string, string?> variables = environment.Offline(build.Component.Name, host[0], host[1]);
            string source = paths.Source(build.Component);
            int count = GoPackages.List(go, source, variables, build, logFile).Count;
            BuildPrograms(
                go, build, source, variables, logFile, count,
                program => Path.Combine(output, OperatingSystem.IsWindows() ? program.Name + ".exe" : program.Name));
        });
        return stage;
    }

    /// <summary>Where the linker looks for a program's version resource.</summary>
    private string ResourceFile(GoProgram program) =>
        string.Join('/', [.. program.Package.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..], ResourceObject.FileName(paths.Architecture)]);

    private static VersionResource Resource(GoBuild build, GoProgram program) =>
        new(UpstreamVersion.Parse(build.Component.Version).FileVersion, build.Component.Version, build.Product)
        {
            CompanyName = build.Company,
            FileDescription = program.Description,
            OriginalFilename = program.Name + ".exe",
            InternalName = program.Name,
            Comments = "Built by qcw" + (build.Component.Patches.Count > 0 ? ", with patches" : string.Empty),
        };

    private Fingerprint Fingerprint(GoToolchain go, GoBuild build, string system)
    {
        Fingerprint fingerprint = new Fingerprint()
            .Add("component", build.Component.Id)
            .Add("source", Stamp.HashOf(paths.Source(build.Component), "Patch"))
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

    private static string Root(GoToolchain go, Dictionary<string, string?> variables) =>
        ProcessRunner.Run(new ProcessRequest(go.Program, "env", "GOROOT") { ClearEnvironment = true, Environment = variables }).StandardOutput.Trim();

    /// <summary>Builds each program; go names a package when it has compiled it, which is the progress.</summary>
    private void BuildPrograms(
        GoToolchain go, GoBuild build, string folder, Dictionary<string, string?> variables, string logFile, int packages, Func<GoProgram, string> targetOf)
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
                OnLine = _ => progress.Line($"[{++done}/{packages}] "),
            });
        }
    }
}
