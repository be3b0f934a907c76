namespace Qcw.Build.Model;

/// <summary>
/// A Debian binary package that firmware files are taken from. Debian updates these, so their pin is the archive's
/// signature (Release, Packages, sha256, checked by apt with Debian's keyring); the version that went in is recorded.
/// </summary>
/// <param name="Package">The binary package: <c>seabios</c>.</param>
/// <param name="Suite">Debian's code name of the suite: <c>bookworm</c>.</param>
/// <param name="Files">Paths inside the package, each without the leading slash; a <c>*</c> matches within a file name.</param>
public sealed record FirmwarePackage(string Package, string Suite, IReadOnlyList<string> Files)
{
    /// <summary>The name of the component that the firmware is for.</summary>
    public const string ComponentName = "qemu";
}
