using System.Text.Json;

namespace Qcw.Build.Core;

/// <summary>The record beside a step's output that says which inputs made it: <c>&lt;output&gt;.fingerprint</c>, JSON.</summary>
/// <param name="Hash">The fingerprint.</param>
/// <param name="Inputs">Its inputs by name, so that a person can see what changed; no code reads them.</param>
/// <param name="By">How the output was made, for the steps that take it.</param>
public sealed record Stamp(string Hash, IReadOnlyDictionary<string, string> Inputs, Provenance By)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Where the stamp of an output stands.</summary>
    public static string PathFor(string output) => output + ".fingerprint";

    /// <summary>The stamp of an output, or null where there is none or it cannot be read (then the step runs again).</summary>
    public static Stamp? Read(string output)
    {
        string path = PathFor(output);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Stamp>(File.ReadAllText(path), Format) is { Hash: not null, Inputs: not null, By: not null } stamp ? stamp : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the stamp beside its final place, then renames it: it is there whole or not at all.</summary>
    public static void Write(string output, Fingerprint fingerprint, Provenance by)
    {
        string path = PathFor(output);
        File.WriteAllText(path + ".partial", JsonSerializer.Serialize(new Stamp(fingerprint.Hash, fingerprint.Inputs, by), Format));
        File.Move(path + ".partial", path, overwrite: true);
    }
}
