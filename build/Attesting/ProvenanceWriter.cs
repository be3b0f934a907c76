using System.Globalization;
using Qcw.Build.Packaging;

namespace Qcw.Build.Attesting;

/// <summary>What provenance is written from.</summary>
/// <param name="Line">The versions, with the one-offs of the command line.</param>
/// <param name="Architecture">What was built for.</param>
/// <param name="Tag">The tag that it is published under; empty: none.</param>
/// <param name="Recipe">The commit of this repository, 40 hex digits; null: it is no checkout.</param>
/// <param name="RecipeChanged">True where files differ from that commit.</param>
/// <param name="Records">What is known of the files of the release.</param>
/// <param name="HostFiles">Files of this repository that pin the build host's packages and SDK: name to full path.</param>
public sealed record ProvenanceFacts(
    ReleaseLine Line, Architecture Architecture, string Tag, string? Recipe, bool RecipeChanged,
    IReadOnlyList<ArtifactRecord> Records, IReadOnlyDictionary<string, string> HostFiles)
{
    /// <summary>Full paths of files in the release that follow from the others: bills of material, the list of MSYS2's packages.</summary>
    public IReadOnlyList<string> Byproducts { get; init; } = [];
}

/// <summary>Writes how a release was made.</summary>
public static class ProvenanceWriter
{
    /// <summary>The note of what is not known, with the reason.</summary>
    public const string State = "state";

    /// <summary>The statement for a release folder.</summary>
    /// <param name="facts">All that is known.</param>
    /// <param name="folder">The release folder.</param>
    /// <exception cref="BuildException">
    /// There is nothing to write about, a file is not the one that was recorded, or it was made from something that the line does not pin.
    /// </exception>
    public static ReleaseProvenance Of(ProvenanceFacts facts, string folder)
    {
        if (facts.Records.Count == 0)
        {
            throw new BuildException($"{folder} has no file whose making could be told: run --target=Release, or a part of it, first");
        }

        Provenance by = Provenance.None.With(facts.Records.Select(record => record.By));
        RequirePinned(facts, by);
        OneOff[] oneOffs =
        [
            .. facts.Line.Components.Concat(facts.Line.Libraries).Where(component => component.IsOneOff)
                .Select(component => new OneOff(component.Name, component.Version, ((LocalSource)component.Source).ContentHash)),
        ];
        return new ReleaseProvenance(
            [.. facts.Records.Select(record => Subject(record, folder)).OrderBy(subject => subject.Name, StringComparer.Ordinal)],
            new ProvenancePredicate(
                new BuildDefinition(
                    ReleaseProvenance.BuildType,
                    new ExternalParameters(facts.Line.Name, facts.Architecture.Name, by.Msys2Packages.Count > 0 ? "msys2" : "cross")
                    {
                        Tag = facts.Tag.Length > 0 ? facts.Tag : null,
                        Overrides = oneOffs.Length > 0 ? oneOffs : null,
                    },
                    new InternalParameters(
                        facts.Line.SourceDateEpoch.ToString(CultureInfo.InvariantCulture),
                        new SortedDictionary<string, string>(
                            facts.Records.ToDictionary(record => record.File, record => record.Fingerprint), StringComparer.Ordinal)),
                    [Recipe(facts), .. Pins.Sorted([.. Pins.Of(facts.Line).Select(pin => WithUse(pin, by)), .. Found(by)])]),
                new RunDetails(new BuilderRecord(ReleaseProvenance.AnyBuilder, Pins.Sorted([.. Tools(by), .. Host(facts)])))
                {
                    Byproducts = facts.Byproducts.Count == 0 ? null :
                    [
                        .. facts.Byproducts.Order(StringComparer.Ordinal)
                            .Select(file => new Resource(Path.GetFileName(file)).With("sha256", Files.Sha256(file))),
                    ],
                }));
    }

    private static Resource Subject(ArtifactRecord record, string folder)
    {
        string file = Path.Combine(folder, record.File);
        string sha256 = Files.Sha256(file);
        return sha256 == record.Sha256
            ? new Resource(record.File)
            {
                Digest = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["sha256"] = sha256, ["sha512"] = record.Sha512 },
                Annotations = record.AuthenticodeSha256 is { } digest
                    ? new Dictionary<string, string> { ["authenticodeSha256"] = digest }
                    : null,
            }
            : throw new BuildException(
                $"{file} is not the file whose making was recorded: make it again, or copy it together with its record in facts\n"
                    + $"    recorded: {record.Sha256}\n    found:    {sha256}");
    }

    private static Resource Recipe(ProvenanceFacts facts) =>
        new Resource("qcw") { Uri = $"git+{Publisher.Repository}" + (facts.Tag.Length > 0 ? $"@refs/tags/{facts.Tag}" : string.Empty) }
            .With("gitCommit", facts.Recipe)
            .Noting(
                (Roles.Key, Roles.Recipe),
                (State, facts.Recipe is null ? "not known: it was no git checkout"
                    : facts.RecipeChanged ? "with changes that are in no commit" : null));

    // records travel with files, so they may be of another version of the line
    private static void RequirePinned(ProvenanceFacts facts, Provenance by)
    {
        foreach (SourceRecord source in by.Sources)
        {
            Component? component =
                facts.Line.Components.Concat(facts.Line.Libraries).FirstOrDefault(component => component.Name == source.Name);
            if (component?.Sources.Any(one => one.Pin == source.Pin) != true)
            {
                string file = facts.Records.First(record => record.By.Sources.Contains(source)).File;
                throw new BuildException(
                    $"{file} was made from {source.Name} {source.Version} ({source.Pin}), which the line {facts.Line.Name} does not pin "
                        + $"now{(component is null ? string.Empty : $" (it pins {component.Source.Pin})")}: make it again, or give the "
                        + "one-off again with which it was made");
            }
        }
    }

    // two places with the same bytes are the same input: which one served it is of one run
    private static Resource WithUse(Resource pin, Provenance by)
    {
        string? digest = pin.Digest?.Values.Single();
        return pin.Role is Roles.Source or Roles.Alternative
            ? pin.Noting((Pins.Used, by.Sources.Any(source => source.Name == pin.Name
                && (digest is null ? pin.Role == Roles.Source : source.Pin.Contains(digest, StringComparison.Ordinal))) ? "yes" : "no"))
            : pin;
    }

    // what the line does not pin itself: what is inside Debian's archives, and what was found by a signed index or a go.sum
    private static IEnumerable<Resource> Found(Provenance by) =>
    [
        .. by.Patches.Where(patch => patch.From is not null).Select(patch => new Resource($"{patch.Component} {patch.Name}")
            .With("sha256", patch.Sha256).Noting((Roles.Key, Roles.Patch), ("from", patch.From))),
        .. by.FirmwarePackages.Select(package => OfPackage(package).Noting((Roles.Key, Roles.Firmware))),
        .. by.Firmware.Where(package => by.FirmwarePackages.All(one => one.Name != package.Key)).Select(package =>
            new Resource(package.Key) { Uri = Purl.Debian(package.Key, package.Value, null) }
                .Noting((Roles.Key, Roles.Firmware), (State, "version known, hash not: it was staged before hashes were recorded"))),
        .. by.Modules.Select(module => new Resource($"{module.Component} {module.Path}") { Uri = Purl.Golang(module.Path, module.Version) }
            .With("dirHash", Convert.ToHexStringLower(Convert.FromBase64String(module.Sum["h1:".Length..])))
            .Noting((Roles.Key, Roles.Module))),
    ];

    private static IEnumerable<Resource> Tools(Provenance by) =>
    [
        .. by.Packages.GroupBy(package => package with { Tool = string.Empty }).Select(group => OfPackage(group.Key)
            .Noting(
                (Roles.Key, Roles.Toolchain),
                ("tools", string.Join(", ", group.Select(package => package.Tool).Distinct().Order(StringComparer.Ordinal))))),
        .. by.Tools.Where(tool => by.Packages.All(package => package.Tool != tool.Key)).Select(tool =>
            new Resource(tool.Key) { Uri = Purl.Generic(tool.Key, null) }.Noting(
                (Roles.Key, Roles.Toolchain), ("version", tool.Value),
                (State, by.Msys2Packages.Count > 0 ? "of a package of MSYS2" : "what it prints of its version: it is of no package"))),
        .. by.Msys2Packages.Select(package => package.Split(' ')).Select(package =>
            new Resource(package[0]) { Uri = Purl.Generic(package[0], package[1]) }.Noting(
                (Roles.Key, Roles.Toolchain), ("version", package[1]),
                (State, "version known, hash not: MSYS2's list of installed packages has none"))),
        .. by.BaseImages.SelectMany(image => image.Split(' ')).Distinct().Select((layer, index) =>
            new Resource($"layer {(index + 1).ToString(CultureInfo.InvariantCulture)}")
                .With("sha256", layer[(layer.IndexOf(':', StringComparison.Ordinal) + 1)..]).Noting((Roles.Key, Roles.BaseImage))),
    ];

    private static Resource OfPackage(ToolPackage package) => new Resource(package.Name)
    {
        Uri = package.Distribution is { } vendor
            ? Purl.Debian(package.Name, package.Version, package.Architecture)
                .Replace("pkg:deb/debian/", $"pkg:deb/{vendor}/", StringComparison.Ordinal)
            : Purl.Generic(package.Name, package.Version),
    }.With("sha256", package.Sha256).Noting(
        ("version", package.Version), ("architecture", package.Architecture),
        (State, package.Sha256 is null ? "version known, hash not: no index of apt's had this version when it was used" : null));

    private static IEnumerable<Resource> Host(ProvenanceFacts facts) =>
        facts.HostFiles.Select(file => new Resource(file.Key) { Uri = $"{Publisher.Repository}#{file.Key}" }
            .With("sha256", Files.Sha256(file.Value)).Noting((Roles.Key, Roles.Host)));
}
