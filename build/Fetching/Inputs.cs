using Qcw.Build.Fetching.Git;
using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Fetching;

/// <summary>
/// One thing that a build takes from outside. The list of a component's inputs is what fetching, mirrors, cache keys and Doctor all work
/// from, so none of them can forget one.
/// </summary>
/// <param name="Owner">The component or library it is an input of.</param>
public abstract record Input(string Owner)
{
    /// <summary>The file's or repository's name, for people.</summary>
    public abstract string Name { get; }

    /// <summary>What identifies the bytes: a checksum, a signing key, a commit.</summary>
    public abstract string Pin { get; }

    /// <summary>
    /// Its path in a mirror, relative and with slashes, as <c>docs/mirror.md</c> says; null: a mirror has no place for it.
    /// </summary>
    public abstract string? MirrorPath { get; }

    /// <summary>The places upstream, in the order in which they are tried; none: it comes from this machine.</summary>
    public virtual IReadOnlyList<InputPlace> Places => [];

    /// <summary>Other paths of the same bytes in a mirror: what a line that names them differently has written there.</summary>
    public virtual IReadOnlyList<string> OtherMirrorPaths => [];

    /// <summary>Where it comes from, for people.</summary>
    public abstract string Upstream { get; }

    /// <summary>Names in the tool catalog of the programs that fetch it.</summary>
    public virtual IReadOnlyList<string> Tools => [];

    /// <summary>The programs that fetch from Debian's archive. Windows has none: there, such an input comes from a mirror only.</summary>
    protected static IReadOnlyList<string> Apt => OperatingSystem.IsWindows() ? [] : ["apt-get", "apt-helper"];

    /// <summary>True where only a machine with apt can fetch it from upstream.</summary>
    public bool IsFromDebian => this is DebianInput or DebianPackageInput or FirmwareInput;

    /// <summary>What a component is fetched from as long as nothing is missing: its source, and the patches that are not here.</summary>
    public static IEnumerable<Input> Of(Component component) => [.. WaysTo(component)[0].Inputs, .. PatchesOf(component)];

    /// <summary>The same, with all alternatives to the source.</summary>
    public static IEnumerable<Input> AllOf(Component component) =>
        [.. WaysTo(component).SelectMany(way => way.Inputs), .. PatchesOf(component)];

    /// <summary>The patches of a component that are not files of this repository, and the archives that have Debian's.</summary>
    public static IEnumerable<Input> PatchesOf(Component component) =>
        component.Patches.Select(patch => Of(component, patch)).OfType<Input>();

    /// <summary>The input that a patch is fetched as; null for a file of this repository.</summary>
    public static Input? Of(Component component, SourcePatch patch) =>
        patch switch
        {
            LocalPatch => null,
            RemotePatch remote => new PatchInput(component, remote),
            DebianPatches debian => new DebianInput(component.Name, debian.Archive),
            _ => throw new InvalidOperationException($"a patch of the kind {patch.GetType().Name} is not an input yet: add it here"),
        };

    /// <summary>The ways to a component's source, in the order in which they are tried: the source and its alternatives.</summary>
    public static IReadOnlyList<SourceWay> WaysTo(Component component) =>
        [.. component.Sources.Select(source => new SourceWay(source, [.. Of(component.Name, source)]))];

    private static IEnumerable<Input> Of(string owner, Source source) =>
        source switch
        {
            ArchiveSource archive => [new ArchiveInput(owner, archive)],
            DebianSource file => [new DebianInput(owner, file)],
            DebianPackagesSource packages => packages.Packages.Select(package => new DebianPackageInput(owner, package)),
            GitSource git => [new GitInput(owner, git), .. git.Submodules.Select(submodule => new GitInput(owner, submodule.Source))],
            LocalSource local => [new LocalInput(owner, local)],
            RecipeSource => [],
            _ => throw new InvalidOperationException($"a source of the kind {source.GetType().Name} is not an input yet: add it here"),
        };

    /// <summary>The firmware packages of a line.</summary>
    public static IEnumerable<Input> FirmwareOf(ReleaseLine line) => line.Firmware.Select(package => new FirmwareInput(package));
}

/// <summary>One way to a component's source.</summary>
/// <param name="Source">The source, or one of its alternatives.</param>
/// <param name="Inputs">All that is fetched for it; none where it consists of files of this repository.</param>
public sealed record SourceWay(Source Source, IReadOnlyList<Input> Inputs);

/// <summary>A source archive, and its signature where it is pinned by one.</summary>
public sealed record ArchiveInput(string Owner, ArchiveSource Source) : Input(Owner)
{
    public override string Name => Source.FileName;

    public override string Pin => Source.Pin;

    public override string MirrorPath => MirrorLayout.Archive(Source.FileName);

    public override IReadOnlyList<string> OtherMirrorPaths =>
        [.. Source.AlsoAt.OfType<DebianCopy>().Select(copy => MirrorLayout.Archive(copy.File))];

    public override IReadOnlyList<InputPlace> Places =>
        [.. Source.Urls.Select(url => new WebPlace(url)), .. Source.AlsoAt.SelectMany(Copies), .. WebPlace.OfHash(Source.Sha256)];

    public override string Upstream => Source.Location;

    private IEnumerable<InputPlace> Copies(SameBytes copy) =>
        copy switch
        {
            DebianCopy debian =>
            [
                new DebianPlace(debian.Package, debian.Suite, debian.File, Source.Sha256), .. WebPlace.OfSnapshot(debian.Sha1),
            ],
            GitArchive archive => [new GitArchivePlace(archive)],
            _ => throw new InvalidOperationException($"nothing fetches a {copy.GetType().Name}"),
        };
}

/// <summary>A file of a Debian source package.</summary>
public sealed record DebianInput(string Owner, DebianSource Source) : Input(Owner)
{
    public override string Name => Source.File;

    public override string Pin => Source.Pin;

    public override string MirrorPath => MirrorLayout.Archive(Source.File);

    public override IReadOnlyList<InputPlace> Places =>
    [
        new DebianPlace(Source.Package, Source.Suite, Source.File, Source.Sha256), .. WebPlace.OfSnapshot(Source.Sha1),
        .. WebPlace.OfHash(Source.Sha256),
    ];

    public override string Upstream => Source.Location;

    public override IReadOnlyList<string> Tools => Apt;
}

/// <summary>A Debian binary package in one version.</summary>
public sealed record DebianPackageInput(string Owner, DebianPackage Package) : Input(Owner)
{
    public override string Name => Package.File;

    public override string Pin => Package.Pin;

    public override string MirrorPath => MirrorLayout.Archive(Package.File);

    public override IReadOnlyList<InputPlace> Places => [new DebianPackagePlace(Package), .. WebPlace.OfSnapshot(Package.Sha1)];

    public override string Upstream => $"Debian binary package {Package.Package} ({Package.Suite})";

    public override IReadOnlyList<string> Tools => Apt;
}

/// <summary>A commit of a git repository.</summary>
public sealed record GitInput(string Owner, GitSource Source) : Input(Owner)
{
    public override string Name => $"git {Source.Commit[..12]}";

    public override string Pin => Source.Pin;

    public override string MirrorPath => MirrorLayout.Repository(GitFetcher.NameOf(Source));

    public override IReadOnlyList<InputPlace> Places => [.. Source.AlsoAt.Prepend(Source.Url).Select(url => new RepositoryPlace(url))];

    public override string Upstream => Source.Url.AbsoluteUri;

    public override IReadOnlyList<string> Tools => ["git"];
}

/// <summary>An archive or folder that the command line gave.</summary>
public sealed record LocalInput(string Owner, LocalSource Source) : Input(Owner)
{
    public override string Name => "local source";

    public override string Pin => Source.Pin;

    public override string? MirrorPath => null;

    public override string Upstream => Source.Path;
}

/// <summary>A patch that somebody else publishes.</summary>
public sealed record PatchInput(Component Component, RemotePatch Patch) : Input(Component.Name)
{
    public override string Name => Patch.Name + ".patch";

    public override string Pin => "sha256:" + Patch.Sha256;

    public override string MirrorPath => MirrorLayout.Patch(Component, Patch);

    public override IReadOnlyList<InputPlace> Places => [new WebPlace(Patch.Url), .. WebPlace.OfHash(Patch.Sha256)];

    public override string Upstream => Patch.Url.AbsoluteUri;
}

/// <summary>
/// A Debian package that firmware is taken from. Its pin is the archive's signature; the version that went in is recorded.
/// </summary>
public sealed record FirmwareInput(FirmwarePackage Package) : Input("firmware")
{
    public override string Name => Package.Package;

    public override string Pin => $"{Package.Suite} {string.Join(' ', Package.Files)}";

    /// <summary>Its file's name has a version, which only the record of the line tells.</summary>
    public override string? MirrorPath => null;

    public override string Upstream => $"Debian's signed index ({Package.Suite})";

    public override IReadOnlyList<string> Tools => Apt;
}
