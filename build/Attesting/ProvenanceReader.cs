using Qcw.Build.Catalog.Reading;

namespace Qcw.Build.Attesting;

/// <summary>
/// Reads provenance strictly. No official schema of the two formats exists; what this project writes into them has a rule here, and a
/// field without a rule is refused.
/// </summary>
public static class ProvenanceReader
{
    private const string AnObject = "an object";
    private const string Descriptors = "a list of inputs, each an object with a name";

    private static readonly TextRule Name = new("a name", @"^\S(.*\S)?$");
    private static readonly TextRule FileName = new("a file's name without a folder", "^[0-9A-Za-z_][0-9A-Za-z._+-]*$");
    private static readonly TextRule Address = new("a URI", @"^[a-z][a-z0-9+.-]*:\S+$");
    private static readonly TextRule Hex = new("lower-case hex digits", "^[0-9a-f]+$");
    private static readonly TextRule Number = new("a whole number, as text", "^(0|[1-9][0-9]{0,17})$");
    private static readonly TextRule Arch = new("x86_64 or arm64", "^(x86_64|arm64)$");
    private static readonly TextRule Toolchain = new("cross or msys2", "^(cross|msys2)$");
    private static readonly TextRule Tag = new("a tag", "^[0-9A-Za-z][0-9A-Za-z._+-]*$");
    private static readonly TextRule Time = new("a time in UTC such as 2026-11-27T00:00:00Z", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$");
    private static readonly TextRule Note = new("a note's name", "^[a-z][a-zA-Z0-9]*$");
    private static readonly TextRule Algorithm = new("sha256, sha512, gitCommit or dirHash", "^(sha256|sha512|gitCommit|dirHash)$");
    private static readonly TextRule Builder = new("the id of a builder of this project's", Exactly(ReleaseProvenance.AnyBuilder) + "|"
        + Exactly(ReleaseProvenance.NamedBuilder)[..^1] + "[a-z0-9][a-z0-9.-]*$");

    private static readonly Dictionary<string, int> Digits =
        new(StringComparer.Ordinal) { ["sha256"] = 64, ["sha512"] = 128, ["gitCommit"] = 40, ["dirHash"] = 64 };

    /// <summary>Reads the file of a release, or what an attestation has in it.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="UsageException">It is damaged or of another kind; the message has one problem a line.</exception>
    public static ReleaseProvenance Read(string path)
    {
        var problems = new Problems();
        ReleaseProvenance? read = JsonFile.Read(path, new Place(path, string.Empty), problems) is { } fields ? Statement(fields) : null;
        problems.ThrowIfAny();
        return read!;
    }

    private static ReleaseProvenance Statement(Fields fields)
    {
        fields.Text("_type", Only(ReleaseProvenance.StatementType));
        fields.Text("predicateType", Only(ReleaseProvenance.SlsaType));
        IReadOnlyList<Resource> subject = Resources(fields.Required("subject", Descriptors), FileName);
        Fields? predicate = Inner(fields, "predicate");
        fields.Close();
        Fields? definition = Inner(predicate, "buildDefinition");
        Fields? run = Inner(predicate, "runDetails");
        predicate?.Close();
        return new ReleaseProvenance(subject, new ProvenancePredicate(Definition(definition), Run(run)));
    }

    private static BuildDefinition Definition(Fields? fields)
    {
        fields?.Text("buildType", Only(ReleaseProvenance.BuildType));
        Fields? external = Inner(fields, "externalParameters");
        Fields? inner = Inner(fields, "internalParameters");
        IReadOnlyList<Resource> inputs = Resources(fields?.Required("resolvedDependencies", Descriptors), Name, roles: true);
        fields?.Close();
        var definition = new BuildDefinition(ReleaseProvenance.BuildType, External(external), Internal(inner), inputs);
        external?.Close();
        inner?.Close();
        return definition;
    }

    private static ExternalParameters External(Fields? fields) =>
        new(Text(fields, "line", Rules.LineName), Text(fields, "arch", Arch), Text(fields, "toolchain", Toolchain))
        {
            Tag = fields?.Optional("tag")?.Text(Tag),
            Overrides = fields?.Optional("overrides") is { } list
                ? [.. list.Items("a list of one-off sources").Select(Override)]
                : null,
        };

    private static OneOff Override(Field field)
    {
        Fields? fields = field.Object(AnObject);
        var read = new OneOff(
            Text(fields, "name", Rules.ComponentName), Text(fields, "version", Rules.Version), Text(fields, "sha256", Rules.Sha256));
        fields?.Close();
        return read;
    }

    private static InternalParameters Internal(Fields? fields)
    {
        var fingerprints = new SortedDictionary<string, string>(StringComparer.Ordinal);
        const string expected = "the fingerprint of each file, by name";
        foreach ((string file, Field field) in
            fields?.Required("fingerprints", expected)?.Object(expected)?.Entries(FileName, expected) ?? [])
        {
            fingerprints[file] = field.Text(Rules.Sha256) ?? string.Empty;
        }

        return new InternalParameters(Text(fields, "sourceDateEpoch", Number), fingerprints);
    }

    private static RunDetails Run(Fields? fields)
    {
        Fields? builder = Inner(fields, "builder");
        var record = new BuilderRecord(
            Text(builder, "id", Builder),
            builder?.Optional("builderDependencies") is { } list ? Resources(list, Name, roles: true) : null);
        builder?.Close();
        Field? metadata = fields?.Optional("metadata");
        var read = new RunDetails(record)
        {
            Metadata = metadata is null ? null : Metadata(metadata),
            Byproducts = fields?.Optional("byproducts") is { } byproducts ? Resources(byproducts, FileName) : null,
        };
        fields?.Close();
        return read;
    }

    private static RunMetadata Metadata(Field field)
    {
        Fields? fields = field.Object(AnObject);
        var read = new RunMetadata(
            Text(fields, "invocationId", Name), Text(fields, "startedOn", Time), Text(fields, "finishedOn", Time));
        fields?.Close();
        return read;
    }

    /// <param name="list">The list, or null where it is missing, which was reported.</param>
    /// <param name="name">The rule of names.</param>
    /// <param name="roles">True: each says what it is for; false: each is a file with a hash.</param>
    private static List<Resource> Resources(Field? list, TextRule name, bool roles = false)
    {
        var read = new List<Resource>();
        foreach (Field item in list?.Items(Descriptors) ?? [])
        {
            if (item.Object(AnObject) is not { } fields)
            {
                continue;
            }

            const string expected = "hex digits by algorithm";
            Field? digest = roles ? fields.Optional("digest") : fields.Required("digest", expected);
            Field? notes = roles ? fields.Required("annotations", "notes, one of them role") : fields.Optional("annotations");
            read.Add(new Resource(Text(fields, "name", name))
            {
                Uri = fields.Optional("uri")?.Text(Address),
                Digest = digest is null ? null : Digest(digest),
                Annotations = notes is null ? null : Notes(notes, roles),
            });
            if (roles && digest is null && read[^1].Annotations?.ContainsKey(ProvenanceWriter.State) == false)
            {
                notes?.Reject($"a note {ProvenanceWriter.State} that says why there is no digest");
            }

            fields.Close();
        }

        return read;
    }

    private static SortedDictionary<string, string> Digest(Field field)
    {
        var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
        const string expected = "hex digits by algorithm";
        foreach ((string algorithm, Field value) in field.Object(expected)?.Entries(Algorithm, expected) ?? [])
        {
            read[algorithm] = value.Text(Hex) ?? string.Empty;
            if (Digits.TryGetValue(algorithm, out int digits) && read[algorithm].Length is > 0 and var length && length != digits)
            {
                value.Reject($"{digits} lower-case hex digits");
            }
        }

        return read;
    }

    private static SortedDictionary<string, string> Notes(Field field, bool roles)
    {
        var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string note, Field value) in field.Object("notes by name")?.Entries(Note, "notes by name") ?? [])
        {
            read[note] = value.Text(Name) ?? string.Empty;
        }

        if (roles && !Roles.All.Contains(read.GetValueOrDefault(Roles.Key, string.Empty)))
        {
            field.Reject($"a note {Roles.Key} that is one of {string.Join(", ", Roles.All)}");
        }

        return read;
    }

    private static Fields? Inner(Fields? fields, string name) => fields?.Required(name, AnObject)?.Object(AnObject);

    private static string Text(Fields? fields, string name, TextRule rule) => fields?.Text(name, rule) ?? string.Empty;

    private static TextRule Only(string text) => new(text, Exactly(text));

    private static string Exactly(string text) => $"^{System.Text.RegularExpressions.Regex.Escape(text)}$";
}
