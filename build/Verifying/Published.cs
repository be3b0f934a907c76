using Qcw.Build.Releasing;

namespace Qcw.Build.Verifying;

/// <summary>A release that somebody published, in a folder. Nothing in it is trusted.</summary>
public sealed class Published
{
    /// <summary>What attests a release as a whole, one bundle a line; a tag stands between.</summary>
    private const string Bundles = ".sigstore.jsonl";

    /// <summary>Reads the list of its files.</summary>
    /// <param name="given">As the command line names it.</param>
    /// <param name="folder">A full path.</param>
    /// <param name="tag">The tag that it is published under; null: not known.</param>
    /// <exception cref="BuildException">Its list is damaged.</exception>
    public Published(string given, string folder, string? tag = null)
    {
        (Given, Folder, Tag) = (given, folder, tag);
        Sums = ReadSums(ChecksumFile.Sha256Name);
        UnsignedSums = ReadSums(ReleaseChecksums.UnsignedName);
    }

    /// <summary>As the command line names it.</summary>
    public string Given { get; }

    /// <summary>A full path.</summary>
    public string Folder { get; }

    /// <summary>The tag, or null.</summary>
    public string? Tag { get; }

    /// <summary>What <c>SHA256SUMS</c> lists: names and hashes; null: there is no such file.</summary>
    public OrderedDictionary<string, string>? Sums { get; }

    /// <summary>What <c>SHA256SUMS.unsigned</c> lists: the files without Authenticode signatures; null: there is no such file.</summary>
    public OrderedDictionary<string, string>? UnsignedSums { get; }

    /// <summary>The files with signed bundles over the release.</summary>
    public IReadOnlyList<string> BundleFiles =>
        Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder, "*" + Bundles).Order(StringComparer.Ordinal)] : [];

    /// <summary>The name of the bundles that the workflow makes for a tag.</summary>
    public static string BundlesOf(string tag) => $"{Publisher.Name}-{tag}{Bundles}";

    /// <summary>Names of files that no list has and that belong to none: they were put there.</summary>
    public IEnumerable<string> Unlisted =>
        from path in ReleaseChecksums.Covered(Folder)
        let name = Path.GetFileName(path)
        where Sums?.ContainsKey(name) != true && !name.StartsWith(ChecksumFile.Sha256Name + ".", StringComparison.Ordinal)
            && !name.EndsWith(Bundles, StringComparison.Ordinal)
        select name;

    /// <summary>The full path of a file of the release, whether it is there or not.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>True where it is there.</summary>
    public bool Has(string name) => File.Exists(PathOf(name));

    private OrderedDictionary<string, string>? ReadSums(string name) =>
        Has(name) ? ChecksumFile.ReadSha256(PathOf(name), "get the release again") : null;
}
