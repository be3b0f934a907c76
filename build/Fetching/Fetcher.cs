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
        IEnumerable<Func<CancellationToken, Task>> work = components.SelectMany(component =>
            component.Patches.OfType<RemotePatch>()
                .Select(patch => (Func<CancellationToken, Task>)(token => FetchPatchAsync(component, patch, token)))
                .Prepend(token => FetchSourceAsync(component, token)));
        var failures = new ConcurrentQueue<BuildException>();
        await Parallel.ForEachAsync(
            work,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallel), CancellationToken = cancel },
            async (one, token) =>
            {
                try
                {
                    await one(token);
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
    public async Task<IReadOnlyList<FetchedPackage>> FetchFirmwareAsync(ReleaseLine line, CancellationToken cancel = default)
    {
        FetchFailures.Throw(await TryFetchFirmwareAsync(line, cancel));
        return LocateFirmware(line);
    }

    /// <summary>The same; what cannot be had is returned.</summary>
    public Task<IReadOnlyList<BuildException>> TryFetchFirmwareAsync(ReleaseLine line, CancellationToken cancel = default) => firmware.FetchAsync(line, cancel);

    /// <summary>A component's source in the cache. Never uses the network.</summary>
    /// <exception cref="BuildException">It has not been fetched.</exception>
    public FetchedSource Locate(Component component) => Find(component) ?? throw component.Source switch
    {
        LocalSource local => new BuildException($"{component.Name}: {local.Path} is not there"),
        RecipeSource => new BuildException($"{component.Name} has no source to fetch: it consists of files of this repository"),
        _ => NotFetched(component, component.Source.Location),
    };

    /// <summary>The same; null where it has not been fetched, or there is nothing to fetch.</summary>
    public FetchedSource? Find(Component component)
    {
        return component.Source switch
        {
            ArchiveSource archive when archives.Locate(archive) is { } file => new(FetchedKind.Archive, file.Path, file.Sha256),
            DebianSource file when cache.Contains(file.Sha256, file.File) => new(FetchedKind.Archive, cache.PathOf(file.Sha256, file.File), file.Sha256),
            GitSource git when repositories.Locate(git) is { } path => new(FetchedKind.GitRepository, path, DownloadCache.KeyOf([git.Pin])),
            LocalSource local when Directory.Exists(local.Path) => new(FetchedKind.Directory, local.Path, local.ContentHash),
            LocalSource local when File.Exists(local.Path) => new(FetchedKind.Archive, local.Path, local.ContentHash),
            _ => null,
        };
    }

    /// <summary>True where a component's source and all its remote patches are in the cache.</summary>
    public bool IsComplete(Component component) =>
        Find(component) is not null && component.Patches.OfType<RemotePatch>().All(patch => cache.Contains(patch.Sha256, patch.Name + ".patch"));

    /// <summary>Full path of a remote patch's verified bytes. Never uses the network.</summary>
    /// <exception cref="BuildException">It has not been fetched.</exception>
    public string LocatePatch(Component component, RemotePatch patch)
    {
        return cache.Contains(patch.Sha256, patch.Name + ".patch")
            ? cache.PathOf(patch.Sha256, patch.Name + ".patch")
            : throw NotFetched(component, $"the patch {patch.Name}");
    }

    /// <summary>The firmware packages of a line in the cache. Never uses the network.</summary>
    /// <exception cref="BuildException">They have not been fetched.</exception>
    public IReadOnlyList<FetchedPackage> LocateFirmware(ReleaseLine line) =>
        firmware.Locate(line) ?? throw new BuildException("the firmware packages have not been fetched yet: run --target=QemuFetch first (or leave out --exclusive)");

    public void Dispose()
    {
        meter.Dispose();
        downloader.Dispose();
    }

    private async Task FetchSourceAsync(Component component, CancellationToken cancel)
    {
        switch (component.Source)
        {
            case ArchiveSource archive:
                Report(component, archive.FileName, await archives.FetchAsync(component, archive, cancel));
                break;
            case DebianSource file:
                Report(component, file.File, await files.FetchAsync(Request(component, file), cancel));
                break;
            case GitSource git:
                string? from = await repositories.FetchAsync(component, git, cancel);
                string path = repositories.Locate(git)!;
                log.Step(component.Name, "fetch", $"git {git.Commit[..12]}: {(from is null ? "up to date" : $"fetched {ByteSize.Format(FolderSize(path))} from {from}")}");
                break;
            case LocalSource:
                log.Step(component.Name, "fetch", $"local source {Locate(component).Path}");
                break;
            default:
                break; // a recipe: nothing to fetch, nothing to say
        }
    }

    private async Task FetchPatchAsync(Component component, RemotePatch patch, CancellationToken cancel)
    {
        var request = new FileRequest(
            component.Name, patch.Name + ".patch", MirrorLayout.Patch(component, patch), [new HttpOrigin(downloader, patch.Url)], patch.Sha256);
        Report(component, request.FileName, await files.FetchAsync(request, cancel));
    }

    private FileRequest Request(Component component, DebianSource file) => new(
        component.Name, file.File, MirrorLayout.Archive(file.File),
        [new AptOrigin(debian, $"Debian source package {file.Package} ({file.Suite})", file.Suite, true, token => debian.FindAsync(file, token))], file.Sha256)
    {
        Remedy = Remedies.Debian,
    };

    private void Report(Component component, string name, FetchedFile file) => log.Step(component.Name, "fetch", $"{name}: {FetchReport.Text(file)}");

    private static long FolderSize(string path) => new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private static BuildException NotFetched(Component component, string what) =>
        new($"{component.Name}: {what} has not been fetched yet: run --target=Fetch first (or leave out --exclusive)");
}
