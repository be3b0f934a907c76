namespace Qcw.Build.Model;

/// <summary>
/// One file of a Debian source package, its <c>.orig</c> archive. The file is what is pinned, so a newer
/// Debian revision of the same upstream version changes nothing.
/// </summary>
/// <param name="Package">The source package: <c>qemu</c>, <c>xz-utils</c>.</param>
/// <param name="Suite">Debian's code name of the suite whose index lists it: <c>bookworm</c>.</param>
/// <param name="File">The file's name: <c>qemu_7.2+dfsg.orig.tar.xz</c>.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
public sealed record DebianSource(
    string Package, string Suite, string File, string Sha256, string? Origin = null) : Source(Origin)
{
    /// <inheritdoc/>
    public override string Pin => $"{File} sha256:{Sha256}";

    /// <inheritdoc/>
    public override string Location => $"Debian source package {Package} ({Suite}), {File}";
}
