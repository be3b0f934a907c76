namespace Qcw.Build.Reporting;

/// <summary>Something with a size that may consist of others.</summary>
/// <param name="Name">For people.</param>
/// <param name="Size">Its own and that of all that is in it, in bytes.</param>
/// <param name="Parts">What is in it; their sizes sum to its own. Empty: it is one thing.</param>
public sealed record SizeNode(string Name, long Size, IReadOnlyList<SizeNode> Parts)
{
    /// <summary>A text for each place that shows it; default: its name.</summary>
    public string Title { get; init; } = Name;

    /// <summary>The release: its files, the components in each, their folders, and the files in these.</summary>
    public static SizeNode Of(ReleaseContents release) => Sum(release.Name, release.Files.Where(file => file.Unpacked > 0).Select(Of));

    /// <summary>A file of the release. What a person unpacks is what it has inside.</summary>
    public static SizeNode Of(ReleasedContents file) => Sum(
        file.Name,
        file.Items.Where(item => item.Files.Count > 0).Select(item => Sum(
            item.Key,
            item.Files.GroupBy(one => one.Folder).Select(folder => Sum(
                folder.Key.Length == 0 ? "(top folder)" : folder.Key,
                folder.Select(one => new SizeNode(one.Name, one.Size, []) { Title = one.Path }))))));

    private static SizeNode Sum(string name, IEnumerable<SizeNode> parts)
    {
        SizeNode[] sorted = [.. parts.OrderByDescending(part => part.Size).ThenBy(part => part.Name, StringComparer.Ordinal)];
        return new SizeNode(name, sorted.Sum(part => part.Size), sorted);
    }
}

/// <summary>A rectangle of a treemap.</summary>
/// <param name="Node">What it stands for.</param>
/// <param name="Depth">0: a file of the release; 1: a component; 2: a folder; 3: a file.</param>
/// <param name="Path">The names of what it is in, outermost first.</param>
/// <param name="X">Left, in the units of the drawing.</param>
/// <param name="Y">Top.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
public sealed record Tile(SizeNode Node, int Depth, IReadOnlyList<string> Path, double X, double Y, double Width, double Height)
{
    /// <summary>True where nothing is drawn into it.</summary>
    public bool IsLeaf { get; init; }

    /// <summary>How many things a tile stands for that were too small to be drawn; 0: it stands for one.</summary>
    public int Together { get; init; }
}

/// <summary>
/// Lays out sizes as nested rectangles whose areas are proportional within their parent: a squarified treemap (Bruls, Huizing, van Wijk,
/// 2000).
/// </summary>
/// <param name="smallest">The least area of a tile; what is smaller is put together with its neighbours.</param>
/// <param name="header">The height of the head of a tile that others are drawn into.</param>
public sealed class Treemap(double smallest, double header)
{
    private const double Gap = 1.5;
    private const int Files = 3;
    private readonly List<Tile> tiles = [];

    /// <summary>The tiles of a release, each behind what it is in.</summary>
    public IReadOnlyList<Tile> Lay(SizeNode root, double width, double height)
    {
        tiles.Clear();
        Place(root.Parts, 0, [], 0, 0, width, height);
        return [.. tiles];
    }

    private void Place(
        IReadOnlyList<SizeNode> nodes, int depth, IReadOnlyList<string> path, double x, double y, double width, double height)
    {
        long total = nodes.Sum(node => node.Size);
        if (total <= 0 || width <= 0 || height <= 0)
        {
            return;
        }

        double scale = width * height / total;
        List<SizeNode> shown = [.. nodes.Where(node => node.Size * scale >= smallest)];
        SizeNode[] rest = [.. nodes.Where(node => node.Size * scale < smallest && node.Size > 0)];
        if (rest.Length > 0)
        {
            shown.Add(new SizeNode(rest.Length == 1 ? rest[0].Name : $"{rest.Length} smaller", rest.Sum(node => node.Size), [])
            {
                Title = rest.Length == 1 ? rest[0].Title : $"{rest.Length} smaller ones",
            });
        }

        foreach ((SizeNode node, double left, double top, double w, double h) in
            Squarify([.. shown.OrderByDescending(node => node.Size)], scale, x, y, width, height))
        {
            bool isRest = rest.Length > 0 && ReferenceEquals(node, shown[^1]);
            double head = depth < Files - 1 ? header : 0;
            bool isOpen = !isRest && node.Parts.Count > 0 && w > 2 * header && h > head + header;
            tiles.Add(new Tile(node, depth, path, left, top, w, h) { IsLeaf = !isOpen, Together = isRest ? rest.Length : 0 });
            if (isOpen)
            {
                // of one folder or file there is nothing to tell apart, so its frame would only take room
                Place(
                    node.Parts, depth + 1, [.. path, node.Name], left + Gap, top + head, w - (2 * Gap), h - head - Gap);
            }
        }
    }

    private static List<(SizeNode Node, double X, double Y, double W, double H)> Squarify(
        SizeNode[] nodes, double scale, double x, double y, double width, double height)
    {
        var placed = new List<(SizeNode, double, double, double, double)>();
        int at = 0;
        while (at < nodes.Length)
        {
            double side = Math.Min(width, height);
            int count = 1;
            double area = nodes[at].Size * scale;
            double worst = Worst(area, area, area, side);
            while (at + count < nodes.Length)
            {
                double next = nodes[at + count].Size * scale;
                double ratio = Worst(area + next, nodes[at].Size * scale, next, side);
                if (ratio > worst)
                {
                    break;
                }

                (area, worst) = (area + next, ratio);
                count++;
            }

            bool isColumn = width >= height;
            double thickness = side <= 0 ? 0 : area / side;
            double offset = 0;
            foreach (SizeNode node in nodes.AsSpan(at, count))
            {
                double length = thickness <= 0 ? 0 : node.Size * scale / thickness;
                placed.Add(isColumn ? (node, x, y + offset, thickness, length) : (node, x + offset, y, length, thickness));
                offset += length;
            }

            (x, y, width, height) = isColumn
                ? (x + thickness, y, Math.Max(0, width - thickness), height)
                : (x, y + thickness, width, Math.Max(0, height - thickness));
            at += count;
        }

        return placed;
    }

    /// <summary>The worst ratio of sides in a row of a total area along a side, whose largest and smallest areas are known.</summary>
    private static double Worst(double total, double largest, double least, double side)
    {
        double square = side * side;
        return Math.Max(square * largest / (total * total), total * total / (square * Math.Max(least, double.Epsilon)));
    }
}
