namespace Qcw.Build.Catalog;

/// <summary>Where a component's source comes from. Each kind carries its pin.</summary>
/// <param name="Origin">
/// Who recorded the pin: <c>C</c> checked in the source itself, <c>2</c> two independent recorders, <c>1</c> one recorder.
/// </param>
public abstract record Source(string? Origin)
{
    /// <summary>The text that identifies the bytes: part of the fetch step's fingerprint.</summary>
    public abstract string Pin { get; }

    /// <summary>For people: where the bytes are looked for upstream.</summary>
    public abstract string Location { get; }
}

/// <summary>A source archive, pinned by hash, by signature, or by both.</summary>
/// <param name="Urls">Tried in order.</param>
/// <param name="Sha256">64 lower-case hex digits, or null where only the signature is known.</param>
/// <param name="Signature">A detached OpenPGP signature, or null.</param>
public sealed record ArchiveSource(
    IReadOnlyList<Uri> Urls, string? Sha256, DetachedSignature? Signature, string? Origin = null) : Source(Origin)
{
    /// <summary>The archive's file name, as in the first URL.</summary>
    public string FileName => Path.GetFileName(Urls[0].LocalPath);

    /// <summary>Other places that have the very same bytes; tried in order, after the URLs.</summary>
    public IReadOnlyList<SameBytes> AlsoAt { get; init; } = [];

    public override string Pin => $"{FileName} sha256:{Sha256 ?? "-"} openpgp:{Signature?.KeyFingerprint ?? "-"}";

    public override string Location => Urls[0].AbsoluteUri;
}

/// <summary>A detached OpenPGP signature and the one key it must be made with.</summary>
/// <param name="Url">Of the <c>.sig</c> or <c>.asc</c> file.</param>
/// <param name="KeyFile">Full path of the armored public key, from <c>build/Catalog/Versions/keys</c>.</param>
/// <param name="KeyFingerprint">Of the primary key, 40 upper-case hex digits; the key file must contain that key.</param>
public sealed record DetachedSignature(Uri Url, string KeyFile, string KeyFingerprint);

/// <summary>Another place that has the bytes of a pinned archive, under a name of its own.</summary>
public abstract record SameBytes;

/// <summary>The <c>.orig</c> archive of a Debian source package, where Debian took upstream's archive as it is.</summary>
/// <param name="Package">The source package: <c>glib2.0</c>.</param>
/// <param name="Suite">Debian's code name of the suite whose index lists it: <c>bookworm</c>.</param>
/// <param name="File">The file's name: <c>glib2.0_2.74.6.orig.tar.xz</c>.</param>
/// <param name="Sha1">40 lower-case hex digits, or null; only the address of the file in Debian's snapshot archive is made from it.</param>
public sealed record DebianCopy(string Package, string Suite, string File, string? Sha1) : SameBytes;

/// <summary>What <c>git archive</c> makes of a commit, where upstream's archive is made like that (GitHub's archives of tags).</summary>
/// <param name="Url">Of the repository.</param>
/// <param name="Commit">The full id, 40 hex digits.</param>
/// <param name="Prefix">The folder in the archive, with a slash at its end: <c>proxy-libintl-0.4/</c>.</param>
public sealed record GitArchive(Uri Url, string Commit, string Prefix) : SameBytes;

/// <summary>
/// One file of a Debian source package, its <c>.orig</c> archive. The file is what is pinned, so a newer Debian revision of the same
/// upstream version changes nothing. (<see cref="DebianPatches"/> pins the file with Debian's own part, which each revision replaces.)
/// </summary>
/// <param name="Package">The source package: <c>qemu</c>, <c>xz-utils</c>.</param>
/// <param name="Suite">Debian's code name of the suite whose index lists it: <c>bookworm</c>.</param>
/// <param name="File">The file's name: <c>qemu_7.2+dfsg.orig.tar.xz</c>.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
public sealed record DebianSource(
    string Package, string Suite, string File, string Sha256, string? Origin = null) : Source(Origin)
{
    /// <summary>40 lower-case hex digits, or null; only the address of the file in Debian's snapshot archive is made from it.</summary>
    public string? Sha1 { get; init; }

    public override string Pin => $"{File} sha256:{Sha256}";

    public override string Location => $"Debian source package {Package} ({Suite}), {File}";
}

/// <summary>Debian binary packages that together hold what is wanted. Their files are what is pinned.</summary>
/// <param name="Packages">In the order in which they are unpacked, at least one.</param>
/// <param name="Root">The folder inside them that is wanted, with slashes and none in front: <c>usr/lib/go-1.26</c>.</param>
public sealed record DebianPackagesSource(IReadOnlyList<DebianPackage> Packages, string Root) : Source((string?)null)
{
    public override string Pin => string.Join(' ', Packages.Select(package => package.Pin).Append("root:" + Root));

    public override string Location => "Debian packages " + string.Join(", ", Packages.Select(package => package.File));
}

/// <summary>One file of Debian's archive, a binary package in one version.</summary>
/// <param name="Package">The binary package: <c>golang-1.26-go</c>.</param>
/// <param name="Suite">Debian's code name of the suite whose index lists it: <c>trixie-backports</c>.</param>
/// <param name="File">The file's name, <c>PACKAGE_VERSION_ARCHITECTURE.deb</c>.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
public sealed record DebianPackage(string Package, string Suite, string File, string Sha256)
{
    /// <summary>40 lower-case hex digits, or null; only the address of the file in Debian's snapshot archive is made from it.</summary>
    public string? Sha1 { get; init; }

    /// <summary>The text that identifies the bytes.</summary>
    public string Pin => $"{File} sha256:{Sha256}";

    /// <summary>Debian's version text without an epoch.</summary>
    public string Version => File.Split('_')[1];

    /// <summary>Debian's name of the machines that it runs on: <c>amd64</c>; <c>all</c>: on any.</summary>
    public string Architecture => System.IO.Path.GetFileNameWithoutExtension(File).Split('_')[^1];
}

/// <summary>What the name of a Debian source package's file tells.</summary>
public static class DebianFile
{
    private const string Archive = ".debian.tar.";
    private const string Diff = ".diff.gz";

    /// <summary>True for a file with Debian's own part of the package, which is replaced with each revision.</summary>
    public static bool IsPackaging(string file) => file.Contains(Archive, StringComparison.Ordinal) || IsDiff(file);

    /// <summary>True for the diff of a package in the old format.</summary>
    public static bool IsDiff(string file) => file.EndsWith(Diff, StringComparison.Ordinal);

    /// <summary>Debian's version text without an epoch, from the name of a file that <see cref="IsPackaging"/>.</summary>
    public static string RevisionOf(string file)
    {
        string version = file[(file.IndexOf('_', StringComparison.Ordinal) + 1)..];
        return version[..version.IndexOf(IsDiff(file) ? Diff : Archive, StringComparison.Ordinal)];
    }
}

/// <summary>One commit of a git repository, fetched shallow.</summary>
/// <param name="Url">Of the repository.</param>
/// <param name="Commit">The full id, 40 hex digits.</param>
/// <param name="Sparse">Patterns for <c>git sparse-checkout set --no-cone</c>; empty: everything.</param>
public sealed record GitSource(
    Uri Url, string Commit, IReadOnlyList<string> Sparse, string? Origin = null) : Source(Origin)
{
    /// <summary>Other addresses of the repository; tried in order, after the first.</summary>
    public IReadOnlyList<Uri> AlsoAt { get; init; } = [];

    /// <summary>The submodules that the build reads; others stay empty.</summary>
    public IReadOnlyList<Submodule> Submodules { get; init; } = [];

    public override string Pin =>
        $"git:{Commit} sparse:{string.Join(' ', Sparse)}" + string.Concat(Submodules.Select(one => $" {one.Path}={one.Source.Commit}"));

    public override string Location => $"{Url.AbsoluteUri} at {Commit}";
}

/// <summary>
/// A submodule of a git source, or a subproject that meson would download. The commit that the repository names must be this one.
/// </summary>
/// <param name="Path">Its folder in the tree, with slashes: <c>ui/keycodemapdb</c>.</param>
/// <param name="Source">Its repository and commit.</param>
public sealed record Submodule(string Path, GitSource Source);

/// <summary>A one-off given on the command line: a local archive or directory, pinned by what it contains now.</summary>
/// <param name="Path">Full path of the archive or directory.</param>
/// <param name="ContentHash">sha256 of the archive, or of a directory's sorted paths, modes and contents.</param>
public sealed record LocalSource(string Path, string ContentHash) : Source((string?)null)
{
    public override string Pin => $"local sha256:{ContentHash}";

    public override string Location => Path;
}

/// <summary>A source that consists of files of this repository only (recipes such as the toolchain's own part of the sysroot).</summary>
public sealed record RecipeSource() : Source((string?)null)
{
    public override string Pin => "recipe";

    public override string Location => "this repository";
}
