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

    /// <summary>
    /// The addresses upstream, in the order in which they are tried; none: it comes from Debian's archive or from this machine.
    /// </summary>
    public virtual IReadOnlyList<Uri> Addresses => [];

    /// <summary>Where it comes from, for people.</summary>
    public abstract string Upstream { get; }

    /// <summary>Names in the tool catalog of the programs that fetch it.</summary>
    public virtual IReadOnlyList<string> Tools => [];

    /// <summary>The programs that fetch from Debian's archive. Windows has none: there, such an input comes from a mirror only.</summary>
    protected static IReadOnlyList<string> Apt => OperatingSystem.IsWindows() ? [] : ["apt-get", "apt-helper"];

    /// <summary>True where only a machine with apt can fetch it from upstream.</summary>
    public bool IsFromDebian => this is DebianInput or FirmwareInput;

    /// <summary>The source of a component, and its remote patches.</summary>
    public static IEnumerable<Input> Of(Component component) =>
    [
        .. SourceOf(component) is { } source ? [source] : Array.Empty<Input>(),
        .. component.Patches.OfType<RemotePatch>().Select(patch => new PatchInput(component, patch)),
    ];

    /// <summary>The source of a component; null where it consists of files of this repository.</summary>
    public static Input? SourceOf(Component component) =>
        component.Source switch
        {
            ArchiveSource archive => new ArchiveInput(component.Name, archive),
            DebianSource file => new DebianInput(component.Name, file),
            GitSource git => new GitInput(component.Name, git),
            LocalSource local => new LocalInput(component.Name, local),
            RecipeSource => null,
            _ => throw new InvalidOperationException(
                $"a source of the kind {component.Source.GetType().Name} is not an input yet: add it here"),
        };

    /// <summary>The firmware packages of a line.</summary>
    public static IEnumerable<Input> FirmwareOf(ReleaseLine line) => line.Firmware.Select(package => new FirmwareInput(package));
}

/// <summary>A source archive, and its signature where it is pinned by one.</summary>
public sealed record ArchiveInput(string Owner, ArchiveSource Source) : Input(Owner)
{
    public override string Name => Source.FileName;

    public override string Pin => Source.Pin;

    public override string MirrorPath => MirrorLayout.Archive(Source.FileName);

    public override IReadOnlyList<Uri> Addresses => Source.Urls;

    public override string Upstream => Source.Location;
}

/// <summary>A file of a Debian source package.</summary>
public sealed record DebianInput(string Owner, DebianSource Source) : Input(Owner)
{
    public override string Name => Source.File;

    public override string Pin => Source.Pin;

    public override string MirrorPath => MirrorLayout.Archive(Source.File);

    public override string Upstream => Source.Location;

    public override IReadOnlyList<string> Tools => Apt;
}

/// <summary>A commit of a git repository.</summary>
public sealed record GitInput(string Owner, GitSource Source) : Input(Owner)
{
    public override string Name => $"git {Source.Commit[..12]}";

    public override string Pin => Source.Pin;

    public override string MirrorPath => MirrorLayout.Repository(GitFetcher.NameOf(Source));

    public override IReadOnlyList<Uri> Addresses => [Source.Url];

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

    public override IReadOnlyList<Uri> Addresses => [Patch.Url];

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
