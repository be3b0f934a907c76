using System.Globalization;
using System.IO.Compression;

namespace Qcw.Build.Verifying.Explanation;

/// <summary>What differs between two zips besides what is in their files: order, times, attributes, how they are packed.</summary>
internal static class ZipDifference
{
    private static readonly (string Name, Func<ZipArchiveEntry, string> Value)[] Fields =
    [
        ("time", entry => entry.LastWriteTime.DateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
        ("attributes", entry => string.Create(CultureInfo.InvariantCulture, $"0x{(uint)entry.ExternalAttributes:x8}")),
        ("comment", entry => Excerpt.Quote(entry.Comment)),
        ("packed size", entry => entry.CompressedLength.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>The differences, one line for each kind.</summary>
    /// <param name="theirs">Published, a full path.</param>
    /// <param name="ours">Built here, a full path.</param>
    /// <exception cref="BuildException">One of them is damaged.</exception>
    public static IReadOnlyList<string[]> Of(string theirs, string ours)
    {
        try
        {
            using ZipArchive published = ZipFile.OpenRead(theirs);
            using ZipArchive built = ZipFile.OpenRead(ours);
            return Compare(published, built);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw new BuildException($"{theirs} or {ours} is not a zip that could be read: {e.Message}", e);
        }
    }

    private static List<string[]> Compare(ZipArchive published, ZipArchive built)
    {
        var found = new List<string[]>();
        string[] names = [.. published.Entries.Select(entry => entry.FullName)];
        string[] others = [.. built.Entries.Select(entry => entry.FullName)];
        int first = names.AsSpan().CommonPrefixLength(others);
        if (first < Math.Min(names.Length, others.Length)
            && names.Order(StringComparer.Ordinal).SequenceEqual(others.Order(StringComparer.Ordinal)))
        {
            found.Add(["order of entries: from entry " + (first + 1), .. Excerpt.Both(names[first], others[first])]);
        }

        ILookup<string, ZipArchiveEntry> here = built.Entries.ToLookup(entry => entry.FullName);
        foreach ((string name, Func<ZipArchiveEntry, string> value) in Fields)
        {
            (ZipArchiveEntry Theirs, ZipArchiveEntry Ours)[] different =
            [
                .. from entry in published.Entries
                   let other = here[entry.FullName].FirstOrDefault()
                   // a file with other bytes is packed in another way, and is named anyway
                   where other is not null && value(entry) != value(other) && (name != "packed size" || entry.Crc32 == other.Crc32)
                   select (entry, other),
            ];
            if (different is [var (one, mine), ..])
            {
                found.Add(
                [
                    $"{name} of {different.Length} of {names.Length} entries: {one.FullName}: "
                        + $"published {value(one)}, built here {value(mine)}",
                ]);
            }
        }

        if (published.Comment != built.Comment)
        {
            found.Add(["comment of the archive:", .. Excerpt.Quotes(published.Comment, built.Comment)]);
        }

        return found;
    }
}
