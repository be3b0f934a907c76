using System.Diagnostics;
using Qcw.Build.Caching;
using Qcw.Build.Compiling.Builders;
using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Components;
using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Http;
using Qcw.Build.Fetching.Mirroring;
using Qcw.Build.Releasing;
using Qcw.Build.Releasing.Jobs;
using Qcw.Build.Releasing.Manifests;
using Qcw.Build.Signing;

namespace Qcw.Build.Host;

/// <summary>Everything that is checked before Cake starts, so that wrong usage ends in a second.</summary>
public static class Startup
{
    /// <summary>Reads the command line and the line, finds the targets and checks the tools.</summary>
    /// <returns>Null where only a text was asked for (help, versions, the graph, the matrix), and printed.</returns>
    /// <exception cref="UsageException">Wrong usage.</exception>
    public static BuildSetup? Prepare(IReadOnlyList<string> arguments, BuildLog messages)
    {
        long began = Stopwatch.GetTimestamp();
        string root = FindRoot();
        BuildOptions options = new OptionParser(Environment.GetEnvironmentVariable("QCW_CALLER_DIRECTORY") ?? root).Parse(arguments);
        var rebuild = options.Help || options.Version || options.Info || options.Tree ? null : Rebuild.Of(options);
        options = rebuild?.Apply(options) ?? options;
        var graph = TaskGraph.OfHost();
        var paths = new Paths(root, options.Artifacts ?? Path.Combine(root, "artifacts"))
        {
            Architecture = options.Architecture,
            ReleaseName = options.Targets.Any(IsVerify) ? Verify.RebuiltName : Paths.ReleaseFolderName,
        };
        var loader = new ReleaseLines(paths);
        if (options.Version || options.Info)
        {
            messages.Info(options.Info ? VersionText.Info(paths.Root) : VersionText.Versions);
            return null;
        }

        if (options.Tree)
        {
            messages.Info(TaskTree.Draw(graph));
            return null;
        }

        // what the task Default does, without Cake's report around it
        if (options.Help || (options is { PlansOnly: false, Targets: ["Default"] }))
        {
            messages.Info(HelpText.Write(graph, loader));
            return null;
        }

        TaskNode[] targets = [.. options.Targets.Select(graph.Find)];
        options = Verify.Complete(options);
        FetchOptions fetching = RequireValues(options, targets);
        ReleaseLine line = loader.Load(options.Line, options.Overrides);
        rebuild?.RequirePins(line);
        foreach (TaskNode target in targets)
        {
            RequireWork(target, line, options, loader);
            RequirePatches(target, line, options, paths);
            if (target.Requires is Requirement.Advisories)
            {
                Advisories.RequireValues(options, line);
            }

            if (target.Requires is Requirement.Inputs)
            {
                InputSelection.Require(target, options, line);
            }
        }

        if (!options.PlansOnly && targets.Any(target => target.Name == nameof(Matrix)))
        {
            messages.Info(MatrixOf(options, paths, line, graph));
            return null;
        }

        RequireDrafts(options, graph, line);
        bool proves = rebuild is not null || options.Targets.Any(IsVerify);
        CacheOptions? cache = options.PlansOnly ? null : CacheChoice.Of(options, proves, messages);
        var tools = ToolFinder.ForHost();
        ChosenBuilder? builder = options.PlansOnly ? null : RequireTools(options, graph, line, tools, messages);
        var packages = ToolPackages.ForHost(paths);
        var release = new ReleaseFolder(paths.Release, messages);
        var settings = new BuilderSettings(
            paths, tools, packages, line.SourceDateEpoch, options.ContainerBase, options.Limits, options.Offline,
            [.. ToolCheck.ToolsOf(graph.Nodes.Where(task => task.UsesBuilder), line, graph).Where(tool => !tool.Optional)], messages);
        var services = new BuildServices(
            paths, line, graph, tools, messages, fetching, options.Jobs, options.Tag,
            (steps, fetcher) => BuilderChoice.Create(builder, settings, steps, fetcher))
        {
            Packages = packages,
            Record = options.PlansOnly ? null : new StepLog(paths, began),
            Workers = new Workers(options.Parallel),
            Cache = cache is null ? null : CacheChoice.Open(cache, paths, messages),
            HasLibraries = builder is { IsMsys2: true },
            MakesDrafts = options.Draft,
            DefersTrees = cache is not null && !targets.Any(target => target.Work?.Phase == Phase.Patch || target.Name == nameof(Patch)),
            Publish = package =>
            {
                release.Publish(package);
                rebuild?.Compare(package, messages);
            },
            VerifyKey = (options.VerifyKey ?? OptionTable.PathFromEnvironment(UtilsScript.KeyVariable)) is { } key
                ? Convert.ToHexStringLower(EcdsaSignature.ReadPublicKey(key))
                : string.Empty,
        };
        return new BuildSetup(options, services, graph, release, builder) { Rebuild = rebuild };
    }

    /// <summary>Values of options that no parser can judge, because a target decides what they have to be.</summary>
    private static FetchOptions RequireValues(BuildOptions options, IReadOnlyCollection<TaskNode> targets)
    {
        bool writesMirror = targets.Any(target => target.Requires == Requirement.MirrorToWrite);
        var fetching = new FetchOptions(options.Mirror, options.Offline, options.Downloads, options.RefreshFirmware)
        {
            WritesMirror = writesMirror,
        };
        if (!options.Offline)
        {
            TrustedAuthorities.Use(options.CaFile);
            HttpClient.DefaultProxy = ProxySettings.FromEnvironment(); // for Cake.Http
        }

        if (writesMirror)
        {
            MirrorSource.FolderToWrite(options.Mirror);
        }
        else
        {
            MirrorSource.Parse(fetching);
        }

        if (targets.Any(target => target.Requires == Requirement.Tag))
        {
            ManifestAddresses.Of(options.Tag);
        }

        if (targets.Any(target => target.Requires == Requirement.SigningKey))
        {
            SignChecksums.KeyOf(options);
        }

        if (targets.Any(target => target.Requires == Requirement.Release))
        {
            Verify.RequireValues(options);
        }

        if (targets.Any(target => target.Requires == Requirement.BuilderKey))
        {
            Attest.BuilderOf(options);
        }

        Reports.RequireValues(options, targets);
        RequireSignatures(options, targets);
        return fetching;
    }

    private static void RequireSignatures(BuildOptions options, IReadOnlyCollection<TaskNode> targets)
    {
        TaskNode? signs = targets.FirstOrDefault(target => target.Requires is Requirement.Signatures or Requirement.SignaturesToWrite);
        if (signs is not null && options.Signatures is null)
        {
            throw new UsageException($"--target={signs.Name} needs --signatures=DIR, the folder of the release's Authenticode signatures");
        }

        if (targets.Any(target => target.Requires == Requirement.SignaturesToWrite))
        {
            SignatureExtract.CertificateOf(options);
        }
        else if (options.Signatures is { } folder && !Directory.Exists(folder))
        {
            throw new UsageException($"--signatures: {folder} is no folder; --target={nameof(SignatureExtract)} makes one");
        }
    }

    /// <summary>What is said of patches is checked against the line.</summary>
    private static void RequirePatches(TaskNode target, ReleaseLine line, BuildOptions options, Paths paths)
    {
        if (target.Requires is not (Requirement.Patches or Requirement.PatchesAgainst or Requirement.PatchesTo))
        {
            return;
        }

        var selection = PatchSelection.Of(options, line, onlyOne: target.Requires is not Requirement.Patches);
        if (target.Requires is Requirement.PatchesAgainst)
        {
            if (options.Against is null)
            {
                throw new UsageException($"{target.Name} needs --against=VERSION|REF|PATH: the source that the patches are to fit");
            }

            PatchRefresh.FolderOf(options, paths, selection.Components[0]);
        }
        else if (target.Requires is Requirement.PatchesTo)
        {
            PatchSessions.RequireNew(
                options.To ?? throw new UsageException($"{target.Name} needs --to=DIR: the folder to make"), "--to");
        }
    }

    /// <summary>A draft is a setup program, and nothing that is made of those that are shipped.</summary>
    private static void RequireDrafts(BuildOptions options, TaskGraph graph, ReleaseLine line)
    {
        if (!options.Draft)
        {
            return;
        }

        string[] setups =
        [
            .. graph.Nodes.Where(task => task.Task is IMakesSetup && task.HasWorkFor(line, options.Architecture)).Select(task => task.Name),
        ];
        string expected = $"--draft is for targets that make a setup program ({string.Join(", ", setups)})";
        foreach (string target in options.Targets)
        {
            IReadOnlyList<TaskNode> tasks = options.Exclusive ? [graph.Find(target)] : graph.Closure(target);
            if (tasks.Any(task => task.WorksForNoComponent))
            {
                throw new UsageException($"{expected}, and {target} is not for drafts: leave one of them out");
            }

            if (!tasks.Any(task => setups.Contains(task.Name)))
            {
                throw new UsageException($"{expected}, and {target} makes none: leave one of them out");
            }
        }
    }

    private static bool IsVerify(string target) => target.Equals(nameof(Verify), StringComparison.OrdinalIgnoreCase);

    /// <summary>Chooses where recipes run, if any does, and checks the tools of everything else.</summary>
    private static ChosenBuilder? RequireTools(BuildOptions options, TaskGraph graph, ReleaseLine line, ToolFinder tools, BuildLog messages)
    {
        TaskNode[] tasks =
        [
            .. (options.Exclusive ? options.Targets.Select(graph.Find) : graph.Closure(options.Targets))
                .Concat(options.Targets.Any(IsVerify) ? Verify.RebuildsWith(options, graph) : [])
                .Where(task => task.HasWorkFor(line, options.Architecture)),
        ];
        var check = new ToolCheck(tools, messages);
        IReadOnlyList<Tool> recipes = ToolCheck.ToolsOf(tasks.Where(task => task.UsesBuilder), line, graph);
        ChosenBuilder? builder = recipes.Count == 0 ? null : new BuilderChoice(InstalledEngines.Of(tools), messages).Choose(
            new BuilderOptions(options.Builder, options.Engine, options.InstallTools), () => check.MissingOf(recipes));
        // in a container the recipes' tools are the image's, in MSYS2 its packages
        check.Require(
            [
                .. ToolCheck.ToolsOf(tasks.Where(task => builder is null or { NeedsHostTools: true } || !task.UsesBuilder), line, graph),
                .. options.Signatures is not null && tasks.Any(task => task.Name == nameof(Checksums))
                    ? [ToolCatalog.Find(SignableRelease.Tool)]
                    : (Tool[])[],
            ],
            options.InstallTools || tasks.Any(task => task.InstallsTools));
        return builder;
    }

    /// <summary>A workflow takes all that is printed, so nothing else may be.</summary>
    private static string MatrixOf(BuildOptions options, Paths paths, ReleaseLine line, TaskGraph graph) =>
        options.Targets.Count == 1
            ? new JobMatrix(paths, line, Matrix.JobsOf(graph, line, paths.Architecture))
            {
                Recipes = BuildMachine.ForRecipes(options.Builder),
            }.Json()
            : throw new UsageException($"--target={nameof(Matrix)} prints JSON and nothing else: give it without other targets");

    /// <summary>A target that is named must have something to do; a part of a larger one is left out if it does not.</summary>
    private static void RequireWork(TaskNode target, ReleaseLine line, BuildOptions options, ReleaseLines loader)
    {
        if (!target.IsIn(line))
        {
            string[] others = [.. loader.Names.Where(name => name != line.Name && target.IsIn(loader.Load(name)))];
            throw new UsageException(
                $"{target.Name} does not apply to the line {line.Name}: it has no {target.Work!.Subject}; "
                    + $"lines that have one: {string.Join(", ", others)}");
        }

        if (!target.HasWorkFor(line, options.Architecture))
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
                if (Directory.Exists(Path.Combine(folder.FullName, "build", "Catalog", "Versions")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new UsageException($"{Environment.CurrentDirectory} is not inside a checkout of qcw (no build/Catalog/Versions above it)");
    }
}
