using Qcw.Build.Model;

namespace Qcw.Build.Fetching;

/// <summary>A Debian binary package in the cache.</summary>
/// <param name="Package">What was asked for.</param>
/// <param name="Version">Debian's version text: <c>1.16.2-1</c>.</param>
/// <param name="Sha256">Of the <c>.deb</c>, from the archive's signed index: 64 lower-case hex digits.</param>
/// <param name="Path">Full path of the <c>.deb</c>.</param>
public sealed record FetchedPackage(FirmwarePackage Package, string Version, string Sha256, string Path);
