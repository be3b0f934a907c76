namespace Qcw.Build.Core;

/// <summary>The record beside a step's output that says which inputs made it: <c>&lt;output&gt;.fingerprint</c>, JSON.</summary>
/// <param name="Hash">The fingerprint.</param>
/// <param name="Inputs">Its inputs by name, so that a person can see what changed; no code reads them.</param>
/// <param name="By">How the output was made, for the steps that take it.</param>
public sealed record Stamp(string Hash, IReadOnlyDictionary<string, string> Inputs, Provenance By)
{
    /// <summary>True where <see cref="By"/> says which packages the tools are from; older records do not.</summary>
    public bool HasToolchain { get; init; }

    /// <summary>Where the stamp of an output is.</summary>
    public static string PathFor(string output) => output + ".fingerprint";

    /// <summary>The stamp of an output, or null where there is none or it cannot be read (then the step runs again).</summary>
    public static Stamp? Read(string output) =>
        JsonText.ReadOrNull<Stamp>(PathFor(output)) is { Hash: not null, Inputs: not null, By: not null } stamp ? stamp : null;

    /// <summary>Writes the stamp of an output. To be called last: a stamp says that the output is complete.</summary>
    public static void Write(string output, Fingerprint fingerprint, Provenance by) =>
        Files.Write(PathFor(output), JsonText.Of(new Stamp(fingerprint.Hash, fingerprint.Inputs, by) { HasToolchain = true }));
}
