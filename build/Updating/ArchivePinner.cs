using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Signatures;

namespace Qcw.Build.Updating;

/// <summary>
/// Pins an archive of upstream's: by the signature of the pinned key where the line has one, else by at least two sources that agree.
/// </summary>
/// <param name="fetcher">Downloads.</param>
/// <param name="debian">Looks up <c>.orig</c> archives.</param>
/// <param name="tags">Looks up commits of tags.</param>
internal sealed class ArchivePinner(Fetcher fetcher, DebianPinner debian, TagPinner tags)
{
    /// <summary>Downloads the archive of a version and verifies it.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="source">As it is pinned now.</param>
    /// <param name="path">Where it stands in the file.</param>
    /// <param name="findings">Gets the changes.</param>
    /// <returns>The archive, a full path.</returns>
    /// <exception cref="BuildException">It cannot be had, or nothing proves it.</exception>
    public async Task<string> PinAsync(UpdateRequest request, ArchiveSource source, string path, Findings findings)
    {
        Uri[] urls = [.. source.Urls.Select((url, index) => new Uri(request.Follow($"{path}.urls[{index}]", url.AbsoluteUri)))];
        string? known = request.Component.Version == request.Version ? source.Sha256 : null;
        FetchedFile archive = source.Signature is { } signature
            ? await SignedAsync(request, signature, path, urls, known, findings)
            : await AgreedAsync(request, source, path, urls, known, findings);
        foreach ((int index, Uri url) in urls.Index())
        {
            findings.Set($"{path}.urls[{index}]", source.Urls[index].AbsoluteUri, url.AbsoluteUri);
        }

        findings.Set($"{path}.sha256", source.Sha256, archive.Sha256, behind: "urls");
        if (source.Signature is not null)
        {
            findings.Set($"{path}.origin", source.Origin, "C");
            await FollowCopiesAsync(request, source, path, archive.Sha256, findings);
        }

        return archive.Path;
    }

    private async Task<FetchedFile> SignedAsync(
        UpdateRequest request, DetachedSignature pinned, string path, Uri[] urls, string? known, Findings findings)
    {
        DetachedSignature pin = pinned with { Url = new Uri(request.Follow($"{path}.signature.url", pinned.Url.AbsoluteUri)) };
        FetchedFile signature;
        try
        {
            // the signature first: an archive of a stranger's is not even downloaded
            signature = await DownloadAsync(request, pin.Url, file => OpenPgp.CheckSignature(file, pin));
        }
        catch (FetchException e) when (e.IsAbsent)
        {
            throw new FetchException(
                $"{request.Name} {request.Version} is not signed: {pin.Url} is not there, "
                    + $"and the line asks for a signature of {pin.KeyFingerprint}\n"
                    + e.Problem,
                "  what to do: wait until upstream has signed it, or look whether the version is right");
        }

        FetchedFile archive = await FirstAsync(request, urls, file => OpenPgp.Verify(file, signature.Path, pin));
        request.RequireSame(urls[0].AbsoluteUri, known, archive.Sha256);
        findings.Set($"{path}.signature.url", pinned.Url.AbsoluteUri, pin.Url.AbsoluteUri);
        findings.Prove($"{Path.GetFileName(urls[0].LocalPath)}: signed by the pinned key {pin.KeyFingerprint}, sha256 {archive.Sha256}");
        return archive;
    }

    private async Task<FetchedFile> AgreedAsync(
        UpdateRequest request, ArchiveSource source, string path, Uri[] urls, string? known, Findings findings)
    {
        var recorders = new List<(string Who, string Sha256, bool IsCommit)>();
        var problems = new List<string>();
        FetchedFile? archive = null;
        foreach (Uri url in urls.DistinctBy(url => url.Host))
        {
            try
            {
                FetchedFile file = await DownloadAsync(request, url, null);
                archive ??= file;
                recorders.Add((url.Host, file.Sha256, false));
            }
            catch (FetchException e)
            {
                problems.Add(e.Problem);
            }
        }

        foreach ((int index, SameBytes copy) in source.AlsoAt.Index())
        {
            string field = $"{path}.alsoAt[{index}]";
            recorders.Add(copy switch
            {
                DebianCopy orig => ($"Debian's {orig.Suite}", (await debian.FollowAsync(request, orig, field, findings)).Sha256, false),
                GitArchive git => (
                    $"git archive of the tag's commit ({git.Url.Host})", await FollowAsync(request, git, field, findings), true),
                _ => throw new InvalidOperationException($"nothing follows a {copy.GetType().Name}"),
            });
        }

        string list = string.Concat(recorders.Select(one => $"\n    {one.Sha256}  {one.Who}"));
        if (recorders.Select(one => one.Sha256).Distinct().Count() > 1)
        {
            throw new BuildException(
                $"{request.Name} {request.Version} is not the same everywhere, and it is not signed:{list}\n"
                    + "  what to do: find out which one is upstream's; nothing was changed");
        }

        if (archive is null || recorders.Count < 2)
        {
            string why = string.Concat(problems.Select(problem => $"\n  {problem}"));
            throw new BuildException(
                $"{request.Name} {request.Version} is not signed, and at least two sources have to agree on its bytes: "
                    + $"{recorders.Count} did{list}{why}\n"
                    + "  what to do: give the line another place of the same bytes (urls on another host, alsoAt), "
                    + "or pin it by hand with origin 1");
        }

        request.RequireSame(urls[0].AbsoluteUri, known, archive.Sha256);
        findings.Set($"{path}.origin", source.Origin, recorders.Any(one => one.IsCommit) ? "C" : "2");
        findings.Prove(
            $"{Path.GetFileName(urls[0].LocalPath)}: not signed; "
                + $"{string.Join(" and ", recorders.Select(one => one.Who))} agree on {archive.Sha256}");
        return archive;
    }

    /// <summary>Other places of a signed archive have to have the same bytes.</summary>
    private async Task FollowCopiesAsync(UpdateRequest request, ArchiveSource source, string path, string sha256, Findings findings)
    {
        foreach ((int index, SameBytes copy) in source.AlsoAt.Index())
        {
            string field = $"{path}.alsoAt[{index}]";
            string other = copy switch
            {
                DebianCopy orig => (await debian.FollowAsync(request, orig, field, findings)).Sha256,
                GitArchive git => await FollowAsync(request, git, field, findings),
                _ => throw new InvalidOperationException($"nothing follows a {copy.GetType().Name}"),
            };
            if (other != sha256)
            {
                throw new BuildException($"{field} has other bytes in {request.Version}: {other}; take it off the list by hand");
            }
        }
    }

    private async Task<string> FollowAsync(UpdateRequest request, GitArchive git, string path, Findings findings)
    {
        string commit = await tags.CommitAsync(request, [git.Url], git.Commit);
        GitArchive followed = git with { Commit = commit, Prefix = request.Follow($"{path}.prefix", git.Prefix) };
        FetchedFile made = await fetcher.MakeGitArchiveAsync(request.Name, followed, $"{followed.Prefix.TrimEnd('/')}.tar.gz");
        findings.Set($"{path}.commit", git.Commit, commit);
        findings.Set($"{path}.prefix", git.Prefix, followed.Prefix);
        return made.Sha256;
    }

    private async Task<FetchedFile> FirstAsync(UpdateRequest request, Uri[] urls, Action<string> verify)
    {
        var failures = new List<FetchException>();
        foreach (Uri url in urls)
        {
            try
            {
                return await DownloadAsync(request, url, verify);
            }
            catch (FetchException e)
            {
                failures.Add(e);
            }
        }

        throw failures.FirstOrDefault(failure => failure.IsWrong) ?? failures[0];
    }

    // not from the cache and not from a mirror: whether upstream still has the same bytes is the question
    private Task<FetchedFile> DownloadAsync(UpdateRequest request, Uri address, Action<string>? verify) => fetcher.FetchFileAsync(
        request.Name, address, Path.GetFileName(address.LocalPath), null, verify: file =>
        {
            if (BodySniffer.Describe(file) is not null)
            {
                throw new BuildException($"{address} has no archive and no signature of {request.Version}");
            }

            verify?.Invoke(file);
        });
}
