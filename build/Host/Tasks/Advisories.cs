using System.Diagnostics;
using System.Globalization;
using Cake.Frosting;
using Qcw.Build.Advising;
using Qcw.Build.Attesting;
using Qcw.Build.Compiling.Go;
using Qcw.Build.Components;
using Qcw.Build.Fetching;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Host;

/// <summary>
/// Holds what the line has inside against databases of vulnerabilities, and what is found against the repository's answers.
/// </summary>
[TaskDescription("Lists known vulnerabilities of what the line has inside, and which of them build/Advisories answers")]
[Requires(Requirement.Advisories)]
public sealed class Advisories : AsyncFrostingTask<HostContext>, INeedsTools
{
    // facts, not options: where people get what --advisories reads
    private const string Sources =
        "  Go:     https://vuln.go.dev/vulndb.zip (or OSV's: https://osv-vulnerabilities.storage.googleapis.com/Go/all.zip)\n"
        + "  Debian: https://osv-vulnerabilities.storage.googleapis.com/Debian/all.zip "
        + "(or https://security-tracker.debian.org/tracker/data/json)";

    /// <summary>Looks at the values of the options.</summary>
    /// <exception cref="UsageException">One is wrong, or there is nothing to look into.</exception>
    public static void RequireValues(BuildOptions options, ReleaseLine line)
    {
        IReadOnlyList<Component> chosen = Chosen(options, line);
        if (options.FailOn is { } failOn && !AdvisoryReport.FailsOn.Contains(failOn))
        {
            throw new UsageException($"--fail-on: found \"{failOn}\", expected one of {string.Join(", ", AdvisoryReport.FailsOn)}");
        }

        if (options.Advisories is { } place)
        {
            if (!Path.Exists(place))
            {
                throw new UsageException(
                    $"--advisories: {place} does not exist, expected a folder with databases, or one of them:\n{Sources}");
            }
        }
        else if (!chosen.Any(component => component.Patches.OfType<DebianPatches>().Any()))
        {
            throw new UsageException(
                $"there is nothing to look into: {options.For ?? "the line " + line.Name} takes no patches of Debian's, "
                    + $"whose changelogs would tell. Put a database into a folder, and give it with --advisories=DIR:\n{Sources}");
        }
    }

    public IEnumerable<string> ToolsFor(ReleaseLine line, TaskGraph graph) => Packagings(line.Components.Concat(line.Libraries))
        .SelectMany(input => input.Tools).Distinct();

    public override async Task RunAsync(HostContext context)
    {
        IReadOnlyList<Component> chosen = Chosen(context.Options, context.Line);
        await context.Fetcher.FetchInputsAsync(Packagings(chosen));
        var clock = Stopwatch.StartNew();
        Subject[] subjects = [.. chosen.Select(component => SubjectOf(context, component))];
        IReadOnlyList<AdvisoryDatabase> databases = context.Options.Advisories is { } folder
            ? AdvisoryDatabase.ReadAll(folder, AdvisoryReview.WantedBy(subjects)) : [];
        if (context.Options.Advisories is { } given && databases.Count == 0 && !PackagingsIn(given).Any())
        {
            throw new BuildException(
                $"--advisories: {given} has neither a database nor packaging of Debian's. Put some of these there:\n{Sources}");
        }

        var review = AdvisoryReview.Of(
            context.Line.Name, context.Paths.Architecture.GoName, subjects, databases, AdvisoryFiles.Read(context.Paths), Known(context),
            all: context.Options.For is null);
        Tell(context, review, clock.Elapsed);
        if (AdvisoryReport.Failure(review, context.Options.FailOn ?? "none") is { } failure)
        {
            throw new BuildException(failure);
        }
    }

    private static void Tell(HostContext context, AdvisoryReview review, TimeSpan took)
    {
        if (context.Options.Answer is { } id)
        {
            string[] answers = [.. AdvisoryReport.Answers(review, id)];
            foreach (string text in answers.Length > 0 ? answers
                : throw new BuildException($"--answer={id}: nothing of that name was found in the line {review.Line}"))
            {
                context.Messages.Info(text);
            }

            return;
        }

        foreach (string line in AdvisoryReport.Lines(review))
        {
            context.Messages.Info(line);
        }

        context.Messages.Info(string.Create(CultureInfo.InvariantCulture, $"looked up in {took.TotalSeconds:0.0} s"));
        if (context.Options.Json)
        {
            context.Outcome.Answer = JsonText.Of(AdvisoryReport.ToJson(review));
        }
    }

    private static IReadOnlyList<Component> Chosen(BuildOptions options, ReleaseLine line)
    {
        Component[] all = [.. line.Components, .. line.Libraries];
        if (options.For is not { } name)
        {
            // nothing of these is inside
            return [.. all.Where(component => !Sysroot.OnlyBuild.Contains(component.Name))];
        }

        string names = string.Join(", ", all.Select(component => component.Name));
        string hint = Nearest.Match(name, all.Select(component => component.Name)) is { } nearest ? $"; did you mean {nearest}?" : ".";
        return all.FirstOrDefault(component => component.Name == name) is { } found ? [found]
            : throw new UsageException($"--for={name}: the line {line.Name} has no such component or library{hint} It has: {names}");
    }

    private static IEnumerable<Input> Packagings(IEnumerable<Component> components) => components.SelectMany(component =>
        component.Patches.OfType<DebianPatches>().Select(patches => Input.Of(component, patches)!));

    private static (string, string)[] Known(HostContext context)
    {
        var lines = new ReleaseLines(context.Paths);
        return
        [
            .. lines.Names.Select(name => lines.Load(name)).Append(context.Line)
                .SelectMany(line => line.Components.Concat(line.Libraries)).Select(component => (component.Name, component.Version))
                .Distinct(),
        ];
    }

    private static Subject SubjectOf(HostContext context, Component component)
    {
        bool isGo = ComponentCatalog.All.FirstOrDefault(one => one.Name == component.Name) is GoDefinition;
        var subject = new Subject(component)
        {
            IsGo = isGo,
            Go = isGo ? GoOf(context, component) : null,
            Patches = [.. component.Patches.SelectMany(PatchIds)],
        };
        DebianPackaging[] pinned =
        [
            .. component.Patches.OfType<DebianPatches>().Select(patches => DebianPackaging.Read(
                context.Fetcher.Find(Input.Of(component, patches)!)!.Path, patches.Archive.File)),
        ];
        IEnumerable<string> given = context.Options.Advisories is { } folder && subject.Debian is { } debian
            ? PackagingsIn(folder).Where(file => Path.GetFileName(file).StartsWith(debian.Package + "_", StringComparison.Ordinal)
                && pinned.All(one => one.File != Path.GetFileName(file)))
            : [];
        return subject with
        {
            Packagings = [.. pinned, .. given.Select(file => DebianPackaging.Read(file, Path.GetFileName(file)))],
        };
    }

    // Debian's patches are read with the changelog; of one from elsewhere its description tells
    private static IEnumerable<(string, IReadOnlyList<string>)> PatchIds(SourcePatch patch) => patch switch
    {
        LocalPatch local =>
        [
            (patch.Name, Insides.FactsOf(string.Empty, patch, new PatchFile(patch.Name, local.File, string.Empty)).Vulnerabilities),
        ],
        RemotePatch remote => [(patch.Name, Subject.IdsIn($"{remote.Name}\n{remote.From}\n{remote.State}\n{remote.Why}"))],
        _ => [],
    };

    private static IEnumerable<string> PackagingsIn(string place) => File.Exists(place)
        ? DebianFile.IsPackaging(Path.GetFileName(place)) ? [place] : []
        : Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories)
            .Where(file => DebianFile.IsPackaging(Path.GetFileName(file))).Order(StringComparer.Ordinal);

    /// <summary>What is linked, where the programs are there; else what the source tree has.</summary>
    private static GoContents? GoOf(HostContext context, Component component)
    {
        string stage = context.Paths.Stage(component);
        GoContents? linked = Directory.Exists(stage)
            ? GoContents.OfPrograms(
                Directory.EnumerateFiles(stage, "*.exe", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            : null;
        string tree = context.Paths.Source(component);
        string? version = context.Line.Go is { } wanted
            ? GoFinder.ForHost().Choose(wanted)?.Version.ToString() ?? wanted.Sdk?.Version ?? wanted.Minimum.ToString() : null;
        return linked ?? (Directory.Exists(tree) ? GoContents.OfTree(tree, version) : null);
    }
}
