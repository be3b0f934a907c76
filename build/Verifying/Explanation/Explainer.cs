using System.Globalization;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Pe;

namespace Qcw.Build.Verifying.Explanation;

/// <summary>
/// Says in a few lines in what two files of a release differ: which file inside, which section, which table, and both texts.
/// </summary>
/// <param name="unpacking">Unpacks them.</param>
/// <param name="cause">What may be the reason.</param>
/// <param name="diffoscope">Gets both files inside that differ, for a full description; null: nobody asked for it.</param>
public sealed class Explainer(Unpacking unpacking, Cause cause, Func<string, string, string, string>? diffoscope = null)
{
    /// <summary>The most lines about one file of a release, the cause included.</summary>
    public const int MostLines = 10;

    /// <summary>Explains.</summary>
    /// <param name="theirs">Published, a full path.</param>
    /// <param name="ours">Built here, a full path.</param>
    /// <param name="contents">What is known to be in ours.</param>
    public IReadOnlyList<string> Explain(string theirs, string ours, IReadOnlyList<PackedFile> contents)
    {
        FileKind kind = Unpacking.KindOf(ours);
        var found = new List<Difference>();
        try
        {
            found.AddRange(Compare(theirs, ours, kind, contents));
        }
        catch (BuildException e)
        {
            found.Add(new Difference([$"could not be looked into: {e.Message.Split('\n')[0]}"]));
        }

        if (found.Count == 0)
        {
            found.Add(new Difference(Anywhere(theirs, ours, kind is FileKind.Bytes or FileKind.Text or FileKind.Pe
                ? string.Empty
                : "all that is inside is the same, it was packed in another way: ")));
        }

        string[] owners = [.. found.Select(one => one.Owner).OfType<string>().Distinct()];
        var lines = Shorten(found, MostLines - 1);
        lines.Add(cause.Of(kind, owners, found.Any(one => one.Owner is null)));
        if (diffoscope is not null)
        {
            // of a file inside the full description is short
            (string one, string other) = found.Select(one => one.Pair).FirstOrDefault(pair => pair is not null) ?? (theirs, ours);
            lines.Add(diffoscope(Path.GetFileName(ours), one, other));
        }

        return lines;
    }

    private IEnumerable<Difference> Compare(string theirs, string ours, FileKind kind, IReadOnlyList<PackedFile> contents)
    {
        if (Unpacking.KindOf(theirs) is var other && other != kind)
        {
            return [new Difference([$"another kind of file: published {other}, built here {kind}"])];
        }

        IEnumerable<Difference> inside = kind is FileKind.Nsis or FileKind.Msi or FileKind.Zip
            ? Inside(unpacking.Unpack(theirs, kind)!, unpacking.Unpack(ours, kind)!, contents)
            : [];
        return inside.Concat(Itself(theirs, ours, kind).Select(lines => new Difference(lines)));
    }

    // what a file says of itself, besides the files that are in it
    private IEnumerable<string[]> Itself(string theirs, string ours, FileKind kind) => kind switch
    {
        FileKind.Nsis => [.. PeDifference.Of(theirs, ours, wholly: false), .. NsisDifference.Of(theirs, ours)],
        FileKind.Pe => PeDifference.Of(theirs, ours, wholly: true),
        FileKind.Msi => MsiDifference.Of(unpacking.Tables(theirs), unpacking.Tables(ours)),
        FileKind.Zip => ZipDifference.Of(theirs, ours),
        FileKind.Text => TextDifference.Of(theirs, ours),
        _ => [Anywhere(theirs, ours, string.Empty)],
    };

    private List<Difference> Inside(string theirs, string ours, IReadOnlyList<PackedFile> contents)
    {
        SortedDictionary<string, string> published = Unpacking.FilesBelow(theirs);
        SortedDictionary<string, string> built = Unpacking.FilesBelow(ours);
        ILookup<string, string> gone = published.Where(file => !built.ContainsKey(file.Key))
            .ToLookup(file => Files.Sha256(file.Value), file => file.Key);
        ILookup<string, string> added = built.Where(file => !published.ContainsKey(file.Key))
            .ToLookup(file => Files.Sha256(file.Value), file => file.Key);
        var found = new List<Difference>();
        foreach ((string name, string file) in published.Where(file => built.ContainsKey(file.Key)))
        {
            if (!Files.SameBytes(file, built[name]))
            {
                found.Add(InnerFile(name, file, built[name], contents));
            }
        }

        foreach (IGrouping<string, string> one in gone)
        {
            string name = one.First();
            found.Add(new Difference([
                added.Contains(one.Key)
                    ? $"{name}: the same file is {added[one.Key].First()} here"
                    : $"{name}: only published, {Size(published[name])}",
            ]));
        }

        found.AddRange(added.Where(one => !gone.Contains(one.Key)).SelectMany(one => one).Select(name =>
        {
            string? owner = OwnerOf(name, built[name], contents);
            return new Difference([$"{name}{Of(owner)}: only built here, {Size(built[name])}"]) { Owner = owner };
        }));
        return found;
    }

    private Difference InnerFile(string name, string theirs, string ours, IReadOnlyList<PackedFile> contents)
    {
        string? owner = OwnerOf(name, ours, contents);
        FileKind kind = Unpacking.KindOf(ours);
        string[] first;
        try
        {
            first = Unpacking.KindOf(theirs) != kind ? ["another kind of file"]
                : kind is FileKind.Pe or FileKind.Nsis && IsSameButForSignature(theirs, ours) ? ["the same but for its signature"]
                : Itself(theirs, ours, kind).FirstOrDefault() ?? Anywhere(theirs, ours, string.Empty);
        }
        catch (BuildException e)
        {
            first = [e.Message.Split('\n')[0]];
        }

        string size = Files.SizeOf(theirs) == Files.SizeOf(ours) ? Size(ours) : $"{Size(theirs)} published, {Size(ours)} built here";
        return new Difference([$"{name}{Of(owner)}, {size}: {first[0]}", .. first[1..]]) { Owner = owner, Pair = (theirs, ours) };
    }

    /// <summary>Whether two PE files differ in nothing but Authenticode signatures.</summary>
    internal static bool IsSameButForSignature(string theirs, string ours)
    {
        try
        {
            return AuthenticodeDigest.Of(theirs) == AuthenticodeDigest.Of(ours) && (IsSigned(theirs) || IsSigned(ours));
        }
        catch (BuildException)
        {
            return false; // not a file that could be signed
        }
    }

    /// <summary>Whether a PE file has an Authenticode signature at its end; one with more behind it has none that counts.</summary>
    internal static bool IsSigned(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            return PeSignatureFields.Read(stream).IsSigned;
        }
        catch (BuildException)
        {
            return false;
        }
    }

    private static string[] Anywhere(string theirs, string ours, string before)
    {
        byte[] published = File.ReadAllBytes(theirs);
        byte[] built = File.ReadAllBytes(ours);
        int at = Excerpt.FirstDifference(published, built) ?? 0;
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{before}{Excerpt.HowMany(published, built)}, from byte 0x{at:x} on:"),
            .. Excerpt.Lines(published, built, at),
        ];
    }

    // all in full where there is room; else the first in full, of the others their first lines, and how many are left
    private static List<string> Shorten(List<Difference> found, int room)
    {
        string[] all = [.. found.SelectMany(one => one.Lines)];
        if (all.Length <= room)
        {
            return [.. all];
        }

        List<string> lines = [.. found[0].Lines];
        int next = 1;
        while (next < found.Count && lines.Count < room - 1)
        {
            lines.Add(found[next++].Lines[0].TrimEnd(':'));
        }

        if (next < found.Count)
        {
            lines.Add($"… and {found.Count - next} more");
        }

        return lines;
    }

    // an MSI unpacks into folders of its own: the bytes tell, else the end of the path
    private static string? OwnerOf(string name, string ours, IReadOnlyList<PackedFile> contents)
    {
        string sha256 = Files.Sha256(ours);
        return (contents.FirstOrDefault(file => file.Sha256 == sha256 && name.EndsWith(file.Path, StringComparison.Ordinal))
            ?? contents.FirstOrDefault(file => file.Sha256 == sha256))?.From;
    }

    private static string Of(string? owner) => owner is null ? string.Empty : $" (from {owner})";

    private static string Size(string file) => $"{Files.SizeOf(file).ToString("N0", CultureInfo.InvariantCulture)} bytes";

    /// <summary>One difference.</summary>
    /// <param name="Lines">At least one.</param>
    private sealed record Difference(string[] Lines)
    {
        /// <summary>The component whose file it is; null: not known, or it is in what the packager writes.</summary>
        public string? Owner { get; init; }

        /// <summary>The two files inside, unpacked; null: it is no file inside.</summary>
        public (string Theirs, string Ours)? Pair { get; init; }
    }
}
