using Qcw.Build.Fetching.Cache;
using Qcw.Build.Fetching.Http;
using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Fetching.Git;

/// <summary>Gets git repositories at a commit: <c>downloads/git/&lt;name&gt;-&lt;commit&gt;.git</c>, bare, complete for its sparse patterns.</summary>
public sealed class GitFetcher(
    Paths paths, MirrorSource? mirror, HttpDownloader downloader, HttpSettings settings, TransferMeter meter, BuildLog log, bool offline)
{
    private string Folder => Path.Combine(paths.Downloads, "git");

    /// <summary>The repository of a source, or null if it is not there or was fetched with other sparse patterns.</summary>
    public string? Locate(GitSource source)
    {
        string path = PathOf(source);
        string patterns = Path.Combine(path, "qcw-sparse");
        return File.Exists(patterns) && File.ReadAllText(patterns) == Patterns(source) ? path : null;
    }

    /// <summary>The last part of the address without <c>.git</c>: what a mirror calls the repository.</summary>
    public static string NameOf(GitSource source)
    {
        string name = source.Url.AbsolutePath.TrimEnd('/').Split('/')[^1];
        return Uri.UnescapeDataString(name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name);
    }

    /// <summary>Fetches a repository.</summary>
    /// <returns>Where it was fetched from now, or null: it was there.</returns>
    /// <exception cref="MissingOfflineException">It is nowhere, and the network is forbidden.</exception>
    /// <exception cref="BuildException">Every place failed; the message lists them.</exception>
    public async Task<string?> FetchAsync(GitInput input, CancellationToken cancel)
    {
        GitSource source = input.Source;
        if (Locate(source) is not null)
        {
            return null;
        }

        string path = PathOf(source);
        using FileLock held = await FileLock.AcquireAsync(
            path + ".lock", () => log.Step(input.Owner, "fetch", "another process fetches it, waiting"), cancel);
        if (Locate(source) is not null)
        {
            return null;
        }

        var origins = new List<GitOrigin?> { mirror?.Repository(NameOf(source)), new(source.Url.AbsoluteUri, NeedsNetwork: true) }
            .OfType<GitOrigin>().Where(origin => !offline || !origin.NeedsNetwork).ToList();
        if (origins.Count == 0)
        {
            throw new MissingOfflineException($"{input.Owner}: git commit {source.Commit}", source.Url.AbsoluteUri, input.MirrorPath);
        }

        var problems = new List<string>();
        using Transfer transfer = meter.Start(input.Owner, NameOf(source));
        foreach (GitOrigin origin in origins)
        {
            try
            {
                await AttemptsAsync(input, origin, path + ".partial", transfer, cancel);
                DownloadCache.WriteAtomically(Path.Combine(path + ".partial", "qcw-sparse"), Patterns(source));
                StepRunner.Delete(path);
                Directory.Move(path + ".partial", path);
                return origin.Location;
            }
            catch (BuildException e)
            {
                StepRunner.Delete(path + ".partial");
                problems.Add($"{origin.Location}\n    {e.Message}");
                if (origin != origins[^1])
                {
                    log.Warn($"{input.Owner}: {problems[^1]}\n    trying the next place");
                }
            }
        }

        throw new FetchException(
            $"{input.Owner}: git commit {source.Commit} could not be fetched (in a mirror: {input.MirrorPath})\n  {string.Join("\n  ", problems)}", Remedies.Upstream);
    }

    private async Task AttemptsAsync(GitInput input, GitOrigin origin, string partial, Transfer transfer, CancellationToken cancel)
    {
        GitSource source = input.Source;
        string logFile = paths.Log(input.Owner, "fetch");
        var backoff = new Backoff(settings);
        var git = new GitProgram(Configuration(origin), logFile);
        while (true)
        {
            // git cannot resume, and a killed one leaves locks behind: begin anew
            StepRunner.Delete(partial);
            try
            {
                void Notice(string text) => log.Step(input.Owner, "fetch", text);
                var fetch = new GitClone(git, partial, source, new PlainGitServer(downloader, git, partial, transfer, Notice), Notice);
                await Task.Run(() => fetch.FromAsync(origin.Location, cancel), cancel);
                return;
            }
            catch (ProcessFailedException e) when (origin.NeedsNetwork && backoff.Next(GitFailures.Explain(e), progressed: false) is { } delay)
            {
                log.Step(input.Owner, "fetch", $"{e.Message}; again in {delay.TotalSeconds:0.#} s");
                await settings.Delay(delay, cancel);
            }
        }
    }

    // git refuses a repository that belongs to another user; naming it with --mirror says that it is meant. It must be a file:
    // settings from the environment do not reach the process that git starts for the other side.
    private string Configuration(GitOrigin origin)
    {
        string text = origin.NeedsNetwork ? GitProgram.WayOut() : $"[safe]\n\tdirectory = \"{origin.Location.Replace("\\", @"\\", StringComparison.Ordinal)}\"\n";
        string file = Path.Combine(Folder, $"config-{DownloadCache.KeyOf([text])[..12]}");
        DownloadCache.WriteAtomically(file, text, secret: true);
        return file;
    }

    private string PathOf(GitSource source) => Path.Combine(Folder, $"{NameOf(source)}-{source.Commit}.git");

    private static string Patterns(GitSource source) => string.Join('\n', source.Sparse);
}
