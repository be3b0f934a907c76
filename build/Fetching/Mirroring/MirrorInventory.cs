namespace Qcw.Build.Fetching.Mirroring;

/// <summary>
/// What was written into a mirror for a line: <c>inventory/&lt;line&gt;.json</c>. It is for people and archives; nothing is read with its
/// help.
/// </summary>
/// <param name="Line">The line's name.</param>
/// <param name="Inputs">Sorted by path, then by commit.</param>
public sealed record MirrorInventory(string Line, IReadOnlyList<MirrorEntry> Inputs)
{
    /// <summary>
    /// The inventory with what is in the mirror now. What an earlier run wrote (for another target, or an older version of the line) is
    /// kept as long as it is there.
    /// </summary>
    /// <param name="now">What this run wrote or found right.</param>
    /// <param name="isThere">Says whether a path is still in the mirror.</param>
    public MirrorInventory With(IEnumerable<MirrorEntry> now, Func<string, bool> isThere)
    {
        MirrorEntry[] present = [.. now];
        IEnumerable<MirrorEntry> kept = Inputs.Where(old =>
            isThere(old.Path) && !present.Any(entry => entry.Path == old.Path && entry.Commit == old.Commit));
        return this with
        {
            Inputs =
            [
                .. present
                    .Concat(kept)
                    .OrderBy(entry => entry.Path, StringComparer.Ordinal)
                    .ThenBy(entry => entry.Commit, StringComparer.Ordinal),
            ],
        };
    }

    /// <summary>Reads the inventory of a line; an empty one where the file is missing or damaged (then it is written again).</summary>
    public static MirrorInventory Read(string path, string line)
    {
        var none = new MirrorInventory(line, []);
        return JsonText.ReadOrNull<MirrorInventory>(path)?.Inputs is { } inputs
            && inputs.All(entry => entry is { Path: not null, Component: not null, Upstream: not null })
            ? none with { Inputs = inputs } : none;
    }

    /// <summary>Writes the inventory unless the file has this text already.</summary>
    public void Write(string path)
    {
        string text = JsonText.Of(this);
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            Files.Write(path, text);
        }
    }
}
