using System.Text;

namespace Qcw.Build.Attesting;

/// <summary>
/// Package URLs, the names by which databases of vulnerabilities know a package: <c>pkg:TYPE/NAMESPACE/NAME@VERSION?QUALIFIERS</c>.
/// What is written is the canonical form of ECMA-427: percent-encoded, qualifiers sorted by name, those without a value left out.
/// </summary>
public static class Purl
{
    /// <summary>Something that no package manager has: a source archive of upstream's.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">Upstream's version text, or null.</param>
    /// <param name="downloadUrl">Where upstream has the archive, or null.</param>
    /// <param name="sha256">Of the archive, 64 lower-case hex digits, or null.</param>
    public static string Generic(string name, string? version, string? downloadUrl = null, string? sha256 = null) =>
        Write("generic", [], name, version, ("checksum", sha256 is null ? null : "sha256:" + sha256), ("download_url", downloadUrl));

    /// <summary>A package of Debian's.</summary>
    /// <param name="package">Its name.</param>
    /// <param name="version">Debian's version text, with the epoch: <c>1:2.4-1</c>; null: not known.</param>
    /// <param name="architecture"><c>amd64</c>, <c>all</c>, or <c>source</c> for a source package; null: not known.</param>
    /// <param name="distribution"><c>debian-12</c> or a suite's name; null: not known.</param>
    public static string Debian(string package, string? version, string? architecture, string? distribution = null) =>
        Write("deb", ["debian"], Lower(package), version, ("arch", architecture), ("distro", distribution));

    /// <summary>A repository on GitHub.</summary>
    /// <param name="owner">Its owner.</param>
    /// <param name="repository">Its name.</param>
    /// <param name="version">A tag or a commit, or null.</param>
    public static string GitHub(string owner, string repository, string? version) =>
        Write("github", [Lower(owner)], Lower(repository), version);

    /// <summary>A Go module; Go's standard library is the module <c>stdlib</c>.</summary>
    /// <param name="module">Its path: <c>golang.org/x/sys</c>.</param>
    /// <param name="version">As in <c>go.mod</c>: <c>v0.15.0</c>; of the standard library without the <c>v</c>.</param>
    public static string Golang(string module, string version)
    {
        string[] segments = Lower(module).Split('/');
        return Write("golang", segments[..^1], segments[^1], version);
    }

    // the types deb, github and golang have lower-case names
    private static string Lower(string text) => text.ToLowerInvariant();

    private static string Write(
        string type, string[] space, string name, string? version, params IEnumerable<(string Key, string? Value)> qualifiers)
    {
        var text = new StringBuilder("pkg:").AppendJoin('/', [type, .. space.Select(Encode), Encode(name)]);
        if (version is not null)
        {
            text.Append('@').Append(Encode(version));
        }

        char separator = '?';
        foreach ((string key, string? value) in qualifiers.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (value is null)
            {
                continue;
            }

            text.Append(separator).Append(key).Append('=').Append(Encode(value));
            separator = '&';
        }

        return text.ToString();
    }

    /// <summary>Letters, digits, <c>- . _ ~</c> and the colon stay; every other byte of the UTF-8 text becomes <c>%XX</c>.</summary>
    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%3A", ":", StringComparison.Ordinal);
}
