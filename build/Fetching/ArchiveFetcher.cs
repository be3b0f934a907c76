using Qcw.Build.Fetching.Cache;
using Qcw.Build.Fetching.Mirroring;
using Qcw.Build.Fetching.Signatures;

namespace Qcw.Build.Fetching;

/// <summary>Fetches source archives that are pinned by hash, by signature, or by both.</summary>
public sealed class ArchiveFetcher(DownloadCache cache, FileFetcher files, Upstream upstream, StepLog? record = null)
{
    /// <summary>Fetches and verifies an archive.</summary>
    /// <exception cref="BuildException">It could not be fetched, or is not what is pinned.</exception>
    public async Task<FetchedFile> FetchAsync(ArchiveInput input, CancellationToken cancel)
    {
        ArchiveSource source = input.Source;
        FileRequest request = upstream.Request(input, input.MirrorPath, source.Sha256);
        if (source.Signature is not { } pin)
        {
            return source.Sha256 is not null
                ? await files.FetchAsync(request, cancel)
                : throw new BuildException(
                    $"{input.Owner}: {source.FileName} has neither a sha256 nor a signature, so nothing says what it must be");
        }

        if (SignatureRecord.Read(cache, source) is { } known)
        {
            using OpenEvent? entry = record?.BeginFetch(input.Owner, source.FileName);
            var there = new FetchedFile(cache.PathOf(known.Archive, source.FileName), known.Archive, null);
            entry?.Fetched("cache", network: false, new FileInfo(there.Path).Length);
            return there;
        }

        string name = SignatureRecord.SignatureName(source);
        FetchedFile signature = await files.FetchAsync(
            new FileRequest(input.Owner, name, MirrorLayout.Signature(name), [upstream.File(pin.Url)], null)
            {
                Verify = file => OpenPgp.CheckSignature(file, pin),
            },
            cancel);
        FetchedFile archive = await files.FetchAsync(
            request with { Verify = file => OpenPgp.Verify(file, signature.Path, pin) }, cancel);
        if (archive.From is null)
        {
            // the archive was in the cache already; the signature is new
            OpenPgp.Verify(archive.Path, signature.Path, pin);
        }

        new SignatureRecord(archive.Sha256, signature.Sha256).Write(cache, source);
        return archive;
    }

    /// <summary>The verified archive, or null if it has not been fetched with this pin.</summary>
    public FetchedFile? Locate(ArchiveSource source)
    {
        string? sha256 = source.Signature is null ? source.Sha256 : SignatureRecord.Read(cache, source)?.Archive;
        return sha256 is not null && cache.Contains(sha256, source.FileName)
            ? new FetchedFile(cache.PathOf(sha256, source.FileName), sha256, null)
            : null;
    }
}
