using System.Collections.Concurrent;
using Qcw.Build.Fetching.Cache;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Fetching.Git;
using Qcw.Build.Fetching.Http;
using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Fetching;

/// <summary>
/// The fetch phase, the only one that uses the network. It looks in <c>artifacts/downloads</c>, then in the mirror, then upstream, and
/// gives out nothing that was not verified.
/// </summary>
public sealed class Fetcher : IDisposable
{
    private readonly FetchOptions options;
    private readonly MirrorSource? mirror;
    private readonly BuildLog log;
    private readonly DownloadCache cache;
    private readonly HttpDownloader downloader;
    private readonly ProgressMeter meter;
    private readonly DebianArchive debian;
    private readonly FileFetcher files;
    private readonly ArchiveFetcher archives;
    private readonly GitFetcher repositories;
    private readonly FirmwareFetcher firmware;

    /// <summary>Touches neither disk nor network, but for looking whether a mirror folder exists.</summary>
    /// <exception cref="UsageException">The options contradict each other, or the mirror is not there.</exception>
    public Fetcher(Paths paths, FetchOptions options, BuildLog log, HttpSettings? http = null)
    {
        this.options = options;
        this.log = log;
        HttpSettings settings = http ?? new HttpSettings();
        mirror = MirrorSource.Parse(options);
        cache = new DownloadCache(paths.Downloads);
        downloader = new HttpDownloader(settings);
        meter = new ProgressMeter(log);
        debian = new DebianArchive(paths, log);
        files = new FileFetcher(cache, mirror, downloader, meter, log, options.Offline);
        archives = new ArchiveFetcher(cache, files, downloader);
        repositories = new GitFetcher(paths, mirror, downloader, settings, meter, log, options.Offline);
        firmware = new FirmwareFetcher(cache, files, debian, mirror, downloader, log, options);
    }

    /// <summary>GOPROXY for the mirror's Go modules; null where it has none.</summary>
    public string? GoProxy => mirror?.GoProxy;

    /// <summary>Full path of a folder in the mirror; null where it has none, or is a server.</summary>
    public string? MirrorFolder(string relative) => mirror?.Folder(relative);

    /// <summary>Fetches the sources and the remote patches of these components, several at once, one line a file.</summary>
    /// <exception cref="BuildException">Something cannot be had; all failures in one message.</exception>
    public async Task FetchAsync(IReadOnlyList<Component> components, CancellationToken cancel = default) =>
        FetchFailures.Throw(await TryFetchAsync(components, cancel));

    /// <summary>The same; what cannot be had is returned.</summary>
    public async Task<IReadOnlyList<BuildException>> TryFetchAsync(IReadOnlyList<Component> components, CancellationToken cancel = default)
    {
        var failures = new ConcurrentQueue<BuildException>();
        await Parallel.ForEachAsync(
            components.SelectMany(Input.Of),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallel), CancellationToken = cancel },
            async (input, token) =>
            {
                try
                {
                    log.Step(input.Owner, "fetch", $"{input.Name}: {await FetchAsync(input, token)}");
                }
                catch (BuildException e)
                {
                    // the others go on: a person wants to hear of everything that is missing at once
                    failures.Enqueue(e);
                }
            });
        return [.. failures];
    }

    /// <summary>Fetches the firmware packages of a line, in recorded versions where there is a record of these packages.</summary>
    /// <exception cref="BuildException">A package cannot be had.</exception>
    public async Task<IReadOnlyList<FetchedPackage>> FetchFirmwareAsync(ReleaseLine line, string owner, CancellationToken cancel = default)
    {
        FetchFailures.Throw(await TryFetchFirmwareAsync(line, cancel));
        return LocateFirmware(line, owner);
    }

    /// <summary>The same; what cannot be had is returned.</summary>
    public Task<IReadOnlyList<BuildException>> TryFetchFirmwareAsync(ReleaseLine line, CancellationToken cancel = default) =>
        firmware.FetchAsync(line, cancel);

    /// <summary>A component's source in the cache. Never uses the network.</summary>
    /// <exception cref="NotMadeException">It has not been fetched.</exception>
    /// <exception cref="BuildException">A one-off is not where the command line said, or there is nothing to fetch.</exception>
    public FetchedSource Locate(Component component) => Input.SourceOf(component) switch
    {
        null => throw new BuildException($"{component.Name} has no source to fetch: it consists of files of this repository"),
        { } input => Find(input) ?? throw (input is LocalInput
            ? new BuildException($"{component.Name}: {input.Upstream} does not exist")
            : NotFetched(component, input.Upstream)),
    };

    /// <summary>An input in the cache, or null where it has not been fetched. Never uses the network.</summary>
    public FetchedSource? Find(Input input) =>
        input switch
        {
            ArchiveInput archive when archives.Locate(archive.Source) is { } file => new(FetchedKind.Archive, file.Path, file.Sha256),
            DebianInput { Source: var file } when cache.Contains(file.Sha256, file.File) => new(
                FetchedKind.Archive, cache.PathOf(file.Sha256, file.File), file.Sha256),
            PatchInput { Patch: var patch } when cache.Contains(patch.Sha256, input.Name) => new(
                FetchedKind.Patch, cache.PathOf(patch.Sha256, input.Name), patch.Sha256),
            GitInput git when repositories.Locate(git.Source) is { } path => new(
                FetchedKind.GitRepository, path, DownloadCache.KeyOf([git.Pin])),
            LocalInput { Source: var local } when Directory.Exists(local.Path) => new(FetchedKind.Directory, local.Path, local.ContentHash),
            LocalInput { Source: var local } when File.Exists(local.Path) => new(FetchedKind.Archive, local.Path, local.ContentHash),
            _ => null,
        };

    /// <summary>True where a component's source and all its remote patches are in the cache.</summary>
    public bool IsComplete(Component component) =>
        Input.Of(component).All(input => Find(input) is not null);

    /// <summary>The patches of a component as files on disk, in order.</summary>
    /// <exception cref="NotMadeException">A remote one has not been fetched.</exception>
    public IReadOnlyList<(SourcePatch Patch, string File, string Sha256)> LocatePatches(Component component) =>
    [
        .. component.Patches.Select(patch => patch is not RemotePatch remote
            ? (patch, patch.File, Files.Sha256(patch.File))
            : Find(new PatchInput(component, remote)) is { } found
                ? (patch, found.Path, remote.Sha256)
                : throw NotFetched(component, $"the patch {patch.Name}")),
    ];

    /// <summary>The firmware packages of a line in the cache. Never uses the network.</summary>
    /// <param name="line">The line.</param>
    /// <param name="owner">The component that they are for.</param>
    /// <exception cref="NotMadeException">They have not been fetched.</exception>
    public IReadOnlyList<FetchedPackage> LocateFirmware(ReleaseLine line, string owner) =>
        firmware.Locate(line) ?? throw new NotMadeException(owner, Phase.Fetch, "the firmware packages have not been fetched yet");

    public void Dispose()
    {
        meter.Dispose();
        downloader.Dispose();
    }

    /// <summary>Fetches one input, and says what was done.</summary>
    private async Task<string> FetchAsync(Input input, CancellationToken cancel)
    {
        switch (input)
        {
            case ArchiveInput archive:
                return FetchReport.Text(await archives.FetchAsync(archive, cancel));
            case DebianInput file:
                return FetchReport.Text(await files.FetchAsync(Request(file), cancel));
            case PatchInput patch:
                return FetchReport.Text(
                    await files.FetchAsync(
                        new FileRequest(
                            patch.Owner, patch.Name, patch.MirrorPath, [new HttpOrigin(downloader, patch.Patch.Url)], patch.Patch.Sha256),
                        cancel));
            case GitInput git:
                string? from = await repositories.FetchAsync(git, cancel);
                string path = repositories.Locate(git.Source)!;
                return from is null ? "up to date" : $"fetched {ByteSize.Format(FolderSize(path))} from {from}";
            case LocalInput local:
                return Path.Exists(local.Source.Path)
                    ? local.Source.Path
                    : throw new BuildException($"{local.Owner}: {local.Source.Path} does not exist");
            default:
                throw new InvalidOperationException($"nothing here fetches a {input.GetType().Name}");
        }
    }

    private FileRequest Request(DebianInput input) => new(
        input.Owner, input.Name, input.MirrorPath,
        [
            new AptOrigin(
                debian, $"Debian source package {input.Source.Package} ({input.Source.Suite})", input.Source.Suite, true,
                token => debian.FindAsync(input.Source, token)),
        ],
        input.Source.Sha256)
    {
        Remedy = Remedies.Debian,
    };

    private static long FolderSize(string path) =>
        new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private static NotMadeException NotFetched(Component component, string what) =>
        new(component.Name, Phase.Fetch, $"{component.Name}: {what} has not been fetched yet");
}
