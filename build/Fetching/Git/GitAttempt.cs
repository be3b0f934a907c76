using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Fetching.Git;

/// <summary>
/// One attempt to get one commit into a new bare repository: shallow, and without the blobs that the sparse patterns leave out. (A blob
/// that is never asked for cannot be missing on a server, nor cost anything here.)
/// </summary>
internal sealed class GitAttempt(GitRepository git, GitSource source, PlainGitServer plain, Action<string> notice)
{
    private const string Branch = "refs/heads/pinned";

    // objects may be missing, and origin has them
    private static readonly (string Name, string Value)[] Partial =
        [("extensions.partialClone", "origin"), ("remote.origin.promisor", "true"), ("remote.origin.partialCloneFilter", "blob:none")];

    /// <summary>Makes the repository.</summary>
    /// <exception cref="ProcessFailedException">git failed for a reason that no other way of asking helps against.</exception>
    /// <exception cref="BuildException">The commit is not there.</exception>
    public async Task FromAsync(string location, CancellationToken cancel)
    {
        git.InitializeBare();
        (string, string)[] settings = [("core.repositoryformatversion", "1"), ("remote.origin.url", location), .. Partial];
        foreach ((string name, string value) in settings)
        {
            await git.RunAsync(cancel, "config", name, value);
        }

        await FetchCommitAsync(location, cancel);
        await VerifyCommitAsync(location, cancel);
        await git.RunAsync(cancel, "update-ref", Branch, source.Commit);
        await git.RunAsync(cancel, "symbolic-ref", "HEAD", Branch);
        await FetchBlobsAsync(cancel);

        // whatever a later phase forgets to leave out must fail there, not reach for the network
        await git.RunAsync(cancel, "config", "protocol.allow", "never");
    }

    private async Task FetchCommitAsync(string location, CancellationToken cancel)
    {
        string[] filter = source.Sparse.Count > 0 ? ["--filter=blob:none"] : [];
        ProcessResult result = await git.TryAsync(
            cancel, ["fetch", "--quiet", "--no-tags", "--depth=1", .. filter, "origin", source.Commit]);
        if (result.ExitCode == 0)
        {
            if (result.StandardError.Contains("filtering not recognized by server", StringComparison.Ordinal))
            {
                notice("the server does not filter: it sent every file of the commit");
            }

            return;
        }

        if (result.StandardError.Contains("not our ref", StringComparison.Ordinal))
        {
            throw NoSuchCommit(location);
        }

        if (!NeedsWholeHistory(result.StandardError))
        {
            throw new ProcessFailedException(LastLines(result.StandardError), result.ExitCode);
        }

        string shallow = Path.Combine(git.Folder, "shallow");
        if (await plain.HasPinnedAsync(source.Commit, cancel))
        {
            notice("a mirror on a plain web server: taking its repository's packs");
            await plain.TakePacksAsync(location, cancel);
            await File.WriteAllTextAsync(shallow, source.Commit + "\n", cancel);

            // what it does not have cannot be asked for one by one
            await git.RunAsync(cancel, "config", "protocol.allow", "never");
            return;
        }

        notice("the server does not give single commits: fetching its whole history");
        File.Delete(shallow);

        // Not with missing objects allowed: against a plain web server git would start a fetch for each object that it lacks, and in each
        // of those again, without end.
        foreach ((string name, _) in Partial)
        {
            await git.RunAsync(cancel, "config", "--unset", name);
        }

        result = await git.TryAsync(
            cancel, "fetch", "--quiet", "--no-tags", "origin", "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*");
        if (result.ExitCode != 0)
        {
            throw new ProcessFailedException(LastLines(result.StandardError), result.ExitCode);
        }
    }

    // an old protocol that only serves branch heads, or a plain web server without git behind it
    private static bool NeedsWholeHistory(string error) =>
        error.Contains("does not allow request for unadvertised object", StringComparison.Ordinal)
        || error.Contains("does not support shallow", StringComparison.Ordinal);

    private async Task VerifyCommitAsync(string location, CancellationToken cancel)
    {
        // protocol.allow: a promisor remote would be asked for an object that is not here
        ProcessResult found = await git.TryAsync(
            cancel, "-c", "protocol.allow=never", "rev-parse", "--quiet", "--verify", source.Commit + "^{commit}");
        if (found.StandardOutput.Trim() != source.Commit)
        {
            throw NoSuchCommit(location);
        }
    }

    private BuildException NoSuchCommit(string location) => new($"{location} has no commit {source.Commit}");

    // A checkout into a folder that is thrown away: git itself decides which blobs the patterns ask for, and fetches them in one go.
    private async Task FetchBlobsAsync(CancellationToken cancel)
    {
        string tree = git.Folder + ".tree";
        GitRepository throwaway = git with { WorkTree = Directory.CreateDirectory(tree).FullName, Index = tree + ".index" };
        try
        {
            ProcessResult result = await throwaway.TryCheckOutAsync(source.Commit, source.Sparse, cancel);
            if (result.ExitCode != 0)
            {
                throw new ProcessFailedException(LastLines(result.StandardError), result.ExitCode);
            }
        }
        finally
        {
            Files.Delete(tree);
            Files.Delete(tree + ".index");
        }
    }

    /// <summary>The end of a program's error output, for a message.</summary>
    public static string LastLines(string text) =>
        string.Join("\n    ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(4));
}

/// <summary>Reads from git's words whether another attempt can help.</summary>
internal static class GitFailures
{
    private static readonly string[] Unreachable =
        [
            "Could not resolve", "Failed to connect", "Couldn't connect", "Connection refused", "No route to host",
            "Network is unreachable", "Could not connect",
        ];

    private static readonly string[] Final =
        ["not our ref", "not found", "does not appear to be a git repository", "Authentication failed", "could not read Username",
         "Permission denied", "requested URL returned error: 40", "could not be started", "No space left"];

    // OpenSSL's words, GnuTLS's, and curl's for a file of authorities that it cannot read
    private static readonly string[] Untrusted = ["SSL certificate", "certificate verification failed", "SSL: ", "setting certificate"];

    /// <summary>What a failure means, its words being git's.</summary>
    public static TransferException Explain(ProcessFailedException e) =>
        new(
            e.Message,
            Has(e, Untrusted) ? TransferFailure.Untrusted
            : Has(e, Unreachable) ? TransferFailure.Unreachable
            : Has(e, Final) ? TransferFailure.Final
            : TransferFailure.Passing,
            inner: e);

    private static bool Has(ProcessFailedException e, string[] texts) =>
        texts.Any(text => e.Message.Contains(text, StringComparison.Ordinal));
}

/// <summary>A git repository to fetch from.</summary>
/// <param name="Location">A path or an address, as git takes it.</param>
/// <param name="NeedsNetwork">False for a path on this machine.</param>
public sealed record GitOrigin(string Location, bool NeedsNetwork);
