using System.Globalization;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Fetching.Git;

/// <summary>A tag of a repository.</summary>
/// <param name="Name">Without <c>refs/tags/</c>.</param>
/// <param name="Commit">The commit that it names, through a tag object too: 40 hex digits.</param>
public sealed record GitTag(string Name, string Commit);

/// <summary>Asks repositories for their tags, without fetching what the tags name.</summary>
public sealed class TagReader(Paths paths, ProxySettings proxies)
{
    private const string Prefix = "refs/tags/";
    private const string Peeled = "^{}";

    /// <summary>The tags of a repository.</summary>
    /// <param name="owner">The component that messages and logs name.</param>
    /// <param name="repository">Its address.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="BuildException">It does not answer; the message has git's own words.</exception>
    public Task<IReadOnlyList<GitTag>> ReadAsync(string owner, Uri repository, CancellationToken cancel) =>
        WithRepositoryAsync(owner, repository, async git =>
            Parse(await git.RunAsync(cancel, "ls-remote", "--tags", "--", repository.AbsoluteUri)));

    /// <summary>The days on which commits were made. Only the commits are fetched, none of their files.</summary>
    /// <returns>By commit, in UTC.</returns>
    /// <exception cref="BuildException">They cannot be had.</exception>
    public Task<IReadOnlyDictionary<string, DateOnly>> DaysAsync(
        string owner, Uri repository, IReadOnlyCollection<string> commits, CancellationToken cancel) =>
        WithRepositoryAsync<IReadOnlyDictionary<string, DateOnly>>(owner, repository, async git =>
        {
            await git.RunAsync(
                cancel, ["fetch", "--quiet", "--no-tags", "--depth=1", "--filter=tree:0", "--", repository.AbsoluteUri, .. commits]);
            var days = new Dictionary<string, DateOnly>();
            foreach (string commit in commits)
            {
                string seconds = await git.RunAsync(cancel, "log", "-1", "--format=%ct", commit);
                var time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
                days[commit] = DateOnly.FromDateTime(time.UtcDateTime);
            }

            return days;
        });

    /// <summary>Reads what <c>git ls-remote --tags</c> prints; of an annotated tag the commit counts, not the tag object.</summary>
    internal static IReadOnlyList<GitTag> Parse(string output)
    {
        var commits = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('\t') is [{ Length: 40 } id, var name] && name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                bool peeled = name.EndsWith(Peeled, StringComparison.Ordinal);
                string tag = peeled ? name[Prefix.Length..^Peeled.Length] : name[Prefix.Length..];
                if (peeled || !commits.ContainsKey(tag))
                {
                    commits[tag] = id;
                }
            }
        }

        return [.. commits.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new GitTag(tag.Key, tag.Value))];
    }

    private async Task<T> WithRepositoryAsync<T>(string owner, Uri repository, Func<GitRepository, Task<T>> work)
    {
        string folder = Path.Combine(paths.Temporary, "tags", $"{owner}-{Guid.NewGuid():N}");
        string configuration = folder + ".config";
        var git = new GitRepository(folder)
        {
            NetworkConfiguration = configuration,
            LogFile = paths.Log(owner, "fetch"),
            Environment = proxies.ForChild([repository]),
        };
        try
        {
            Files.Write(
                configuration, repository.IsFile ? GitRepository.Trusting(repository.LocalPath) : GitRepository.NetworkSettings(),
                secret: true);
            git.InitializeBare();
            return await work(git);
        }
        catch (ProcessFailedException e)
        {
            throw new BuildException($"{repository.AbsoluteUri}{proxies.Through(repository)}: {GitFailures.Explain(e).Message}", e);
        }
        finally
        {
            Files.Delete(folder);
            Files.Delete(configuration);
        }
    }
}
