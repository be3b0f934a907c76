using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Qcw.Build.Fetching.Cache;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Fetching.Debian;

/// <summary>A file of Debian's archive, as apt's signed index describes it.</summary>
/// <param name="Uri">As apt reads it; other programs may not understand it.</param>
/// <param name="Name">File name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
public sealed partial record AptFile(string Uri, string Name, long Size, string Sha256)
{
    /// <summary>
    /// Addresses of the same file elsewhere: a security update is in the security archive, and after a point release in the main one too. A
    /// copy of the archives may lack it in one of them.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> Elsewhere { get; init; } = [];

    /// <summary>Reads what <c>--print-uris</c> prints; other lines are ignored.</summary>
    public static IReadOnlyList<AptFile> Parse(string output) =>
        [.. Line().Matches(output).Select(match => new AptFile(
            match.Groups[1].Value,
            match.Groups[2].Value,
            long.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture),
            match.Groups[4].Value))];

    [GeneratedRegex("^'([^']+)' (\\S+) ([0-9]{1,18}) SHA256:([0-9a-f]{64})\\s*$", RegexOptions.Multiline)]
    private static partial Regex Line();
}

/// <summary>A file in Debian's archive. It is looked up in the index only when it is fetched.</summary>
/// <param name="archive">The archive.</param>
/// <param name="location">How messages name it.</param>
/// <param name="index">The index that lists it.</param>
/// <param name="find">Looks the file up in the index.</param>
public sealed class AptOrigin(
    DebianArchive archive, string location, AptIndex index, Func<CancellationToken, Task<AptFile>> find) : IFileOrigin
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public string Location => location;

    public bool NeedsNetwork => true;

    public async Task<bool> DeliverAsync(PartialFile partial, TransferProgress transfer, Action<string> notice, CancellationToken cancel)
    {
        AptFile file = await find(cancel);

        // apt cannot resume: it knows nothing about the bytes of an earlier attempt
        partial.Delete();
        Directory.CreateDirectory(Path.GetDirectoryName(partial.Path)!);
        DiskSpace.Require(partial.Path, file.Size, $"the download of {file.Name}");
        transfer.Begin(0, file.Size, "Debian's archive");
        Task download = archive.DownloadAsync(index, file, partial.Path, cancel);
        while (await Task.WhenAny(download, Task.Delay(Interval, cancel)) != download)
        {
            cancel.ThrowIfCancellationRequested();
            transfer.Add(partial.Length - transfer.Done);
        }

        await download;
        transfer.Add(partial.Length - transfer.Done);
        return false;
    }
}
