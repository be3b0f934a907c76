using System.Collections.Concurrent;
using Qcw.Build.Fetching;
using Qcw.Build.Releasing;

namespace Qcw.Build.Verifying;

/// <summary>Fetches a published release into a folder. Files that it does not list are not asked for.</summary>
/// <param name="fetcher">Downloads; the cache keeps what was fetched.</param>
/// <param name="folder">The folder of all downloaded releases, a full path.</param>
/// <param name="parallel">Downloads at a time.</param>
public sealed class ReleaseDownload(Fetcher fetcher, string folder, int parallel)
{
    private const string Owner = "release";

    /// <summary>Finds out what a release is: a folder that is there, an address, or a tag of the project's repository.</summary>
    /// <param name="given">What the command line says: a full path where it is no address.</param>
    /// <param name="text">The same as it was typed.</param>
    /// <returns>The folder, or the address that its files' names follow; and the tag where it is one.</returns>
    /// <exception cref="UsageException">It is none of these.</exception>
    public static (string? Folder, Uri? Address, string? Tag) Place(string given, string text)
    {
        if (Uri.TryCreate(given, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        {
            return (null, new Uri(address.AbsoluteUri.TrimEnd('/') + "/"), null);
        }

        if (Directory.Exists(given))
        {
            return (given, null, null);
        }

        bool isTag = char.IsAsciiLetterOrDigit(text[0])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || "._+-".Contains(c, StringComparison.Ordinal));
        return isTag && !File.Exists(given)
            ? (null, new Uri($"{Publisher.Downloads}/{text}/"), text)
            : throw new UsageException(
                $"--release={text}: there is no such folder, and it is neither an http(s) address nor a tag of {Publisher.Repository}");
    }

    /// <summary>Fetches a release.</summary>
    /// <param name="address">The files' names follow it.</param>
    /// <param name="tag">Its tag, or null.</param>
    /// <param name="given">As the command line names it.</param>
    /// <returns>The release, and why a file of it could not be had, by name.</returns>
    /// <exception cref="BuildException">Its list cannot be had, or is damaged.</exception>
    public async Task<(Published Release, IReadOnlyDictionary<string, FileResult> Problems)> RunAsync(
        Uri address, string? tag, string given)
    {
        string target = Path.Combine(folder, new Fingerprint().Add("address", address.AbsoluteUri).Hash[..16]);
        Files.Delete(target); // what an earlier run left may have been taken back since
        Directory.CreateDirectory(target);
        string[] beside =
        [
            ChecksumFile.Sha256Name, ChecksumFile.Sha512Name, ReleaseChecksums.UnsignedName, .. ReleaseSignatures.FileNames,
            .. tag is null ? [] : (string[])[Published.BundlesOf(tag)],
        ];
        foreach (string name in beside)
        {
            await TryAsync(address, name, null, target);
        }

        var release = new Published(given, target, tag);
        var problems = new ConcurrentDictionary<string, FileResult>();
        await Parallel.ForEachAsync(
            release.Sums ?? [],
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, parallel) },
            async (entry, _) =>
            {
                try
                {
                    if (!await TryAsync(address, entry.Key, entry.Value, target))
                    {
                        problems[entry.Key] = new FileResult(entry.Key, Verdict.NotChecked, "the server does not have it");
                    }
                }
                catch (FetchException e)
                {
                    problems[entry.Key] = new FileResult(
                        entry.Key, e.IsWrong ? Verdict.Fail : Verdict.NotChecked,
                        e.IsWrong ? $"the server has another file than {ChecksumFile.Sha256Name} lists" : "it could not be downloaded")
                    {
                        Details = e.Problem.Split('\n')[1..],
                    };
                }
            });
        return (release, problems);
    }

    // false: the server does not have it
    private async Task<bool> TryAsync(Uri address, string name, string? sha256, string target)
    {
        try
        {
            FetchedFile fetched = await fetcher.FetchFileAsync(Owner, new Uri(address, Uri.EscapeDataString(name)), name, sha256);
            Files.Copy(fetched.Path, Path.Combine(target, name));
            return true;
        }
        catch (FetchException e) when (e.IsAbsent)
        {
            return false;
        }
    }
}
