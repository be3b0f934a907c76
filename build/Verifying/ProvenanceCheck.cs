using System.Text.Json;

namespace Qcw.Build.Verifying;

/// <summary>Something that went into a release.</summary>
/// <param name="Name">For people: a source, a patch, a package.</param>
/// <param name="Identity">What identifies it: a hash or a commit, or its address with a version where it has neither.</param>
public sealed record Ingredient(string Name, string Identity);

/// <summary>How a release says that it was made: the build definition of its <c>provenance.json</c> (SLSA Provenance v1).</summary>
/// <param name="Subjects">The files that it is about, and their sha256.</param>
/// <param name="Inputs">The sources and patches.</param>
/// <param name="Tools">What they were built with.</param>
public sealed record PublishedProvenance(
    IReadOnlyDictionary<string, string> Subjects, IReadOnlyList<Ingredient> Inputs, IReadOnlyList<Ingredient> Tools)
{
    /// <summary>Its name in the release folder.</summary>
    public const string FileName = "provenance.json";

    /// <summary>What the command line said: the line, the processor, the tag.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads the file.</summary>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="BuildException">It is damaged, or of another kind.</exception>
    public static PublishedProvenance? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var statement = Statement.Parse(File.ReadAllBytes(path), path);
        if (statement.PredicateType != Statement.Provenance
            || Statement.Member(statement.Predicate, "buildDefinition") is not { ValueKind: JsonValueKind.Object } definition)
        {
            throw new BuildException($"{path}: found the predicate {statement.PredicateType}, expected {Statement.Provenance}");
        }

        JsonElement? builder = Statement.Member(statement.Predicate, "runDetails") is { } run ? Statement.Member(run, "builder") : null;
        return new PublishedProvenance(
            statement.Subjects,
            [.. Statement.Items(definition, "resolvedDependencies").Select(Described)],
            builder is { } by ? [.. Statement.Items(by, "builderDependencies").Select(Tool)] : [])
        {
            Parameters = Statement.Member(definition, "externalParameters") is { ValueKind: JsonValueKind.Object } parameters
                ? parameters.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.String)
                    .ToDictionary(one => one.Name, one => one.Value.GetString()!)
                : new Dictionary<string, string>(),
        };
    }

    /// <summary>What differs between two ways of making, one line for each: what is in both under one name, in one only.</summary>
    /// <param name="theirs">Of the release.</param>
    /// <param name="ours">Of this checkout.</param>
    /// <param name="wholly">True: what is in the release only is a difference too.</param>
    public static IReadOnlyList<string> Differences(IReadOnlyList<Ingredient> theirs, IReadOnlyList<Ingredient> ours, bool wholly = true)
    {
        var published = theirs.Select(one => one.Identity).ToHashSet(StringComparer.Ordinal);
        var here = ours.Select(one => one.Identity).ToHashSet(StringComparer.Ordinal);
        Ingredient[] gone = [.. theirs.Where(one => !here.Contains(one.Identity))];
        List<string> lines =
        [
            .. ours.Where(one => !published.Contains(one.Identity)).Select(one =>
                gone.FirstOrDefault(other => other.Name == one.Name) is { } other
                    ? $"{one.Name}: published {other.Identity}, here {one.Identity}"
                    : $"{one.Name}: not in the release, here {one.Identity}"),
        ];
        if (wholly)
        {
            lines.AddRange(gone.Where(one => ours.All(other => other.Name != one.Name))
                .Select(one => $"{one.Name}: published {one.Identity}, not here"));
        }

        return lines;
    }

    // of a package the address has name and version, which say more to people than its hash; of no package a note has the version
    private static Ingredient Tool(JsonElement one)
    {
        string address = Statement.Text(one, "uri") ?? string.Empty;
        if (!address.StartsWith("pkg:", StringComparison.Ordinal))
        {
            return Described(one);
        }

        string? version = Statement.Member(one, "annotations") is { } notes ? Statement.Text(notes, "version") : null;
        return new Ingredient(
            Statement.Text(one, "name") ?? address,
            version is null || address.Contains('@', StringComparison.Ordinal) ? address : $"{address} {version}");
    }

    private static Ingredient Described(JsonElement one)
    {
        JsonElement digest = Statement.Member(one, "digest") ?? default;
        string? identity = Statement.Text(digest, "sha256") ?? Statement.Text(digest, "gitCommit") ?? Statement.Text(digest, "dirHash");
        string address = Statement.Text(one, "uri") ?? string.Empty;
        return new Ingredient(Statement.Text(one, "name") ?? address, identity ?? address);
    }
}

/// <summary>Whether a release was made from what this checkout pins, as far as its provenance says.</summary>
public static class ProvenanceCheck
{
    private const int MostLines = 8;

    /// <summary>
    /// The sources and patches that this checkout pins by a hash or a commit. Of a source and its alternatives one counts: the one that the
    /// release was made from, or else the first.
    /// </summary>
    /// <param name="components">The components and libraries that the release was made from.</param>
    /// <param name="provenance">Of the release.</param>
    public static IReadOnlyList<Ingredient> PinsOf(IEnumerable<Component> components, PublishedProvenance provenance)
    {
        var published = provenance.Inputs.Select(one => one.Identity).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from component in components
               let ways = component.Sources.Select(source => Identities(source).ToArray()).Where(way => way.Length > 0).ToArray()
               let used = ways.FirstOrDefault(way => way.All(published.Contains)) ?? ways.FirstOrDefault() ?? []
               from pin in used.Select(identity => new Ingredient(component.Name, identity))
                   .Concat(component.Patches.Select(patch => new Ingredient($"{component.Name} {patch.Name}", IdentityOf(patch))))
               select pin,
        ];
    }

    /// <summary>Compares.</summary>
    /// <param name="release">The release.</param>
    /// <param name="provenance">Of the release; null: it has none.</param>
    /// <param name="expected">What the command line chose, by the names of <see cref="PublishedProvenance.Parameters"/>.</param>
    /// <param name="pins">What this checkout pins.</param>
    public static StepResult Run(
        Published release, PublishedProvenance? provenance, IReadOnlyDictionary<string, string> expected, IReadOnlyList<Ingredient> pins)
    {
        if (provenance is null)
        {
            return StepResult.NotChecked(Check.Provenance, $"it has no {PublishedProvenance.FileName}");
        }

        string[] problems =
        [
            .. from subject in provenance.Subjects
               let listed = release.Sums?.GetValueOrDefault(subject.Key)
               where listed != subject.Value
               select $"{subject.Key}: {PublishedProvenance.FileName} is about another file, {subject.Value}",
            .. from choice in expected
               let published = provenance.Parameters.GetValueOrDefault(choice.Key)
               where published is not null && published != choice.Value
               select $"{choice.Key}: published {published}, here {choice.Value}: give --{choice.Key}={published}",
            .. PublishedProvenance.Differences(provenance.Inputs, pins, wholly: false),
        ];
        return problems.Length == 0
            ? new StepResult(
                Check.Provenance, Verdict.Pass,
                $"it names {provenance.Inputs.Count} inputs, among them all {pins.Count} that this checkout pins", [])
            : new StepResult(
                Check.Provenance, Verdict.Fail, $"{problems.Length} differences from this checkout: a rebuild cannot give the same files",
                [
                    new FileResult(PublishedProvenance.FileName, Verdict.Fail, "says")
                    {
                        Details = [.. problems.Take(MostLines), .. problems.Length > MostLines ? [$"… {problems.Length - MostLines} more"]
                            : (string[])[]],
                    },
                ]);
    }

    private static IEnumerable<string> Identities(Source source) => source switch
    {
        ArchiveSource { Sha256: { } sha256 } => [sha256],
        DebianSource file => [file.Sha256],
        DebianPackagesSource packages => packages.Packages.Select(package => package.Sha256),
        GitSource git => [git.Commit],
        LocalSource local => [local.ContentHash],
        // a recipe of this repository, whose commit is an input of its own; or an archive that a signature pins
        _ => [],
    };

    private static string IdentityOf(SourcePatch patch) => patch switch
    {
        LocalPatch local => Files.Sha256(local.File),
        RemotePatch remote => remote.Sha256,
        DebianPatches debian => debian.Archive.Sha256,
        _ => throw new InvalidOperationException($"nothing says what identifies a {patch.GetType().Name}"),
    };
}
