namespace Qcw.Build.Fetching;

/// <summary>A verified file in the cache.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="From">Where it was fetched from; null: it was in the cache.</param>
public sealed record FetchedFile(string Path, string Sha256, string? From);

/// <summary>The kind of a fetched source on disk.</summary>
public enum FetchedKind
{
    /// <summary>A tar archive, compressed or not.</summary>
    Archive,

    /// <summary>A bare git repository that has the pinned commit and every blob of its sparse checkout.</summary>
    GitRepository,

    /// <summary>Debian packages that belong together.</summary>
    DebianPackages,

    /// <summary>A folder given on the command line. It must not be changed.</summary>
    Directory,

    /// <summary>A patch.</summary>
    Patch,
}

/// <summary>A verified source on disk: what the later phases work from.</summary>
/// <param name="Kind">How to read it.</param>
/// <param name="Path">Full path of the file or folder.</param>
/// <param name="ContentHash">
/// 64 lower-case hex digits that change with the bytes: sha256 of an archive, of a folder's contents, of a commit id and its sparse
/// patterns, or of the pins of packages.
/// </param>
public sealed record FetchedSource(FetchedKind Kind, string Path, string ContentHash)
{
    /// <summary>What it was fetched as: the source of a component, or one of its alternatives; null for a patch.</summary>
    public required Source? Source { get; init; }

    /// <summary>Where it was fetched from, as records say it (<see cref="Served"/>); null: not known.</summary>
    public string? ServedBy { get; init; }

    /// <summary>The submodules of a git repository: where they belong, and their bare repositories.</summary>
    public IReadOnlyList<(Submodule Submodule, string Path)> Submodules { get; init; } = [];

    /// <summary>The files of Debian packages, in the order in which they are unpacked; <see cref="Path"/> is the first.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];
}

/// <summary>How records say where something was fetched from: an address, or these words.</summary>
internal static class Served
{
    /// <summary>Which folder or server it was belongs to the build machine.</summary>
    public const string Mirror = "a mirror";
}

/// <summary>A Debian binary package in the cache.</summary>
/// <param name="Package">What was asked for.</param>
/// <param name="Version">Debian's version text: <c>1.16.2-1</c>.</param>
/// <param name="Sha256">Of the <c>.deb</c>, from the archive's signed index: 64 lower-case hex digits.</param>
/// <param name="Path">Full path of the <c>.deb</c>.</param>
public sealed record FetchedPackage(FirmwarePackage Package, string Version, string Sha256, string Path)
{
    /// <summary>The same as records have it.</summary>
    public ToolPackage AsPackage => new(
        "firmware", Package.Package, Version, System.IO.Path.GetFileNameWithoutExtension(Path).Split('_')[^1], "debian")
    {
        Sha256 = Sha256,
    };
}

/// <summary>The words for one fetched file.</summary>
internal static class FetchReport
{
    public static string Text(FetchedFile file) =>
        file.From is null ? "up to date" : $"fetched {ByteSize.Format(new FileInfo(file.Path).Length)} from {file.From}";
}
