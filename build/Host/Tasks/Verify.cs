using System.Diagnostics;
using Cake.Frosting;
using Qcw.Build.Attesting;
using Qcw.Build.Components;
using Qcw.Build.Packaging;
using Qcw.Build.Signing;
using Qcw.Build.Verifying;
using Qcw.Build.Verifying.Explanation;

namespace Qcw.Build.Host;

/// <summary>
/// Verifies a release that somebody published. It depends on no other task: what it makes again is decided when the release is known, and
/// goes into a folder of its own.
/// </summary>
[TaskDescription("Verifies a published release, --release=DIR|URL|TAG: sums, signature, attestations, provenance, rebuild, comparison")]
[Needs("cosign", "diffoscope", "gh", "msidump", "msiextract"), Requires(Requirement.Release)]
public sealed class Verify : AsyncFrostingTask<HostContext>
{
    /// <summary>The folder, below the one for output, in which a release is made again.</summary>
    public const string RebuiltName = "rebuilt";

    /// <summary>What a value leaves open: the tag of a release that is named by it.</summary>
    public static BuildOptions Complete(BuildOptions options) =>
        options.Published is { } release && options.Tag.Length == 0 && !Directory.Exists(release.Place)
        && ReleaseDownload.Place(release.Place, release.Text).Tag is { } tag
            ? options with { Tag = tag }
            : options;

    /// <summary>Looks at the values of its options.</summary>
    /// <exception cref="UsageException">One is missing, or cannot be used.</exception>
    /// <exception cref="BuildException">The public key is not one.</exception>
    public static void RequireValues(BuildOptions options)
    {
        (string text, string place) = options.Published
            ?? throw new UsageException($"--target={nameof(Verify)} needs --release=DIR, an http(s) address, or a tag");
        if (options.Targets.Count > 1)
        {
            // it makes files in another place than they do
            throw new UsageException(
                $"--target={nameof(Verify)}: found other targets beside it, expected it alone: run one after the other");
        }

        if (ReleaseDownload.Place(place, text).Address is { } address && options.Offline)
        {
            throw new UsageException($"--offline forbids the network, but --release={text} is on it ({address}): give a folder");
        }

        if (options.PublicKey is { } key)
        {
            PublicKey.ReadAll(key);
        }
    }

    /// <summary>The tasks that it may run besides those that it depends on: their tools are looked for first.</summary>
    public static IEnumerable<TaskNode> RebuildsWith(BuildOptions options, TaskGraph graph) =>
        options.Requirements.Rebuild ? graph.Closure(options.For is { } target ? [target] : [nameof(Checksums)]) : [];

    public override async Task RunAsync(HostContext context)
    {
        var clock = Stopwatch.StartNew();
        BuildOptions options = context.Options;
        (Published release, IReadOnlyDictionary<string, FileResult> problems) = await OpenAsync(context);
        HashSet<string>? only = options.For is { } target
            ? [.. context.ArtifactsOf(context.Graph.Closure(target)).Select(artifact => artifact.Name)]
            : null;
        bool IsWanted(string name) => only?.Contains(name) ?? true;
        string[] names = [.. (release.Sums?.Keys.AsEnumerable() ?? []).Where(IsWanted)];
        IReadOnlyList<PublicKey> keys = Keys(options, context.Paths);
        var results = new List<StepResult>
        {
            SumsCheck.Files(release, IsWanted, problems),
            SumsCheck.Signature(release, keys, NoKeys(context.Paths)),
            new AttestationCheck(
                release, context.Paths.BuilderAttestations, Path.Combine(context.Paths.Keys, "builders"), context.HostTools,
                options.Offline)
                .Run(names, options.Requirements.Builders),
        };
        PublishedProvenance? provenance = ProvenanceCheck.Read(release, out StepResult? damage);
        IReadOnlyList<Ingredient> pins = ProvenanceCheck.PinsOf(context.Line, Workplace.CommitOf(context));
        results.Add(damage ?? ProvenanceCheck.Run(release, provenance, Expected(context), pins));
        (StepResult rebuild, Func<string, string?> ours) = await RebuildAsync(context, names);
        results.Add(rebuild);

        string scratch = Path.Combine(context.Paths.Temporary, "verify");
        Files.Delete(scratch);
        var explainer = new Explainer(
            new Unpacking(context.HostTools, Path.Combine(scratch, "unpacked")), CauseOf(context, provenance, pins),
            options.Diffoscope ? (what, theirs, own) => Describe(context, what, theirs, own) : null);
        results.Add(new Comparison(
            release, ours, name => ArtifactRecord.Find(context.Paths.Facts(name)), context.HostTools, explainer, scratch)
            .Run(names, name => WhyNotMade(context, name)));
        Files.Delete(scratch);

        var verification = Verification.Of(release, results, options.Requirements);
        foreach (string line in verification.Lines())
        {
            context.Messages.Info(line);
        }

        if (options.Json)
        {
            context.Outcome.Answer = JsonText.Of(verification);
        }

        if (!verification.Verified)
        {
            throw new BuildException($"{release.Given} is not verified: {string.Join("; ", verification.Unmet)}");
        }

        context.Messages.Info($"{release.Given} is verified, in {clock.Elapsed.TotalSeconds:0.0} s.");
    }

    private static async Task<(Published Release, IReadOnlyDictionary<string, FileResult> Problems)> OpenAsync(HostContext context)
    {
        (string text, string place) = context.Options.Published!.Value;
        (string? folder, Uri? address, string? tag) = ReleaseDownload.Place(place, text);
        tag ??= context.Options.Tag is { Length: > 0 } given ? given : null;
        return folder is not null
            ? (new Published(text, folder, tag), new Dictionary<string, FileResult>())
            : await new ReleaseDownload(context.Fetcher, Path.Combine(context.Paths.Verify, "downloads"), context.Options.Downloads)
                .RunAsync(address!, tag, text);
    }

    private static string KeysOf(Paths paths) => Path.Combine(paths.Keys, "release");

    private static IReadOnlyList<PublicKey> Keys(BuildOptions options, Paths paths) =>
        options.PublicKey is { } file ? PublicKey.ReadAll(file)
            : File.Exists(KeysOf(paths)) ? PublicKey.ReadAll(KeysOf(paths), mayBeEmpty: true)
            : [];

    private static string NoKeys(Paths paths) =>
        $"there is no public key to check it with: none in {KeysOf(paths)}, and no --public-key=FILE";

    private static Dictionary<string, string> Expected(HostContext context) => new()
    {
        ["line"] = context.Line.Name,
        ["arch"] = context.Paths.Architecture.Name,
        ["tag"] = context.Tag,
    };

    private static IEnumerable<TaskNode> Makers(HostContext context, IReadOnlyCollection<string> names) => context.Graph.Nodes.Where(node =>
        node.Product is not null && node.HasWorkFor(context.Line, context.Paths.Architecture)
        && names.Contains(node.FileNameFor(context.Line, context.Paths.Architecture)));

    /// <summary>
    /// Makes the files again, with the build's own tasks: what is up to date takes no time. What the whole release is described by (notes,
    /// bills of material …) is made of what was made.
    /// </summary>
    /// <returns>What came of it, and where a file that was made is.</returns>
    private static async Task<(StepResult Result, Func<string, string?> Ours)> RebuildAsync(
        HostContext context, IReadOnlyList<string> names)
    {
        if (!context.Options.Requirements.Rebuild)
        {
            return (
                StepResult.NotChecked(Check.Rebuild, "not asked for: --require=rebuild makes the files again, and compares them"),
                name => Existing(context.Paths.Package(name)));
        }

        if (names.Count == 0)
        {
            return (StepResult.NotChecked(Check.Rebuild, "there are no files to make again"), _ => null);
        }

        Dictionary<string, string> makers = Makers(context, names)
            .ToDictionary(node => node.FileNameFor(context.Line, context.Paths.Architecture), node => node.Name);
        // large files that are the same stay; whatever else an earlier run has left is not of this one
        foreach (string left in Directory.Exists(context.Paths.Release) ? Directory.GetFiles(context.Paths.Release) : [])
        {
            if (!makers.ContainsKey(Path.GetFileName(left)))
            {
                Files.Delete(left);
            }
        }

        HashSet<string> needed = [.. context.Graph.Closure(makers.Values).Select(node => node.Name)];
        bool isWhole = context.Options.For is null;
        var done = new HashSet<string>();
        string? problem = null;
        foreach (TaskNode node in context.Graph.Closure(nameof(Checksums)))
        {
            // tasks of no component describe the release as a whole
            if (!needed.Contains(node.Name) && (!isWhole || node.Work is not null))
            {
                continue;
            }

            try
            {
                await node.RunAsync(context);
                done.Add(node.Name);
            }
            catch (BuildException e)
            {
                problem = $"{node.Name}: {e.Message}";
                break;
            }
        }

        bool IsOfThisRun(string name) => makers.TryGetValue(name, out string? maker) ? done.Contains(maker) : problem is null;
        string? Made(string name) => IsOfThisRun(name) ? Existing(Path.Combine(context.Paths.Release, name)) : null;
        return (
            StepResult.Of(
                Check.Rebuild,
                [
                    .. names.Select(name => Made(name) is not null
                        ? new FileResult(name, Verdict.Pass, "made again")
                        : new FileResult(name, Verdict.NotChecked, problem ?? WhyNotMade(context, name))),
                ],
                $"were made again, in {context.Paths.Release}"),
            Made);
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;

    private static string WhyNotMade(HostContext context, string name)
    {
        bool isMade = context.ExpectedArtifacts.Any(artifact => artifact.Name == name);
        string? other = Architecture.All.FirstOrDefault(architecture => architecture != context.Paths.Architecture
            && context.Graph.Nodes.Any(node => node.Product is not null && node.HasWorkFor(context.Line, architecture)
                && node.FileNameFor(context.Line, architecture) == name))?.Name;
        return isMade || !context.Options.Requirements.Rebuild && other is null && !name.Contains("-windows-", StringComparison.Ordinal)
            ? "it was not made here: --require=rebuild makes it"
            : other is not null ? $"it is made with --arch={other}"
            : $"nothing makes it of the line {context.Line.Name}: another --line, or another version of this repository";
    }

    /// <summary>What this checkout would say of how it was made, where that is known, beside what the release says.</summary>
    private static Cause CauseOf(HostContext context, PublishedProvenance? published, IReadOnlyList<Ingredient> pins)
    {
        if (published is null)
        {
            return new Cause(known: false, [], []);
        }

        PublishedProvenance? own = context.Options.Requirements.Rebuild
            ? PublishedProvenance.Read(Path.Combine(context.Paths.Release, ReleaseProvenance.FileName))
            : null;
        return new Cause(
            known: true,
            PublishedProvenance.Differences(published.Inputs, own?.Inputs ?? pins),
            own is null ? [] : PublishedProvenance.Differences(published.Tools, own.Tools));
    }

    private static string Describe(HostContext context, string what, string theirs, string own)
    {
        FoundTool tool = context.HostTools.Find(ToolCatalog.Find("diffoscope"));
        if (tool.Path is not { } program)
        {
            return $"diffoscope is not here: {tool.Tool.DebianPackage}";
        }

        string report = Path.Combine(context.Paths.Verify, "diffoscope", $"{Path.GetFileName(own)}.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(report)!);
        // 1: they differ, which is known
        ProcessResult result = ProcessRunner.Run(
            new ProcessRequest(program, "--text", report, "--no-progress", theirs, own) { AllowFailure = true });
        return result.ExitCode is 0 or 1 ? $"diffoscope: {report}" : $"diffoscope failed with exit code {result.ExitCode}";
    }
}
