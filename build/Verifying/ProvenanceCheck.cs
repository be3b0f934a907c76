using Qcw.Build.Attesting;
using Qcw.Build.Packaging;

namespace Qcw.Build.Verifying;

/// <summary>Something that went into a release.</summary>
/// <param name="Name">For people: a source, a patch, a package.</param>
/// <param name="Identity">What identifies it: a hash or a commit, or its address with a version where it has neither.</param>
public sealed record Ingredient(string Name, string Identity)
{
    /// <summary>
    /// Of something that provenance names: its hash or commit; of a tool its package, which says more to people than that one's hash.
    /// </summary>
    public static Ingredient Of(Resource one)
    {
        string address = one.Uri ?? string.Empty;
        string? version = address.Contains('@', StringComparison.Ordinal) ? null : one.Annotations?.GetValueOrDefault("version");
        return new Ingredient(
            one.Name,
            one.Role != Roles.Toolchain && one.Digest?.Values.First() is { } digest ? digest
                : version is null ? address
                : $"{address} {version}".TrimStart());
    }
}

/// <summary>How a release says that it was made, as far as that can be compared.</summary>
/// <param name="Subjects">The files that it is about, and their sha256.</param>
/// <param name="Inputs">What the line that it was made of pins, and the commit of this repository.</param>
/// <param name="Tools">What they were built with.</param>
/// <param name="Parameters">What the command line said, by the names of its options.</param>
public sealed record PublishedProvenance(
    IReadOnlyDictionary<string, string> Subjects, IReadOnlyList<Ingredient> Inputs, IReadOnlyList<Ingredient> Tools,
    IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Reads the file.</summary>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="BuildException">It is damaged, or of another kind.</exception>
    public static PublishedProvenance? Read(string path) => File.Exists(path) ? Of(ProvenanceReader.Read(path)) : null;

    /// <summary>What can be compared of it.</summary>
    public static PublishedProvenance Of(ReleaseProvenance provenance)
    {
        BuildDefinition definition = provenance.Predicate.BuildDefinition;
        ExternalParameters said = definition.ExternalParameters;
        return new PublishedProvenance(
            provenance.Subject.ToDictionary(one => one.Name, one => one.Digest?.GetValueOrDefault("sha256") ?? string.Empty),
            [.. definition.ResolvedDependencies.Where(one => one.Role == Roles.Recipe || Pins.IsOfLine(one)).Select(Ingredient.Of)],
            [.. (provenance.Predicate.RunDetails.Builder.BuilderDependencies ?? []).Select(Ingredient.Of)],
            new[] { ("line", said.Line), ("arch", said.Arch), ("tag", said.Tag) }
                .Where(one => one.Item2 is not null).ToDictionary(one => one.Item1, one => one.Item2!));
    }

    /// <summary>What differs between two ways of making, one line for each: what is in both under one name, in one only.</summary>
    /// <param name="theirs">Of the release.</param>
    /// <param name="ours">Of this checkout.</param>
    public static IReadOnlyList<string> Differences(IReadOnlyList<Ingredient> theirs, IReadOnlyList<Ingredient> ours)
    {
        var published = theirs.Select(one => one.Identity).ToHashSet(StringComparer.Ordinal);
        var here = ours.Select(one => one.Identity).ToHashSet(StringComparer.Ordinal);
        Ingredient[] gone = [.. theirs.Where(one => !here.Contains(one.Identity))];
        return
        [
            .. ours.Where(one => !published.Contains(one.Identity)).Select(one =>
                gone.FirstOrDefault(other => other.Name == one.Name) is { } other
                    ? $"{one.Name}: published {other.Identity}, here {one.Identity}"
                    : $"{one.Name}: not in the release, here {one.Identity}"),
            .. gone.Where(one => ours.All(other => other.Name != one.Name))
                .Select(one => $"{one.Name}: published {one.Identity}, not here"),
        ];
    }
}

/// <summary>Whether a release was made from what this checkout pins, as far as its provenance says.</summary>
public static class ProvenanceCheck
{
    private const int MostLines = 8;

    /// <summary>What a line pins, with the one-offs that it has, and the commit of the recipe.</summary>
    /// <param name="line">Of this checkout.</param>
    /// <param name="recipe">The commit of this checkout; null: not known.</param>
    public static IReadOnlyList<Ingredient> PinsOf(ReleaseLine line, string? recipe) =>
    [
        .. recipe is null ? (Ingredient[])[] : [new Ingredient(PackedFile.Own, recipe)],
        .. Pins.Of(line).Select(Ingredient.Of),
    ];

    /// <summary>Reads what the release says.</summary>
    /// <param name="release">The release.</param>
    /// <param name="damage">What is wrong with the file; null: nothing.</param>
    /// <returns>Null where there is none that can be read.</returns>
    public static PublishedProvenance? Read(Published release, out StepResult? damage)
    {
        damage = null;
        try
        {
            return PublishedProvenance.Read(release.PathOf(ReleaseProvenance.FileName));
        }
        catch (BuildException e)
        {
            damage = StepResult.Of(Check.Provenance, e.Message, string.Empty);
            return null;
        }
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
            return StepResult.NotChecked(Check.Provenance, $"it has no {ReleaseProvenance.FileName}");
        }

        string[] problems =
        [
            .. from subject in provenance.Subjects
               let listed = release.Sums?.GetValueOrDefault(subject.Key)
               // everybody makes the file without its Authenticode signature
               where listed != subject.Value && release.UnsignedSums?.GetValueOrDefault(subject.Key) != subject.Value
               select listed is null ? $"{subject.Key}: {ChecksumFile.Sha256Name} does not list it"
                   : $"{subject.Key}: {ReleaseProvenance.FileName} is about another file, {subject.Value}",
            .. from choice in expected
               let published = provenance.Parameters.GetValueOrDefault(choice.Key)
               where published is not null && published != choice.Value
               select $"{choice.Key}: published {published}, here {choice.Value}: give --{choice.Key}={published}",
            .. PublishedProvenance.Differences(provenance.Inputs, pins),
        ];
        return problems.Length == 0
            ? new StepResult(
                Check.Provenance, Verdict.Pass,
                $"it names the {pins.Count} inputs that this checkout pins, and no other", [])
            : new StepResult(
                Check.Provenance, Verdict.Fail, $"{problems.Length} differences from this checkout: a rebuild cannot give the same files",
                [
                    new FileResult(ReleaseProvenance.FileName, Verdict.Fail, "says")
                    {
                        Details = [.. problems.Take(MostLines), .. problems.Length > MostLines ? [$"… {problems.Length - MostLines} more"]
                            : (string[])[]],
                    },
                ]);
    }
}
