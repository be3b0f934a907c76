namespace Qcw.Build.Components;

/// <summary>What Podman's documentation is made from, and where. All are full paths.</summary>
/// <param name="Source">The patched source tree; only read.</param>
/// <param name="PodmanRemote">Podman's remote client, built for this machine: it is asked for its commands.</param>
/// <param name="Work">A folder for this alone; what is in it goes.</param>
/// <param name="Output">The folder that gets the pages; what is in it goes.</param>
/// <param name="SourceDateEpoch">Seconds since 1970 UTC.</param>
/// <param name="LogFile">Gets all output.</param>
public sealed record PodmanDocsRequest(string Source, string PodmanRemote, string Work, string Output, long SourceDateEpoch, string LogFile);
