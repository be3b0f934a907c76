using Qcw.Build.Fetching.Debian;
using Qcw.Build.Fetching.Git;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Fetching;

/// <summary>What upstream and Debian say of the versions that there are. None of it is an input of a build, so no mirror has it.</summary>
public sealed class UpstreamIndexes(
    TagReader tags, DebianArchive debian, FileFetcher files, HttpDownloader downloader, bool offline)
{
    private const string WhatToDo =
        "  what to do: check the address and the network (HTTPS_PROXY is honoured) and run again";

    /// <summary>True where nobody may be asked.</summary>
    public bool IsOffline => offline;

    /// <summary>The text of a page.</summary>
    /// <param name="owner">The component that messages name.</param>
    /// <param name="page">Its address.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BuildException">It cannot be had.</exception>
    public async Task<string> PageAsync(string owner, Uri page, CancellationToken cancel = default)
    {
        RequireNetwork(page.AbsoluteUri);
        var request = new FileRequest(owner, "page.txt", string.Empty, [new HttpOrigin(downloader, page)], null)
        {
            IsMirrored = false,
            Remedy = WhatToDo,
        };
        FetchedFile file = await files.FetchAsync(request, cancel);
        string text = await File.ReadAllTextAsync(file.Path, cancel);
        Files.Delete(Path.GetDirectoryName(file.Path)!); // the next run needs another one
        return text;
    }

    /// <summary>The tags of a repository.</summary>
    /// <exception cref="BuildException">It does not answer.</exception>
    public Task<IReadOnlyList<GitTag>> TagsAsync(string owner, Uri repository, CancellationToken cancel = default)
    {
        RequireNetwork(repository.AbsoluteUri);
        return tags.ReadAsync(owner, repository, cancel);
    }

    /// <summary>The days of commits.</summary>
    /// <exception cref="BuildException">They cannot be had.</exception>
    public Task<IReadOnlyDictionary<string, DateOnly>> DaysAsync(
        string owner, Uri repository, IReadOnlyCollection<string> commits, CancellationToken cancel = default)
    {
        RequireNetwork(repository.AbsoluteUri);
        return tags.DaysAsync(owner, repository, commits, cancel);
    }

    /// <summary>What Debian's index says of source packages.</summary>
    /// <param name="suite">Code name of the suite.</param>
    /// <param name="packages">Their names.</param>
    /// <param name="mayBeExpired">
    /// True: also an index that Debian does not vouch for any more, because its copy is old. It is still Debian's, but others may be newer:
    /// for what people read only.
    /// </param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BuildException">It cannot be read.</exception>
    public Task<SourceIndex> DebianAsync(
        string suite, IReadOnlyCollection<string> packages, bool mayBeExpired, CancellationToken cancel = default)
    {
        RequireNetwork($"Debian's index of {suite}");
        return debian.SourcesAsync(suite, packages, mayBeExpired, cancel);
    }

    /// <summary>A file of a source package, verified against the index. It is kept by its checksum.</summary>
    /// <param name="owner">The component that messages name.</param>
    /// <param name="suite">Code name of the suite whose index lists it.</param>
    /// <param name="package">The package.</param>
    /// <param name="file">Which of its files.</param>
    /// <param name="mayBeExpired">As the index was read.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BuildException">It cannot be had.</exception>
    public Task<FetchedFile> DebianFileAsync(
        string owner, string suite, SourcePackage package, SourcePackageFile file, bool mayBeExpired, CancellationToken cancel = default) =>
        files.FetchAsync(
            new FileRequest(
                owner, file.Name, string.Empty,
                [
                    new AptOrigin(
                        debian, $"Debian source package {package.Package} {package.Version}",
                        new AptIndex(suite, Source: true) { MayBeExpired = mayBeExpired },
                        _ => Task.FromResult(DebianArchive.FileOf(suite, package, file))),
                ],
                file.Sha256)
            {
                IsMirrored = false,
                Remedy = Remedies.Debian,
            },
            cancel);

    private void RequireNetwork(string what)
    {
        if (offline)
        {
            throw new BuildException($"{what} was not asked (--offline)");
        }
    }
}
