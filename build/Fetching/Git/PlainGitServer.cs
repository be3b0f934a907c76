using System.Text.RegularExpressions;
using Qcw.Build.Fetching.Cache;
using Qcw.Build.Fetching.Http;
using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Fetching.Git;

/// <summary>
/// A repository of a mirror on a web server that only knows files. git's own way of reading such a server follows every object that a
/// commit names, and a mirror has neither the history before the pinned commit nor the files that a build leaves out. So its packs are
/// taken whole; git computes the id of each object in them from its content.
/// </summary>
internal sealed partial class PlainGitServer(HttpDownloader downloader, GitRepository git, TransferProgress transfer, Action<string> notice)
{
    /// <summary>True where <see cref="MirrorWriter"/> has put that commit into the remote that is called origin.</summary>
    public async Task<bool> HasPinnedAsync(string commit, CancellationToken cancel) =>
        (await git.TryAsync(cancel, "ls-remote", "--quiet", "--exit-code", "origin", MirrorLayout.Branch(commit))).ExitCode == 0;

    /// <summary>Brings all packs.</summary>
    /// <exception cref="ProcessFailedException">A pack is damaged.</exception>
    /// <exception cref="BuildException">The server does not give a file.</exception>
    public async Task TakePacksAsync(string location, CancellationToken cancel)
    {
        string packs = Directory.CreateDirectory(Path.Combine(git.Folder, "objects", "pack")).FullName;
        PartialFile list = await DownloadAsync(location, "info/packs", cancel);
        string[] names = [.. PackLine().Matches(await File.ReadAllTextAsync(list.Path, cancel)).Select(match => match.Groups[1].Value)];
        list.Delete();
        foreach (string name in names)
        {
            PartialFile pack = await DownloadAsync(location, "pack/" + name, cancel);
            string path = Path.Combine(packs, name);
            Files.Replace(pack.Path, path);
            pack.Delete();
            await git.RunAsync(cancel, "index-pack", "--promisor", path);
        }
    }

    private async Task<PartialFile> DownloadAsync(string location, string file, CancellationToken cancel)
    {
        var partial = new PartialFile(Path.Combine(git.Folder, "download.part"));
        var url = new Uri($"{location}/objects/{file}");
        try
        {
            await downloader.DownloadAsync(url, partial, transfer, notice, cancel);
            return partial;
        }
        catch (TransferException e)
        {
            throw new BuildException($"{url}: {e.Message}", e);
        }
    }

    [GeneratedRegex(@"^P (pack-[0-9a-f]+\.pack)\r?$", RegexOptions.Multiline)]
    private static partial Regex PackLine();
}
