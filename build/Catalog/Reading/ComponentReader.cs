namespace Qcw.Build.Catalog.Reading;

/// <summary>Reads one entry of <c>components</c> or <c>libraries</c>.</summary>
/// <param name="sources">Reads its source.</param>
/// <param name="patches">Reads its patches.</param>
/// <param name="line">The name of the line; the entry itself may stand in a line that this one is based on.</param>
internal sealed class ComponentReader(SourceReader sources, PatchEntryReader patches, string line)
{
    /// <summary>The component, or null where something was reported.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="field">The entry.</param>
    /// <param name="libraries">All libraries of the line, in build order.</param>
    /// <param name="available">How many of them, from the first, may be needed: those that are built before.</param>
    public Component? Read(string name, Field field, IReadOnlyList<string> libraries, int available)
    {
        if (field.Object("an object with version and source") is not { } fields)
        {
            return null;
        }

        string? version = fields.Text("version", Rules.Version);
        string? licence = fields.Optional("licence")?.Text(Rules.Licence);
        string? cpe = fields.Optional("cpe")?.Text(Rules.Cpe);
        Source? source = sources.Read(fields);
        Source[] alternatives = [.. sources.Alternatives(fields, source)];
        UpstreamWatch? watch = WatchReader.Read(fields, source is null ? [] : [source, .. alternatives]);
        SourcePatch?[] set =
            [.. (fields.Optional("patches")?.Items(PatchEntryReader.ExpectedList) ?? []).Select(entry => patches.Read(name, entry))];
        IReadOnlyList<(string Text, Field Field)> needs = fields.OptionalTexts("needs", Rules.ComponentName);
        bool needsModules = fields.Optional("needsModules")?.Flag() ?? false;
        string[] unlicensed = [.. fields.OptionalTexts("modulesWithoutLicence", Rules.GoModule).Select(module => module.Text)];
        string[] notes = [.. fields.OptionalTexts("notes", Rules.Sentence).Select(note => note.Text)];
        fields.Close();
        foreach ((string need, Field at) in needs)
        {
            Check(need, at, libraries, available);
        }

        return version is null || source is null
            ? null
            : new Component(name, version, source, [.. set.OfType<SourcePatch>()], [.. needs.Select(need => need.Text)], notes)
            {
                Alternatives = alternatives,
                Licence = licence,
                Cpe = cpe,
                Watch = watch,
                NeedsModules = needsModules,
                ModulesWithoutLicence = unlicensed,
            };
    }

    private void Check(string need, Field at, IReadOnlyList<string> libraries, int available)
    {
        string[] allowed = [.. libraries.Take(available)];
        if (allowed.Contains(need, StringComparer.Ordinal))
        {
            return;
        }

        string list = allowed.Length == 0 ? "none" : string.Join(", ", allowed);
        if (libraries.Contains(need, StringComparer.Ordinal))
        {
            at.Reject($"a library that comes earlier in libraries ({list})");
            return;
        }

        string? nearest = Nearest.Match(need, allowed);
        string whose = at.Place.File == LineFiles.NameOf(line) ? "this line" : $"the line {line}, which is based on this one";
        at.Reject($"a library of {whose} ({list}){(nearest is null ? string.Empty : $"; did you mean {nearest}?")}");
    }
}
