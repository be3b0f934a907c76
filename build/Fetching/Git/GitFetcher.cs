using Qcw.Build.Fetching.Http;
using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Fetching.Git;

/// <summary>
/// Fetches git repositories at a commit, from a mirror or upstream, into <c>downloads/git/&lt;name&gt;-&lt;commit&gt;.git</c>: bare, with
/// every blob of the sparse patterns.
/// </summary>
public sealed class GitFetcher(
    Paths paths, MirrorSource? mirror, HttpDownloader downloader, HttpSettings settings, ProxySettings proxies, ProgressMeter meter,
    BuildLog log, bool offline, StepLog? record = null)
{
    private string Folder => Path.Combine(paths.Downloads, "git");

    /// <summary>The repository of a source, or null if it is not there or was fetched with other sparse patterns.</summary>
    public string? Locate(GitSource source)
    {
        string path = PathOf(source);
        string patterns = Path.Combine(path, "qcw-sparse");
        return File.Exists(patterns) && File.ReadAllText(patterns) == Patterns(source) ? path : null;
    }

    /// <summary>Where a repository in the cache was fetched from, as records say it; null: not known.</summary>
    public string? ServedBy(GitSource source)
    {
        string record = Path.Combine(PathOf(source), "qcw-origin");
        return File.Exists(record) ? File.ReadAllText(record) : null;
    }

    /// <summary>True where a repository can be fetched without the network.</summary>
    public bool IsNear(GitSource source) => Locate(source) is not null || mirror?.Repository(NameOf(source)) is { NeedsNetwork: false };

    /// <summary>The last part of the address without <c>.git</c>: what a mirror calls the repository.</summary>
    public static string NameOf(GitSource source)
    {
        string name = source.Url.AbsolutePath.TrimEnd('/').Split('/')[^1];
        return Uri.UnescapeDataString(name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name);
    }

    /// <summary>Fetches a repository.</summary>
    /// <returns>Where it was fetched from; null: it was in the cache.</returns>
    /// <exception cref="MissingOfflineException">
    /// It is neither in the cache nor in a mirror folder, and the network is forbidden.
    /// </exception>
    /// <exception cref="BuildException">Every source failed; the message lists them.</exception>
    public async Task<string?> FetchAsync(GitInput input, CancellationToken cancel)
    {
        using OpenEvent? entry = record?.BeginFetch(input.Owner, input.Name);
        (GitOrigin? origin, bool isMirror) = await LookAsync(input, cancel);
        entry?.Fetched(
            origin is null ? "cache" : isMirror ? "mirror" : "upstream", origin is { NeedsNetwork: true },
            origin is not null && record is not null ? Files.SizeOf(PathOf(input.Source)) : null);
        return origin?.Location;
    }

    /// <summary>Fetches a repository; no origin: it was in the cache.</summary>
    private async Task<(GitOrigin? Origin, bool IsMirror)> LookAsync(GitInput input, CancellationToken cancel)
    {
        GitSource source = input.Source;
        if (Locate(source) is not null)
        {
            return (null, false);
        }

        string path = PathOf(source);
        using FileLock held = await FileLock.WaitAsync(
            path + ".lock", () => log.Step(input.Owner, "fetch", "waiting for another process that fetches it"), cancel);
        if (Locate(source) is not null)
        {
            return (null, false);
        }

        GitOrigin? mirrored = mirror?.Repository(NameOf(source));
        List<GitOrigin> origins =
        [
            .. new[] { mirrored }.OfType<GitOrigin>()
                .Concat(input.Places.Select(place => new GitOrigin(place.Text, NeedsNetwork: true)))
                .Where(origin => !offline || !origin.NeedsNetwork),
        ];
        if (origins.Count == 0)
        {
            throw new MissingOfflineException($"{input.Owner}: git commit {source.Commit}", source.Url.AbsoluteUri, input.MirrorPath);
        }

        string partial = path + Files.PartialSuffix;
        var problems = new List<string>();
        bool untrusted = false;
        using TransferProgress transfer = meter.Start(input.Owner, NameOf(source));
        foreach (GitOrigin origin in origins)
        {
            try
            {
                await AttemptsAsync(input, origin, partial, transfer, cancel);
                Files.Write(Path.Combine(partial, "qcw-sparse"), Patterns(source));
                Files.Write(Path.Combine(partial, "qcw-origin"), origin == mirrored ? Served.Mirror : origin.Location);
                Files.Replace(partial, path);
                return (origin, origin == mirrored);
            }
            catch (BuildException e)
            {
                Files.Delete(partial);
                string through = origin.NeedsNetwork ? proxies.Through(new Uri(origin.Location)) : string.Empty;
                string full = DiskSpace.Shortage(path) is { } shortage ? "\n    " + shortage : string.Empty;
                problems.Add($"{origin.Location}{through}\n    {e.Message}{full}");
                untrusted |= e is ProcessFailedException failed && GitFailures.Explain(failed).Failure == TransferFailure.Untrusted;
                if (origin != origins[^1])
                {
                    log.Warn($"{input.Owner}: {problems[^1]}\n    trying the next source");
                }
            }
        }

        string reasons = string.Join("\n  ", problems);
        throw new FetchException(
            $"{input.Owner}: git commit {source.Commit} could not be fetched (in a mirror: {input.MirrorPath})\n  {reasons}",
            untrusted ? Remedies.Certificate : Remedies.Upstream);
    }

    private async Task AttemptsAsync(
        GitInput input, GitOrigin origin, string partial, TransferProgress transfer, CancellationToken cancel)
    {
        var backoff = new Backoff(settings);
        string configuration = partial + ".config";
        Uri[] server = origin.NeedsNetwork ? [new Uri(origin.Location)] : [];
        var git = new GitRepository(partial)
        {
            NetworkConfiguration = configuration,
            LogFile = paths.Log(input.Owner, "fetch"),
            Environment = proxies.ForChild(server),
        };

        // git refuses a repository that belongs to another user; naming it with --mirror says that it is meant
        string text = origin.NeedsNetwork ? GitRepository.NetworkSettings() : GitRepository.Trusting(origin.Location);
        Files.Write(configuration, text, secret: true);
        try
        {
            while (true)
            {
                // git cannot resume, and a killed one leaves locks behind: start over
                Files.Delete(partial);
                try
                {
                    void Notice(string text) => log.Step(input.Owner, "fetch", text);
                    var plain = new PlainGitServer(downloader, git, transfer, Notice);
                    await new GitAttempt(git, input.Source, plain, Notice).FromAsync(origin.Location, cancel);
                    return;
                }
                catch (ProcessFailedException e)
                    when (origin.NeedsNetwork && backoff.Next(GitFailures.Explain(e), progressed: false) is { } delay)
                {
                    log.Step(input.Owner, "fetch", $"{e.Message}; trying again in {delay.TotalSeconds:0.#} s");
                    await settings.Delay(delay, cancel);
                }
            }
        }
        finally
        {
            Files.Delete(configuration);
        }
    }

    private string PathOf(GitSource source) => Path.Combine(Folder, $"{NameOf(source)}-{source.Commit}.git");

    private static string Patterns(GitSource source) => string.Join('\n', source.Sparse);
}
