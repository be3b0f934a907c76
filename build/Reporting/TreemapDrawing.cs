namespace Qcw.Build.Reporting;

/// <summary>Draws what a release has inside as SVG; each component has a colour wherever it appears.</summary>
/// <param name="release">The release.</param>
public sealed class TreemapDrawing(ReleaseContents release)
{
    private const int Colours = 10;
    private const double Header = 15;
    private const double LetterWidth = 6.6;

    private readonly Dictionary<string, int> colours = release.Files.SelectMany(file => file.Items)
        .GroupBy(item => item.Key, item => item.Files.Sum(file => file.Size))
        .OrderByDescending(same => same.Sum()).ThenBy(same => same.Key, StringComparer.Ordinal)
        .Select((same, index) => (same.Key, Colour: index % Colours))
        .ToDictionary(pair => pair.Key, pair => pair.Colour, StringComparer.Ordinal);

    /// <summary>The drawing.</summary>
    /// <param name="name">Its class, and the start of the name of its parts.</param>
    /// <param name="width">In units, which are pixels where it is as wide as drawn.</param>
    /// <param name="height">Likewise.</param>
    /// <param name="smallest">The least area of a tile.</param>
    public Markup Draw(string name, int width, int height, double smallest)
    {
        var root = SizeNode.Of(release);
        IReadOnlyList<Tile> tiles = new Treemap(smallest, Header).Lay(root, width, height);
        return Markup.Of(
            $"""
            <svg class="treemap {name}" role="img" aria-labelledby="{name}-title" viewBox="0 0 {width} {height}">
            <title id="{name}-title">Sizes of what is installed, {ByteSize.Format(root.Size)} in all; the tables below say the same</title>
            {tiles.Select(Draw)}</svg>
            """);
    }

    private Markup Draw(Tile tile)
    {
        string colour = tile.Depth == 0 && !tile.IsLeaf ? "file"
            : $"c{colours.GetValueOrDefault(tile.Depth < 2 ? tile.Node.Name : tile.Path[1], Colours - 1)}";
        string title = tile.Depth < 2 ? tile.Node.Title : $"{tile.Path[1]}: {tile.Node.Title}";
        double x = Math.Round(tile.X, 1);
        double y = Math.Round(tile.Y, 1);
        return Markup.Of(
            $"<g><title>{title}, {ByteSize.Format(tile.Node.Size)}</title><rect class=\"{colour} d{(tile.IsLeaf ? 3 : tile.Depth)}\" "
                + $"x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{tile.Width:0.#}\" height=\"{tile.Height:0.#}\"/>{Label(tile, x, y)}</g>");
    }

    private static Markup Label(Tile tile, double x, double y)
    {
        int letters = (int)((tile.Width - 6) / LetterWidth);
        if (tile.Height < Header - 1 || letters < 6)
        {
            return Markup.None;
        }

        string size = ByteSize.Format(tile.Node.Size);
        string name = tile.Node.Name;
        string text = name.Length + size.Length + 2 <= letters && tile.Depth < 2 ? $"{name}  {size}" : name;
        if (text.Length > letters)
        {
            // the end of a path tells more than its start
            text = tile.Depth == 2 ? "…" + text[^(letters - 1)..] : text[..(letters - 1)] + "…";
        }

        return Markup.Of($"<text class=\"t{(tile.Depth == 0 ? 0 : 1)}\" x=\"{x + 3:0.#}\" y=\"{y + 11.5:0.#}\">{text}</text>");
    }
}
