namespace Qcw.Build.Fetching;

/// <summary>A firmware package in the version that was found.</summary>
/// <param name="Package">The binary package.</param>
/// <param name="Suite">The release it was looked up in.</param>
/// <param name="Version">Debian's version text.</param>
/// <param name="File">What apt knows of the <c>.deb</c>.</param>
public sealed record FirmwareEntry(string Package, string Suite, string Version, AptFile File);
