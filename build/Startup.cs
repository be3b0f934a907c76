using Qcw.Build.CommandLine;
using Qcw.Build.Compiling;
using Qcw.Build.Engines;
using Qcw.Build.Graph;
using Qcw.Build.Lines;
using Qcw.Build.Model;
using Qcw.Build.Output;
using Qcw.Build.Releasing.Jobs;
using Qcw.Build.Releasing.Manifests;
using Qcw.Build.Tools;

namespace Qcw.Build;

/// <summary>Everything that is checked before Cake starts, so that wrong usage ends in a second.</summary>
public static class Startup
{
    /// <summary>Reads the command line and the line, finds the targets and checks the tools.</summary>
    /// <returns>Null where only the help, the versions or the matrix was asked for, and printed.</returns>
    /// <exception cref="UsageException">Wrong usage.</exception>
    public static BuildSetup? Prepare(IReadOnlyList<string> arguments, BuildLog messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        string root = FindRoot();
        BuildOptions options = new OptionParser(Environment.GetEnvironmentVariable("QCW_CALLER_DIRECTORY") ?? root).Parse(arguments);
        var paths = new Paths(root, options.Artifacts ?? Path.Combine(root, "artifacts")) { Architecture = options.Architecture };
        var graph = TaskGraph.OfHost();
        var loader = new LineLoader(paths);
        if (options.Version || options.Info)
        {
            messages.Info(options.Info ? VersionText.Info(paths.Root) : VersionText.Versions);
            return null;
        }

        // what the task Default does, without Cake's report around it
        if (options.Help || (options is { PlansOnly: false, Targets: ["Default"] }))
        {
            messages.Info(HelpText.Write(graph, loader));
            return null;
        }

        foreach (string target in options.Targets)
        {
            graph.Find(target);
        }

        RequireValues(options);
        Line line = loader.Load(options.Line, [.. options.Overrides.Select(o => new SourceOverride(o.Key, o.Value.Version, o.Value.Source))]);
        foreach (TaskNode target in options.Targets.Select(graph.Find))
        {
            RequireWork(target, line, options, loader);
        }

        if (!options.PlansOnly && options.Targets.Any(target => graph.Find(target).Name == nameof(Tasks.Matrix)))
        {
            messages.Info(MatrixOf(options, paths, line, graph));
            return null;
        }

        var tools = ToolFinder.ForHost();
        ChosenBuilder? builder = options.PlansOnly ? null : RequireTools(options, graph, line, tools, messages);
        return new BuildSetup(options, paths, line, graph, tools, builder, messages);
    }

    /// <summary>Values of options that no parser can judge, because a target decides what they have to be.</summary>
    private static void RequireValues(BuildOptions options)
    {
        if (options.WritesMirror)
        {
            Fetching.Mirror.FolderToWrite(options.Mirror);
        }
        else
        {
            Fetching.Mirror.Parse(options.Fetching);
        }

        if (options.WritesManifests)
        {
            ManifestAddresses.Of(options.Tag);
        }
    }

    /// <summary>Chooses where recipes run, if any does, and checks the tools of everything else.</summary>
    private static ChosenBuilder? RequireTools(BuildOptions options, TaskGraph graph, Line line, ToolFinder tools, BuildLog messages)
    {
        TaskNode[] tasks = [.. (options.Exclusive ? options.Targets.Select(graph.Find) : graph.Closure(options.Targets))
            .Where(task => task.HasWorkFor(line, options.Architecture))];
        var check = new ToolCheck(tools, messages);
        IReadOnlyList<Tool> recipes = ToolCheck.ToolsOf(tasks.Where(task => task.UsesBuilder), line);
        ChosenBuilder? builder = recipes.Count > 0 ? new BuilderChoice(InstalledEngines.Of(tools), messages).Choose(options, () => check.MissingOf(recipes)) : null;
        // in a container the recipes' tools are the image's, in MSYS2 its packages
        check.Require(
            ToolCheck.ToolsOf(tasks.Where(task => builder is null or { NeedsHostTools: true } || !task.UsesBuilder), line), options.InstallTools || tasks.Any(task => task.InstallsTools));
        return builder;
    }

    /// <summary>A workflow takes all that is printed, so nothing else may be.</summary>
    private static string MatrixOf(BuildOptions options, Paths paths, Line line, TaskGraph graph) => options.Targets.Count == 1
        ? new JobMatrix(paths, line, graph) { Recipes = BuildMachine.ForRecipes(options.Builder) }.Json()
        : throw new UsageException($"--target={nameof(Tasks.Matrix)} prints JSON and nothing else: give it without other targets");

    /// <summary>A target that is named must have something to do; a part of a larger one is left out where it has not.</summary>
    private static void RequireWork(TaskNode target, Line line, BuildOptions options, LineLoader loader)
    {
        if (!target.IsIn(line))
        {
            string wanted = string.Join(" or ", target.PartOf!.Components);
            string[] others = [.. loader.Names.Where(name => name != line.Name && target.IsIn(loader.Load(name)))];
            throw new UsageException($"the line {line.Name} has no component {wanted}, so there is nothing to do for {target.Name}; lines that have it: {string.Join(", ", others)}");
        }

        if (!target.WorksFor(options.Architecture))
        {
            throw new UsageException($"{target.Name} cannot be built for {options.Architecture}: only for {Architecture.X64}");
        }
    }

    /// <summary>The repository: the nearest folder above the current one, or above the program, that has the versions files.</summary>
    private static string FindRoot()
    {
        foreach (string start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (Directory.Exists(Path.Combine(folder.FullName, "build", "Versions")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new UsageException($"{Environment.CurrentDirectory} is not inside a checkout of qcw (no build/Versions above it)");
    }
}
