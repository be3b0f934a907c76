using System.Globalization;

namespace Qcw.Build.Reporting;

/// <summary>The part of a report about sizes: a treemap, and tables that say the same down to folders and large files.</summary>
/// <param name="release">The release.</param>
/// <param name="difference">What changed since another; null: nothing is compared.</param>
/// <param name="coarseness">1; the larger, the fewer small things are shown by themselves.</param>
internal sealed class SizesPart(ReleaseContents release, ReleaseDifference? difference, int coarseness)
{
    // shares of a file of the release that get rows of their own
    private readonly double leastItem = 0.001 * coarseness;
    private readonly double leastFolder = 0.01 * coarseness;
    private readonly double leastFile = 0.02 * coarseness;

    /// <summary>The section.</summary>
    public Markup Draw() => Markup.Of(
        $"""
        <section aria-labelledby="sizes"><h2 id="sizes">Sizes</h2>
        {(release.Files.Count == 0
            ? Markup.Of($"<p>No file of the release is there yet.</p>")
            : Markup.Of($"{Drawings()}{Overview()}{release.Files.Where(file => file.Unpacked > 0).Select(Details)}"))}
        </section>
        """);

    private Markup Drawings()
    {
        if (release.Files.All(file => file.Unpacked == 0))
        {
            return Markup.None;
        }

        var drawing = new TreemapDrawing(release);
        return Markup.Of(
            $"""
            <p class="lead">Each area is as large as what is installed: a file of the release, the components in it, their folders,
            their files. Each component has one colour.</p>
            {drawing.Draw("wide", 1200, 620, 500 * coarseness)}{drawing.Draw("narrow", 360, 620, 700 * coarseness)}
            """);
    }

    private Markup Overview() => PagePieces.Table(
        "Files of the release",
        [
            "file", "download", "installed", "installed files",
            .. difference is null ? (string[])[] : ["download since", "installed since"],
        ],
        [
            .. release.Files.Select(file => Row(file.Name, file.Packed, file.Unpacked, Count(file), difference?.BeforeOf(file))),
            Row("all together", release.Files.All(file => file.Packed is not null) ? release.Files.Sum(file => file.Packed) : null,
                release.Files.Sum(file => file.Unpacked), release.Files.Sum(Count), null, isSum: true),
        ],
        firstNumber: 1);

    private static int Count(ReleasedContents file) => file.Items.Sum(item => item.Files.Count);

    private Markup Row(string name, long? packed, long unpacked, int count, ReleasedContents? before, bool isSum = false)
    {
        Markup since = difference is null ? Markup.None
            : isSum ? Markup.Of($"<td class=\"n\"></td><td class=\"n\"></td>")
            : before is null ? Markup.Of($"<td class=\"n\">new</td><td class=\"n\">new</td>")
            : Markup.Of(
                $"<td class=\"n\">{(packed is { } now && before.Packed is { } was ? PagePieces.Delta(was, now) : Markup.Of($"—"))}</td>"
                    + $"<td class=\"n\">{PagePieces.Delta(before.Unpacked, unpacked)}</td>");
        return Markup.Of(
            $"<tr>{PagePieces.RowHead(name)}<td class=\"n\">{(packed is { } bytes ? ByteSize.Format(bytes) : "—")}</td>"
                + $"<td class=\"n\">{ByteSize.Format(unpacked)}</td><td class=\"n\">{count:N0}</td>{since}</tr>");
    }

    private Markup Details(ReleasedContents file)
    {
        ReleasedContents? before = difference?.BeforeOf(file);
        return PagePieces.Box(
            Markup.Of($"<strong><bdi>{file.Name}</bdi></strong>: {file.Unpacked:N0} bytes in {Count(file):N0} files"),
            PagePieces.Table(
                $"Sizes in {file.Name}",
                ["component, folder, file", "files", "bytes", "share", .. before is null ? (string[])[] : ["since"]],
                AllRows(file, before),
                firstNumber: 1));
    }

    /// <summary>The rows of a file of the release: components, which sum to it; those that are too small have one row together.</summary>
    private IEnumerable<Markup> AllRows(ReleasedContents file, ReleasedContents? before)
    {
        long whole = file.Unpacked; // a sum over thousands of files
        ContainedItem[] items =
        [
            .. file.Items.Where(item => item.Files.Count > 0).OrderByDescending(item => item.Files.Sum(one => one.Size))
                .ThenBy(item => item.Key, StringComparer.Ordinal),
        ];
        ContainedItem[] small = [.. items.Where(item => item.Files.Sum(one => one.Size) < whole * leastItem)];
        ContainedItem[] shown = small.Length > 1 ? [.. items.Except(small)] : items;
        IEnumerable<Markup> rows = shown.SelectMany(item => Rows(whole, item, before));
        return shown.Length == items.Length ? rows : rows.Append(Row(
            "item", string.Create(CultureInfo.InvariantCulture, $"{small.Length} smaller components, modules and packages"),
            [.. small.SelectMany(item => item.Files)], whole, before is null ? null : ""));
    }

    /// <summary>The rows of a component: their folders sum to it, and what is too small has one row together.</summary>
    private IEnumerable<Markup> Rows(long whole, ContainedItem item, ReleasedContents? before)
    {
        ContainedItem[] old = [.. before?.Items.Where(other => other.Key == item.Key) ?? []];
        yield return Row(
            "item", item.Version is { } version ? $"{item.Key} {version}" : item.Key, item.Files, whole,
            before is null ? null : Since([.. old.SelectMany(other => other.Files)], item.Files));
        var folders = item.Files.GroupBy(one => one.Folder).Select(folder => (Folder: folder.Key, Files: folder.ToArray()))
            .OrderByDescending(folder => folder.Files.Sum(one => one.Size)).ThenBy(folder => folder.Folder, StringComparer.Ordinal)
            .ToArray();
        bool IsSmall((string Folder, ContainedFile[] Files) folder) => folder.Files.Sum(one => one.Size) < whole * leastFolder;
        foreach ((string folder, ContainedFile[] files) in folders.Length == 1 ? [] : folders.Where(folder => !IsSmall(folder)))
        {
            yield return Row("sub", folder.Length == 0 ? "(top folder)" : folder + "/", files, whole, before is null ? null : "");
            foreach (Markup large in Large(files, whole, before))
            {
                yield return large;
            }
        }

        if (folders.Length == 1)
        {
            foreach (Markup large in Large(folders[0].Files, whole, before))
            {
                yield return large;
            }

            yield break;
        }

        ContainedFile[] small = [.. folders.Where(IsSmall).SelectMany(folder => folder.Files)];
        if (small.Length > 0 && small.Length < item.Files.Count)
        {
            int count = folders.Count(IsSmall);
            yield return Row(
                "sub",
                count == 1 ? $"{folders.First(IsSmall).Folder}/" : string.Create(CultureInfo.InvariantCulture, $"{count} smaller folders"),
                small, whole, before is null ? null : "");
        }
    }

    private IEnumerable<Markup> Large(ContainedFile[] files, long whole, ReleasedContents? before) =>
        files.Length == 1 ? [] : files.Where(one => one.Size >= whole * leastFile).OrderByDescending(one => one.Size)
            .ThenBy(one => one.Path, StringComparer.Ordinal)
            .Select(one => Row("leaf", one.Name, [one], whole, before is null ? null : ""));

    private static string Since(IReadOnlyList<ContainedFile> before, IReadOnlyList<ContainedFile> now) =>
        PagePieces.Delta(before.Count == 0 ? null : before.Sum(file => file.Size), now.Sum(file => file.Size)).ToString();

    private static Markup Row(string kind, string name, IReadOnlyList<ContainedFile> files, long whole, string? since)
    {
        long bytes = files.Sum(file => file.Size);
        return Markup.Of(
            $"<tr{(kind == "item" ? Markup.None : Markup.Of($" class=\"{kind}\""))}>{PagePieces.RowHead(name)}"
                + $"<td class=\"n\">{files.Count:N0}</td><td class=\"n\">{bytes:N0}</td>"
                + $"<td class=\"n\">{100.0 * bytes / Math.Max(1, whole):0.0} %</td>"
                + $"{(since is null ? Markup.None : Markup.Of($"<td class=\"n\">{since}</td>"))}</tr>");
    }
}
