using Qcw.Build.Caching;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Host;

/// <summary>Which cache of steps a run uses.</summary>
internal static class CacheChoice
{
    /// <summary>The cache to use; null: none.</summary>
    /// <param name="options">What the command line said.</param>
    /// <param name="proves">True: what is made is compared with what somebody published.</param>
    /// <param name="log">Is told where the environment names a cache that is not used.</param>
    /// <exception cref="UsageException">The options contradict each other, or there is no such folder.</exception>
    public static CacheOptions? Of(BuildOptions options, bool proves, BuildLog log)
    {
        string? place = options.Cache ?? (Environment.GetEnvironmentVariable(StepCache.Variable) is { Length: > 0 } set ? set : null);
        if (place is null)
        {
            return !options.CacheWrite ? null : throw new UsageException("--cache-write needs --cache=DIR|URL: the cache to write");
        }

        if (proves)
        {
            // what was made elsewhere says nothing of whether it comes out the same here
            const string why = "what is made again to be compared must not come from a cache";
            if (options.Cache is not null)
            {
                throw new UsageException($"--cache: {why}; leave it out");
            }

            log.Info($"{StepCache.Variable} is not used: {why}");
            return null;
        }

        bool isAddress = StepCache.IsAddress(place, out _);
        if (isAddress && options.Offline)
        {
            throw new UsageException(
                "--cache: an address needs the network, which --offline forbids; give a folder, or leave one of them out");
        }

        var cache = new CacheOptions(isAddress ? place : Path.GetFullPath(place), options.CacheWrite);
        StepCache.Require(cache);
        return cache;
    }

    /// <summary>Opens it for this machine.</summary>
    public static StepCache Open(CacheOptions cache, Paths paths, BuildLog log)
    {
        var installed = new Lazy<InstalledPackages?>(InstalledPackages.Read);
        return StepCache.Open(cache, new HttpSettings(), paths.Temporary, Surroundings, log);

        // what depends on this machine's packages; in a container it is its base image that matters
        string Surroundings(Core.Provenance by) => by.BaseImages.Count == 0 && installed.Value is { } all
            ? all.With(by.Packages.Select(package => package.Name))
            : string.Empty;
    }
}
