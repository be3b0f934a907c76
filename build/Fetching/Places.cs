namespace Qcw.Build.Fetching;

/// <summary>A place upstream that has the bytes of an input, as a line names it or as its checksum tells.</summary>
/// <param name="Text">For people, and for the record of where a file came from.</param>
public abstract record InputPlace(string Text);

/// <summary>A file on a web server.</summary>
/// <param name="Address">Its address.</param>
public sealed record WebPlace(Uri Address) : InputPlace(Address.AbsoluteUri)
{
    private const string SoftwareHeritage = "https://archive.softwareheritage.org/api/1/content/sha256:";
    private const string Snapshot = "https://snapshot.debian.org/file/";

    /// <summary>True for a service that keeps files of everybody by their checksums.</summary>
    public bool IsArchive { get; private init; }

    /// <summary>A file at Software Heritage.</summary>
    /// <param name="sha256">64 lower-case hex digits, or null: then nobody can be asked by hash.</param>
    /// <remarks>Source of the address: its API, https://archive.softwareheritage.org/api/1/content/raw/doc/.</remarks>
    public static IEnumerable<WebPlace> OfHash(string? sha256) => sha256 is null ? [] : [Archived($"{SoftwareHeritage}{sha256}/raw/")];

    /// <summary>A file of Debian's snapshot archive, which keeps what the archive has replaced.</summary>
    /// <param name="sha1">40 lower-case hex digits, or null.</param>
    public static IEnumerable<WebPlace> OfSnapshot(string? sha1) => sha1 is null ? [] : [Archived(Snapshot + sha1)];

    private static WebPlace Archived(string address) => new(new Uri(address)) { IsArchive = true };
}

/// <summary>A file of a Debian source package.</summary>
/// <param name="Package">The source package.</param>
/// <param name="Suite">The suite whose index lists it.</param>
/// <param name="File">The file's name in Debian's archive.</param>
/// <param name="Sha256">64 lower-case hex digits; null where only a signature pins the bytes.</param>
public sealed record DebianPlace(string Package, string Suite, string File, string? Sha256)
    : InputPlace($"Debian source package {Package} ({Suite})");

/// <summary>A Debian binary package in one version.</summary>
/// <param name="Package">Which.</param>
public sealed record DebianPackagePlace(DebianPackage Package)
    : InputPlace($"Debian binary package {Package.Package} ({Package.Suite})");

/// <summary>A git repository.</summary>
/// <param name="Address">Its address.</param>
public sealed record RepositoryPlace(Uri Address) : InputPlace(Address.AbsoluteUri);

/// <summary>What <c>git archive</c> makes of a commit.</summary>
/// <param name="Archive">Of which.</param>
public sealed record GitArchivePlace(GitArchive Archive)
    : InputPlace($"git archive of {Archive.Url.AbsoluteUri} at {Archive.Commit}");
