using Qcw.Build.Fetching.Cache;

namespace Qcw.Build.Fetching.Signatures;

/// <summary>
/// Says that an archive of the cache was verified against a signature and a key: <c>downloads/signed/&lt;key of the request&gt;.json</c>.
/// Its name is a hash of all that was pinned (file names, addresses, hash, key fingerprint, bytes of the key file), so that a change of any
/// of them verifies again.
/// </summary>
/// <param name="Archive">sha256 of the archive.</param>
/// <param name="Signature">sha256 of the signature file.</param>
public sealed record SignatureRecord(string Archive, string Signature)
{
    /// <summary>Where the record of a source is.</summary>
    public static string PathFor(DownloadCache cache, ArchiveSource source)
    {
        DetachedSignature signature = source.Signature ?? throw new ArgumentException("the source is not signed", nameof(source));
        string keyFile = File.Exists(signature.KeyFile)
            ? Files.Sha256(signature.KeyFile)
            : throw new BuildException($"the key file {signature.KeyFile} is missing");
        string key = DownloadCache.KeyOf(
            [source.Pin, signature.Url.AbsoluteUri, signature.KeyFingerprint, keyFile, .. source.Urls.Select(url => url.AbsoluteUri)]);
        return Path.Combine(cache.Folder, "signed", key + ".json");
    }

    /// <summary>The record of a source whose files are both in the cache, or null.</summary>
    public static SignatureRecord? Read(DownloadCache cache, ArchiveSource source)
    {
        // without a record both files are verified again
        var record = JsonText.ReadOrNull<SignatureRecord>(PathFor(cache, source));
        return record is { Archive: not null, Signature: not null }
            && cache.Contains(record.Archive, source.FileName) && cache.Contains(record.Signature, SignatureName(source)) ? record : null;
    }

    /// <summary>Writes the record of a source.</summary>
    public void Write(DownloadCache cache, ArchiveSource source) => Files.Write(PathFor(cache, source), JsonText.Of(this));

    /// <summary>File name of a source's signature.</summary>
    public static string SignatureName(ArchiveSource source) => Path.GetFileName(source.Signature!.Url.LocalPath);
}
