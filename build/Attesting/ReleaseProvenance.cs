using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qcw.Build.Attesting;

/// <summary>
/// How a release was made: an in-toto Statement v1 whose predicate is SLSA Provenance v1. It is a function of the release's inputs, so
/// everybody who makes the same files writes the same bytes; only an attestation adds what is of one run (<see cref="OfRun"/>).
/// </summary>
/// <param name="Subject">The files of the release, with <c>sha256</c> and <c>sha512</c>.</param>
/// <param name="Predicate">How they were made.</param>
public sealed record ReleaseProvenance(IReadOnlyList<Resource> Subject, ProvenancePredicate Predicate)
{
    /// <summary>Its name in the release folder.</summary>
    public const string FileName = "provenance.json";

    /// <summary>The kind of statement.</summary>
    public const string StatementType = "https://in-toto.io/Statement/v1";

    /// <summary>The kind of predicate.</summary>
    public const string SlsaType = "https://slsa.dev/provenance/v1";

    /// <summary>What <c>externalParameters</c> and the rest of the build definition mean: docs/provenance.md.</summary>
    public const string BuildType = Publisher.Repository + "/build-types/release@v1";

    /// <summary>Whoever follows this repository's recipe: all of them agree on the file in the release folder.</summary>
    public const string AnyBuilder = Publisher.Repository + "/builders/recipe@v1";

    /// <summary>A builder that signs with a key of its own; its name follows.</summary>
    public const string NamedBuilder = Publisher.Repository + "/builders/local@v1#";

    // the file as a whole is compared, so the order of its fields is fixed
    private static readonly JsonSerializerOptions Format = new(JsonText.Settings)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Always <see cref="StatementType"/>.</summary>
    [JsonPropertyName("_type"), JsonPropertyOrder(-1)]
    public string Type { get; } = StatementType;

    /// <summary>Always <see cref="SlsaType"/>.</summary>
    public string PredicateType { get; } = SlsaType;

    /// <summary>The text of the file, lines ended by LF.</summary>
    public string Text() => JsonSerializer.Serialize(this, Format) + "\n";

    /// <summary>Ends the run where a file is not the one that this is about.</summary>
    /// <param name="folder">The release folder.</param>
    /// <exception cref="BuildException">Names the file.</exception>
    public void RequireFiles(string folder)
    {
        foreach (Resource subject in Subject)
        {
            string file = Path.Combine(folder, subject.Name);
            string found = File.Exists(file) ? Files.Sha256(file) : "no such file";
            if (found != subject.Digest?.GetValueOrDefault("sha256"))
            {
                throw new BuildException(
                    $"{file} is not the file that {FileName} is about: run --target=Release again and look at what changed\n"
                        + $"    expected: {subject.Digest?.GetValueOrDefault("sha256")}\n    got:      {found}");
            }
        }
    }

    /// <summary>The same as one builder says it, with what is of one run.</summary>
    /// <param name="builder">Its name.</param>
    /// <param name="metadata">When and what.</param>
    /// <param name="own">Its own parts that do not determine the files: the runtime, Cake.</param>
    public ReleaseProvenance OfRun(string builder, RunMetadata metadata, IEnumerable<Resource> own) => this with
    {
        Predicate = Predicate with
        {
            RunDetails = Predicate.RunDetails with
            {
                Builder = new BuilderRecord(NamedBuilder + builder, [.. Predicate.RunDetails.Builder.BuilderDependencies ?? [], .. own]),
                Metadata = metadata,
            },
        },
    };
}

/// <summary>SLSA's predicate.</summary>
/// <param name="BuildDefinition">All that determined the files.</param>
/// <param name="RunDetails">Who made them, with which tools, and what else came out.</param>
public sealed record ProvenancePredicate(BuildDefinition BuildDefinition, RunDetails RunDetails);

/// <summary>All that determined the files of a release, apart from the tools.</summary>
/// <param name="BuildType">Always <see cref="ReleaseProvenance.BuildType"/>.</param>
/// <param name="ExternalParameters">What the command line said.</param>
/// <param name="InternalParameters">What follows from it.</param>
/// <param name="ResolvedDependencies">Every input, with what identifies it.</param>
public sealed record BuildDefinition(
    string BuildType, ExternalParameters ExternalParameters, InternalParameters InternalParameters,
    IReadOnlyList<Resource> ResolvedDependencies);

/// <summary>What the command line said, by the names of its options.</summary>
/// <param name="Line">The set of versions.</param>
/// <param name="Arch">What it was built for.</param>
/// <param name="Toolchain">
/// <c>cross</c> or <c>msys2</c>. Which of the places with the cross compilers it was, host or container, changes no byte.
/// </param>
public sealed record ExternalParameters(string Line, string Arch, string Toolchain)
{
    /// <summary>The tag that it is published under; null: none.</summary>
    public string? Tag { get; init; }

    /// <summary>One-off sources; null: none.</summary>
    public IReadOnlyList<OneOff>? Overrides { get; init; }
}

/// <summary>A source that the command line gave in place of the line's.</summary>
/// <param name="Name">The component.</param>
/// <param name="Version">The version it was given.</param>
/// <param name="Sha256">Of the archive, or over a folder's sorted paths, modes and contents: 64 lower-case hex digits.</param>
public sealed record OneOff(string Name, string Version, string Sha256);

/// <summary>What follows from the inputs.</summary>
/// <param name="SourceDateEpoch">Seconds since 1970-01-01 UTC, as text: the only time in the files.</param>
/// <param name="Fingerprints">By file: the hash over everything that determined it.</param>
public sealed record InternalParameters(string SourceDateEpoch, IReadOnlyDictionary<string, string> Fingerprints);

/// <summary>The part that an attestation completes.</summary>
/// <param name="Builder">Who.</param>
public sealed record RunDetails(BuilderRecord Builder)
{
    /// <summary>Of one run; null in the release folder.</summary>
    public RunMetadata? Metadata { get; init; }

    /// <summary>What else is in the release folder and follows from the same inputs: bills of material; null: nothing.</summary>
    public IReadOnlyList<Resource>? Byproducts { get; init; }
}

/// <summary>Who made the files.</summary>
/// <param name="Id">A URI.</param>
/// <param name="BuilderDependencies">The tools as packages, base images, and the lock files of the build host.</param>
public sealed record BuilderRecord(string Id, IReadOnlyList<Resource>? BuilderDependencies);

/// <summary>What is of one run.</summary>
/// <param name="InvocationId">A number that no other run has.</param>
/// <param name="StartedOn">RFC 3339, UTC.</param>
/// <param name="FinishedOn">The same.</param>
public sealed record RunMetadata(string InvocationId, string StartedOn, string FinishedOn);

/// <summary>Something that a release is or was made from: in-toto's ResourceDescriptor.</summary>
/// <param name="Name">For people: the component, the patch, the package, the file.</param>
public sealed record Resource(string Name)
{
    /// <summary>Where it is, or its package URL; null: in no place that a build can rely on.</summary>
    public string? Uri { get; init; }

    /// <summary>By algorithm; null: not known, and an annotation says why.</summary>
    public IReadOnlyDictionary<string, string>? Digest { get; init; }

    /// <summary>What it is for (<c>role</c>), and what else is known of it.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>What it is for.</summary>
    [JsonIgnore]
    public string Role => Annotations?.GetValueOrDefault(Roles.Key) ?? string.Empty;

    /// <summary>The same with a digest.</summary>
    public Resource With(string algorithm, string? value) => value is null ? this : this with
    {
        Digest = new SortedDictionary<string, string>(StringComparer.Ordinal) { [algorithm] = value },
    };

    /// <summary>The same with annotations; those without a value are left out.</summary>
    public Resource Noting(params IEnumerable<(string Name, string? Value)> notes)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string? value) in
            (Annotations ?? new Dictionary<string, string>()).Select(note => (note.Key, (string?)note.Value)).Concat(notes))
        {
            if (value is not null)
            {
                all[name] = value;
            }
        }

        return this with { Annotations = all };
    }

    /// <summary>One line that says all of it, by which it is compared.</summary>
    public string Line() => string.Join(' ', (IEnumerable<string?>)
    [
        Role, Name, Uri, .. (Digest ?? new Dictionary<string, string>()).Select(one => $"{one.Key}:{one.Value}"),
        .. (Annotations ?? new Dictionary<string, string>()).Select(one => $"{one.Key}={one.Value}"),
    ]);
}

/// <summary>The values of the annotation <c>role</c>.</summary>
public static class Roles
{
    /// <summary>The annotation's name.</summary>
    public const string Key = "role";

    /// <summary>The commit of this repository.</summary>
    public const string Recipe = "recipe";

    /// <summary>What a component or library is built from.</summary>
    public const string Source = "source";

    /// <summary>What would be taken where the source cannot be had.</summary>
    public const string Alternative = "alternative";

    /// <summary>A patch on a source, or the archive that Debian's are in.</summary>
    public const string Patch = "patch";

    /// <summary>Go's SDK, for a host that has no Go that fits.</summary>
    public const string Sdk = "sdk";

    /// <summary>A Go module.</summary>
    public const string Module = "module";

    /// <summary>A package that firmware was taken from.</summary>
    public const string Firmware = "firmware";

    /// <summary>A package that a tool is from.</summary>
    public const string Toolchain = "toolchain";

    /// <summary>A layer of the image that a container with compilers was based on.</summary>
    public const string BaseImage = "base image";

    /// <summary>A file that pins the packages and the SDK of the build host.</summary>
    public const string Host = "build host";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Recipe, Source, Alternative, Patch, Sdk, Module, Firmware, Toolchain, BaseImage, Host];
}
