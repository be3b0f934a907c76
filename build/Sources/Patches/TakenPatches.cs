using System.Security.Cryptography;
using System.Text;
using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Sources.Patches;

/// <summary>Takes patches out of Debian's part of a source package, so that each is a file like other patches.</summary>
public static class TakenPatches
{
    private const string Folder = "debian/patches/";
    private const string Series = "series";
    private const int MostNames = 12;

    /// <summary>The patches in the order in which they are applied, below <see cref="Paths.TakenPatches"/>.</summary>
    /// <param name="paths">The folders of the build.</param>
    /// <param name="component">What they are for.</param>
    /// <param name="patches">Which of them.</param>
    /// <param name="archive">The verified archive or diff, a full path.</param>
    /// <exception cref="BuildException">
    /// The archive is damaged, lacks a patch, or its series has what cannot be read; the message names archive and patch.
    /// </exception>
    public static IReadOnlyList<PatchFile> Of(Paths paths, Component component, DebianPatches patches, string archive)
    {
        string folder = Path.Combine(paths.TakenPatches(component.Name), DebianFile.RevisionOf(patches.Archive.File));
        IEnumerable<(string Name, byte[] Bytes)> taken =
            patches.IsDiff ? [Diff(component, patches, archive)] : Take(component, patches, archive);
        return [.. taken.Select(patch => Write(Path.Combine(folder, patch.Name), patch.Name, patch.Bytes, patches.Archive.File))];
    }

    /// <summary>The names of the patches that Debian's part of a source package applies, in order; none where it has no series.</summary>
    /// <param name="archive">The verified archive, a full path.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="BuildException">It is damaged, or its series has what cannot be read.</exception>
    internal static IReadOnlyList<string> SeriesOf(string archive, string name) =>
        Read(archive).GetValueOrDefault(Series) is { } bytes ? NamesOf(Encoding.UTF8.GetString(bytes), name) : [];

    /// <summary>The names in a series file, in order.</summary>
    /// <param name="series">Its text: a patch a line, perhaps with options; comments begin with #.</param>
    /// <param name="of">What messages begin with.</param>
    /// <exception cref="BuildException">A patch has another option than -p1, which is what patches are applied with.</exception>
    internal static IReadOnlyList<string> NamesOf(string series, string of)
    {
        var names = new List<string>();
        foreach (string line in series.Split('\n'))
        {
            int comment = line.IndexOf('#', StringComparison.Ordinal);
            string[] words = (comment < 0 ? line : line[..comment]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is [var name, .. var options])
            {
                names.Add(options.FirstOrDefault(option => option != "-p1") is { } option
                    ? throw new BuildException($"{of}: its series has {name} with the option {option}, expected none or -p1")
                    : EntryPath.Problem(name, OperatingSystem.IsWindows()) is { } problem
                    ? throw new BuildException($"{of}: its series has {name}: {problem}")
                    : name);
            }
        }

        return names;
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Take(Component component, DebianPatches patches, string archive)
    {
        string of = $"{component.Name}: {patches.Archive.File}";
        Dictionary<string, byte[]?> files = Read(archive);
        IReadOnlyList<string> series = files.GetValueOrDefault(Series) is { } bytes ? NamesOf(Encoding.UTF8.GetString(bytes), of) : [];
        if (patches.Take.Count == 0 && series.Count == 0)
        {
            throw new BuildException($"{of} has no patches in {Folder}{Series}: take the entry off the list of patches");
        }

        foreach (string name in patches.Take.Count > 0 ? patches.Take : series)
        {
            yield return (name, !files.TryGetValue(name, out byte[]? content) ? throw Missing(of, name, series)
                : content ?? throw new BuildException($"{of}: {Folder}{name} is a link, expected a file"));
        }
    }

    private static BuildException Missing(string of, string name, IReadOnlyList<string> series)
    {
        string hint = Nearest.Match(name, series) is { } nearest ? $"; did you mean {nearest}?" : ".";
        string more = series.Count > MostNames ? $" and {series.Count - MostNames} more" : string.Empty;
        string has = series.Count > 0 ? string.Join(", ", series.Take(MostNames)) + more : "no patches";
        return new BuildException($"{of} has no {Folder}{name}{hint} Its series has: {has}");
    }

    /// <summary>The files below <c>debian/patches</c> by their names there; null in place of the bytes of a link.</summary>
    private static Dictionary<string, byte[]?> Read(string archive)
    {
        var files = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        try
        {
            using FileStream file = File.OpenRead(archive);
            foreach (ArchiveEntry entry in TarMembers.Read(archive, file))
            {
                string name = string.Join('/', EntryPath.Segments(entry.Name));
                if (entry.Kind is not ArchiveEntryKind.Directory && name.StartsWith(Folder, StringComparison.Ordinal))
                {
                    files[name[Folder.Length..]] = entry.Kind is ArchiveEntryKind.File ? Bytes(entry.Content) : null;
                }
            }
        }
        catch (InvalidDataException e)
        {
            throw ArchiveExtractor.Damaged(archive, e);
        }

        return files;
    }

    /// <summary>Debian's diff without what it changes in <c>debian/</c>, as one patch.</summary>
    private static (string Name, byte[] Bytes) Diff(Component component, DebianPatches patches, string archive)
    {
        byte[] bytes = Decompressed(archive);
        string[] lines = Encoding.Latin1.GetString(bytes).Split('\n');
        PatchSection[] sections = [.. PatchText.Parse(bytes).Mails.SelectMany(mail => mail.Sections)];
        var kept = new StringBuilder();
        foreach ((int number, PatchSection section) in sections.Index())
        {
            if (section.Paths.All(path => !path.StartsWith("debian/", StringComparison.Ordinal)))
            {
                int end = number + 1 < sections.Length ? sections[number + 1].Line - 1 : lines.Length;
                kept.Append(string.Join('\n', lines[(section.Line - 1)..end]));
                kept.Append(end < lines.Length ? "\n" : string.Empty);
            }
        }

        return kept.Length > 0
            ? (Path.GetFileNameWithoutExtension(patches.Archive.File), Encoding.Latin1.GetBytes(kept.ToString()))
            : throw new BuildException(
                $"{component.Name}: {patches.Archive.File} changes nothing outside debian/: take the entry off the list of patches");
    }

    /// <summary>The bytes of a diff.</summary>
    /// <param name="diff">The compressed file, a full path.</param>
    /// <exception cref="BuildException">It is damaged.</exception>
    internal static byte[] Decompressed(string diff)
    {
        try
        {
            using FileStream file = File.OpenRead(diff);
            using Stream text = ArchiveFormats.Decompress(ArchiveFormats.Detect(diff, file), file);
            return Bytes(text);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or SharpCompress.Common.SharpCompressException)
        {
            throw ArchiveExtractor.Damaged(diff, e);
        }
    }

    private static byte[] Bytes(Stream? content)
    {
        using var bytes = new MemoryStream();
        content?.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static PatchFile Write(string path, string name, byte[] bytes, string from)
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (!File.Exists(path) || Files.Sha256(path) != sha256)
        {
            Files.Write(path, file => file.Write(bytes));
        }

        return new PatchFile(name, path, sha256) { From = from };
    }
}
