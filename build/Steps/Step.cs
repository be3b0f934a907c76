namespace Qcw.Build.Steps;

/// <summary>One phase applied to one component.</summary>
/// <param name="Component">For people: <c>qemu</c>.</param>
/// <param name="Phase">For people: <c>compile</c>.</param>
/// <param name="Output">The file or folder it makes, an absolute path.</param>
/// <param name="Fingerprint">Everything that determines the output.</param>
public sealed record Step(string Component, string Phase, string Output, Fingerprint Fingerprint)
{
    /// <summary>Where the fingerprint is kept; default: beside the output. The release folder holds nothing but the release.</summary>
    public string StampAt { get; init; } = Output;
}
