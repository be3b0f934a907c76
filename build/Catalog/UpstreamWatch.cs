namespace Qcw.Build.Catalog;

/// <summary>Which texts are versions, which of two is newer, and which ones people are to install.</summary>
public enum VersionScheme
{
    /// <summary>Numbers with dots between them, compared from left to right.</summary>
    Semver,

    /// <summary>The same, and a version whose second number is odd is for developers.</summary>
    EvenMinor,

    /// <summary>A date: <c>2026-11-27</c> or <c>20261127</c>. All dates are of one branch.</summary>
    Date,
}

/// <summary>Where it can be seen which versions upstream has released. Nothing that is built depends on it.</summary>
/// <param name="Scheme">How versions are ordered.</param>
public abstract record UpstreamWatch(VersionScheme Scheme)
{
    /// <summary>What stands for the version in a pattern.</summary>
    public const string Mark = "{version}";

    /// <summary>How files write a scheme.</summary>
    public static string WordOf(VersionScheme scheme) =>
        scheme is VersionScheme.EvenMinor ? "even-minor" : scheme.ToString().ToLowerInvariant();
}

/// <summary>A page on the web that names the archives of all versions.</summary>
/// <param name="Page">Its address.</param>
/// <param name="Pattern">The name of an archive, with <see cref="UpstreamWatch.Mark"/> in place of its version.</param>
/// <param name="Scheme">How versions are ordered.</param>
public sealed record PageWatch(Uri Page, string Pattern, VersionScheme Scheme) : UpstreamWatch(Scheme);

/// <summary>The tags of a git repository.</summary>
/// <param name="Repositories">Its addresses, at least one; tried in order.</param>
/// <param name="Pattern">The name of a tag, with <see cref="UpstreamWatch.Mark"/> in place of the version.</param>
/// <param name="Scheme">How versions are ordered.</param>
public sealed record TagWatch(IReadOnlyList<Uri> Repositories, string Pattern, VersionScheme Scheme) : UpstreamWatch(Scheme)
{
    /// <summary>The tag of a version.</summary>
    public string TagOf(string version) => Pattern.Replace(Mark, version, StringComparison.Ordinal);
}

/// <summary>A source package of Debian's.</summary>
/// <param name="Package">The source package.</param>
/// <param name="Suites">Code names of the suites whose indexes are read: the one that the pin is of, and newer ones.</param>
/// <param name="Scheme">How upstream's versions are ordered; Debian's own order decides among revisions.</param>
public sealed record DebianWatch(string Package, IReadOnlyList<string> Suites, VersionScheme Scheme) : UpstreamWatch(Scheme);
