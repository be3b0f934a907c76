namespace Qcw.Build.Model;

/// <summary>A source archive, pinned by hash, by signature, or by both.</summary>
/// <param name="Urls">Tried in order.</param>
/// <param name="Sha256">64 lower-case hex digits, or null where only the signature is known.</param>
/// <param name="Signature">A detached OpenPGP signature, or null.</param>
public sealed record ArchiveSource(
    IReadOnlyList<Uri> Urls, string? Sha256, DetachedSignature? Signature, string? Origin = null) : Source(Origin)
{
    /// <summary>The archive's file name, as in the first URL.</summary>
    public string FileName => Path.GetFileName(Urls[0].LocalPath);

    /// <inheritdoc/>
    public override string Pin => $"{FileName} sha256:{Sha256 ?? "-"} openpgp:{Signature?.KeyFingerprint ?? "-"}";

    /// <inheritdoc/>
    public override string Location => Urls[0].AbsoluteUri;
}

/// <summary>A detached OpenPGP signature and the one key it must be made with.</summary>
/// <param name="Url">Of the <c>.sig</c> or <c>.asc</c> file.</param>
/// <param name="KeyFile">Full path of the armored public key, from <c>build/Versions/keys</c>.</param>
/// <param name="KeyFingerprint">Of the primary key, 40 upper-case hex digits; the key file must contain that key.</param>
public sealed record DetachedSignature(Uri Url, string KeyFile, string KeyFingerprint);
