namespace Qcw.Build.Fetching.Mirroring;

/// <summary>A file that a mirror gets.</summary>
/// <param name="Path">Where it stands in the mirror, relative and with slashes; <see cref="MirrorLayout"/> has the folders.</param>
/// <param name="Component">What it is an input of; for people and the inventory.</param>
/// <param name="Upstream">Where it is from: an address, or words where it has none.</param>
/// <param name="Source">Full path of the verified file that is copied.</param>
/// <param name="Sha256">What it was verified to be, 64 lower-case hex digits: the copy is compared with it.</param>
public sealed record MirrorFile(string Path, string Component, string Upstream, string Source, string Sha256);
