using System.Globalization;

namespace Qcw.Build.Fetching.Debian;

/// <summary>What Debian's index of a suite, with its updates and security updates, says of some source packages.</summary>
/// <param name="Suite">Code name of the suite.</param>
/// <param name="Made">When the index of the suite itself was made, in UTC.</param>
/// <param name="ValidUntil">Until when Debian vouches for it; null: Debian says no end.</param>
/// <param name="Sources">The packages in all versions that are listed, in no order.</param>
public sealed record SourceIndex(
    string Suite, DateTimeOffset Made, DateTimeOffset? ValidUntil, IReadOnlyList<SourcePackage> Sources);

/// <summary>A Debian source package in one version.</summary>
/// <param name="Package">Its name.</param>
/// <param name="Version">Debian's version text.</param>
/// <param name="Folders">Where its files are in the archives, at least one: <c>pool/main/q/qemu</c>.</param>
/// <param name="Files">What it consists of.</param>
public sealed record SourcePackage(string Package, string Version, IReadOnlyList<string> Folders, IReadOnlyList<SourcePackageFile> Files)
{
    /// <summary>The same text, as Debian orders it.</summary>
    internal DebianVersion Order() => DebianVersion.TryParse(Version)
        ?? throw new BuildException($"Debian's index has {Package} with the version \"{Version}\", which is none");

    /// <summary>True where this is in Debian's security archive.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsSecurityUpdate => Folders.Any(folder => folder.StartsWith("pool/updates/", StringComparison.Ordinal));

    /// <summary>The archive with upstream's files, not one of several; null: there is none.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public SourcePackageFile? Original => Files.FirstOrDefault(file =>
        file.Name.StartsWith($"{Package}_", StringComparison.Ordinal)
        && file.Name[..^Path.GetExtension(file.Name).Length].EndsWith(".orig.tar", StringComparison.Ordinal));

    /// <summary>The file with Debian's own part; null: there is none.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public SourcePackageFile? Packaging => Files.FirstOrDefault(file => DebianFile.IsPackaging(file.Name));

    /// <summary>One for each version: a security update is in the security archive, and later in the main one too.</summary>
    internal static IReadOnlyList<SourcePackage> Merge(IEnumerable<SourcePackage> packages) =>
    [
        .. packages.GroupBy(one => (one.Package, one.Version, string.Join(' ', one.Files.Select(file => file.Sha256).Order())))
            .Select(same => same.First() with { Folders = [.. same.SelectMany(one => one.Folders).Distinct()] }),
    ];

    /// <summary>Reads a stanza of the index.</summary>
    /// <returns>Null where it is no stanza of a source package.</returns>
    internal static SourcePackage? Of(IReadOnlyDictionary<string, string> stanza) =>
        stanza.TryGetValue("Package", out string? package) && stanza.TryGetValue("Version", out string? version)
        && stanza.TryGetValue("Directory", out string? folder) && stanza.TryGetValue("Checksums-Sha256", out string? sums)
            ? new SourcePackage(
                package, version, [folder],
                [
                    .. from line in sums.Split('\n')
                       let parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                       where parts.Length == 3
                       let size = long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : -1
                       where size >= 0
                       select new SourcePackageFile(parts[2], size, parts[0]),
                ])
            : null;
}

/// <summary>A file of a source package.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 lower-case hex digits, from the signed index.</param>
public sealed record SourcePackageFile(string Name, long Size, string Sha256);
