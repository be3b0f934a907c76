using Qcw.Build.Fetching.Cache;

namespace Qcw.Build.Fetching.Debian;

/// <summary>
/// Which versions of a line's firmware packages were found in Debian's signed index: <c>downloads/apt/firmware-&lt;line&gt;.json</c>. With
/// it a build is repeatable until newer versions are asked for.
/// </summary>
/// <param name="Packages">In the order of the line.</param>
public sealed record FirmwareRecord(IReadOnlyList<FirmwareEntry> Packages)
{
    /// <summary>Where the record of a line is.</summary>
    public static string PathFor(DownloadCache cache, ReleaseLine line) => Path.Combine(cache.Folder, "apt", $"firmware-{line.Name}.json");

    /// <summary>Reads a record; null where there is none, or it cannot be read, or it is about other packages than these.</summary>
    public static FirmwareRecord? Read(string path, IReadOnlyList<FirmwarePackage> packages)
    {
        // without a record the current versions are looked up again
        var record = JsonText.ReadOrNull<FirmwareRecord>(path);
        return record?.Packages is { } entries
            && entries.All(entry => entry is { File: { Name: not null, Sha256: not null, Uri: not null }, Version: not null })
            && entries.Select(entry => (entry.Package, entry.Suite))
                .SequenceEqual(packages.Select(package => (package.Package, package.Suite)))
            ? record : null;
    }

    /// <summary>Writes the record.</summary>
    public void Write(string path) => Files.Write(path, JsonText.Of(this));
}

/// <summary>A firmware package in the version that was found.</summary>
/// <param name="Package">The binary package.</param>
/// <param name="Suite">The release it was looked up in.</param>
/// <param name="Version">Debian's version text.</param>
/// <param name="File">What apt knows of the <c>.deb</c>.</param>
public sealed record FirmwareEntry(string Package, string Suite, string Version, AptFile File);
