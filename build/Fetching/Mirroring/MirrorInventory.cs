using System.Text.Encodings.Web;
using System.Text.Json;
using Qcw.Build.Fetching.Cache;

namespace Qcw.Build.Fetching.Mirroring;

/// <summary>What was written into a mirror for a line: <c>inventory/&lt;line&gt;.json</c>. It is for people and archives; nothing is read with its help.</summary>
/// <param name="Line">The line's name.</param>
/// <param name="Inputs">Sorted by path, then by commit.</param>
public sealed record MirrorInventory(string Line, IReadOnlyList<MirrorEntry> Inputs)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a + in a file name stays one
    };

    /// <summary>
    /// The inventory with what is in the mirror now. What an earlier run wrote (for another target, or an older version of the line) is
    /// kept as long as it is there.
    /// </summary>
    /// <param name="now">What this run wrote or found right.</param>
    /// <param name="isThere">Says whether a path is still in the mirror.</param>
    public MirrorInventory With(IEnumerable<MirrorEntry> now, Func<string, bool> isThere)
    {
        MirrorEntry[] present = [.. now];
        IEnumerable<MirrorEntry> kept = Inputs.Where(old => isThere(old.Path) && !present.Any(entry => entry.Path == old.Path && entry.Commit == old.Commit));
        return this with
        {
            Inputs = [.. present.Concat(kept).OrderBy(entry => entry.Path, StringComparer.Ordinal).ThenBy(entry => entry.Commit, StringComparer.Ordinal)],
        };
    }

    /// <summary>Reads one; an empty one where there is none that can be read.</summary>
    public static MirrorInventory Read(string path, string line)
    {
        var none = new MirrorInventory(line, []);
        try
        {
            MirrorInventory? read = File.Exists(path) ? JsonSerializer.Deserialize<MirrorInventory>(File.ReadAllText(path), Format) : null;
            return read?.Inputs is { } inputs && inputs.All(entry => entry is { Path: not null, Component: not null, Upstream: not null }) ? none with { Inputs = inputs } : none;
        }
        catch (JsonException)
        {
            return none; // written anew
        }
    }

    /// <summary>Writes it, atomically, unless the file says so already.</summary>
    public void Write(string path)
    {
        string text = JsonSerializer.Serialize(this, Format) + "\n";
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            DownloadCache.WriteAtomically(path, text);
        }
    }
}
