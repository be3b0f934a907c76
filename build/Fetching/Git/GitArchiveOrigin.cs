using Qcw.Build.Fetching.Cache;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Fetching.Git;

/// <summary>
/// An archive made with <c>git archive</c> from a repository that is fetched for it, as GitHub makes the archives of tags.
/// </summary>
/// <param name="repositories">Fetches the repository, from a mirror too.</param>
/// <param name="owner">The component that messages name.</param>
/// <param name="place">Which commit of which repository.</param>
public sealed class GitArchiveOrigin(GitFetcher repositories, string owner, GitArchivePlace place) : IFileOrigin
{
    private readonly GitInput input = new(owner, new GitSource(place.Archive.Url, place.Archive.Commit, []));

    public string Location => place.Text;

    public bool NeedsNetwork => !repositories.IsNear(input.Source);

    public async Task<bool> DeliverAsync(PartialFile partial, TransferProgress transfer, Action<string> notice, CancellationToken cancel)
    {
        await repositories.FetchAsync(input, cancel);
        partial.Delete();
        Directory.CreateDirectory(Path.GetDirectoryName(partial.Path)!);

        // gzip: what git compresses with itself depends on the zlib that it was built with, and GitHub uses this command
        await new GitRepository(repositories.Locate(input.Source)!).RunAsync(
            cancel, "-c", "tar.tar.gz.command=gzip -cn", "archive", "--format=tar.gz", "--prefix=" + place.Archive.Prefix,
            "--output=" + partial.Path, place.Archive.Commit);
        transfer.Add(partial.Length);
        return false;
    }
}
