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
    private readonly SemaphoreSlim places;
    private readonly MirrorSource? mirror;
    private readonly Upstream upstream;
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
    /// <exception cref="UsageException">The options contradict each other, the mirror is not there, or a variable is no proxy.</exception>
    public Fetcher(Paths paths, FetchOptions options, BuildLog log, HttpSettings? http = null, StepLog? record = null)
    {
        this.options = options;
        this.log = log;
        places = new SemaphoreSlim(Math.Max(1, options.Parallel));
        HttpSettings settings = http ?? new HttpSettings();
        mirror = MirrorSource.Parse(options);
        cache = new DownloadCache(paths.Downloads);
        ProxySettings proxies = options.Offline ? ProxySettings.None : ProxySettings.FromEnvironment();
        downloader = new HttpDownloader(settings, proxies);
        meter = new ProgressMeter(log);
        debian = new DebianArchive(paths, proxies, log);
        files = new FileFetcher(cache, mirror, downloader, meter, log, options.Offline, record);
        repositories = new GitFetcher(paths, mirror, downloader, settings, proxies, meter, log, options.Offline, record);
        upstream = new Upstream(downloader, debian, repositories, settings.UsesArchives);
        archives = new ArchiveFetcher(cache, files, upstream, record);
        firmware = new FirmwareFetcher(cache, files, debian, mirror, downloader, log, options);
        Indexes = new UpstreamIndexes(new TagReader(paths, proxies), debian, files, downloader, options.Offline);
    }

    /// <summary>What upstream and Debian say of the versions that there are.</summary>
    public UpstreamIndexes Indexes { get; }

    /// <summary>GOPROXY for the mirror's Go modules; null where it has none.</summary>
    public string? GoProxy => mirror?.GoProxy;

    /// <summary>Full path of a folder in the mirror; null where it has none, or is a server.</summary>
    public string? MirrorFolder(string relative) => mirror?.Folder(relative);

    /// <summary>Fetches a file that is no input of a build from one address; no mirror is asked.</summary>
    /// <param name="owner">What messages name.</param>
    /// <param name="address">Its address.</param>
    /// <param name="fileName">Its name in the cache, without a folder.</param>
    /// <param name="sha256">What its bytes must be, 64 lower-case hex digits; null: anything, and it is fetched each time.</param>
    /// <param name="verify">A further check of the bytes: throws <see cref="BuildException"/> with what is wrong.</param>
    /// <param name="cancel">Aborts the download; the bytes so far stay.</param>
    /// <exception cref="FetchException">It cannot be had; it says whether it is absent, or another file.</exception>
    /// <exception cref="MissingOfflineException">It is not in the cache, and the network is forbidden.</exception>
    public Task<FetchedFile> FetchFileAsync(
        string owner, Uri address, string fileName, string? sha256, Action<string>? verify = null, CancellationToken cancel = default) =>
        files.FetchAsync(
            new FileRequest(owner, fileName, string.Empty, [new HttpOrigin(downloader, address)], sha256)
            {
                IsMirrored = false,
                Verify = verify,
                Remedy = "  what to do: check the address and the network (HTTPS_PROXY is honoured) and run again, downloads are resumed",
            },
            cancel);

    /// <summary>Makes an archive of a commit as <c>git archive</c> does; the repository is fetched for it.</summary>
    /// <param name="owner">What messages name.</param>
    /// <param name="archive">Of which commit.</param>
    /// <param name="fileName">Its name in the cache, without a folder.</param>
    /// <param name="cancel">Aborts it.</param>
    /// <exception cref="BuildException">The commit cannot be had.</exception>
    public Task<FetchedFile> MakeGitArchiveAsync(string owner, GitArchive archive, string fileName, CancellationToken cancel = default) =>
        files.FetchAsync(
            new FileRequest(
                owner, fileName, string.Empty, [new GitArchiveOrigin(repositories, owner, new GitArchivePlace(archive))], null)
            {
                IsMirrored = false,
            },
            cancel);

    /// <summary>Fetches the sources of these components, and the patches that are not here, several at once, one line a file.</summary>
    /// <exception cref="BuildException">Something cannot be had; all failures in one message.</exception>
    public async Task FetchAsync(IReadOnlyList<Component> components, CancellationToken cancel = default) =>
        FetchFailures.Throw(await TryFetchAsync(components, cancel));

    /// <summary>The same; what cannot be had is returned.</summary>
    public Task<IReadOnlyList<BuildException>> TryFetchAsync(IReadOnlyList<Component> components, CancellationToken cancel = default) =>
        TryAsync(components.SelectMany(Jobs), cancel);

    /// <summary>Fetches single inputs, several at once, one line a file.</summary>
    /// <exception cref="BuildException">Something cannot be had; all failures in one message.</exception>
    public async Task FetchInputsAsync(IEnumerable<Input> inputs, CancellationToken cancel = default) =>
        FetchFailures.Throw(await TryAsync(
            inputs.Select(input => (Func<CancellationToken, Task>)(token => FetchAndTellAsync(input, token))), cancel));

    private async Task<IReadOnlyList<BuildException>> TryAsync(IEnumerable<Func<CancellationToken, Task>> jobs, CancellationToken cancel)
    {
        var failures = new ConcurrentQueue<BuildException>();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, Stopping.Token);
        await Parallel.ForEachAsync(
            jobs,
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallel), CancellationToken = either.Token },
            async (job, token) =>
            {
                // one limit for all tasks that fetch side by side
                await places.WaitAsync(token);
                try
                {
                    await job(token);
                }
                catch (BuildException e)
                {
                    // the others go on: a person wants to hear of everything that is missing at once
                    failures.Enqueue(e);
                }
                finally
                {
                    places.Release();
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

    /// <summary>A component's source in the cache: the first of it and its alternatives that is there. Never uses the network.</summary>
    /// <exception cref="NotMadeException">It has not been fetched.</exception>
    /// <exception cref="BuildException">A one-off is not where the command line said, or there is nothing to fetch.</exception>
    public FetchedSource Locate(Component component)
    {
        IReadOnlyList<SourceWay> ways = Input.WaysTo(component);
        return ways[0].Inputs.Count == 0
            ? throw new BuildException($"{component.Name} has no source to fetch: it consists of files of this repository")
            : ways.Select(Find).FirstOrDefault(found => found is not null) ?? throw (component.Source is LocalSource local
                ? new BuildException($"{component.Name}: {local.Path} does not exist")
                : NotFetched(component, ways[0].Inputs[0].Upstream));
    }

    /// <summary>An input in the cache, or null where it has not been fetched. Never uses the network.</summary>
    public FetchedSource? Find(Input input) => input switch
    {
        ArchiveInput archive when archives.Locate(archive.Source) is { } file =>
            InCache(FetchedKind.Archive, file.Sha256, archive.Name, archive.Source),
        DebianInput { Source: var file } when cache.Contains(file.Sha256, file.File) =>
            InCache(FetchedKind.Archive, file.Sha256, file.File, file),
        DebianPackageInput { Package: var package } when cache.Contains(package.Sha256, package.File) =>
            InCache(FetchedKind.DebianPackages, package.Sha256, package.File, source: null),
        PatchInput { Patch: var patch } when cache.Contains(patch.Sha256, input.Name) =>
            InCache(FetchedKind.Patch, patch.Sha256, input.Name, source: null),
        GitInput { Source: var git } when repositories.Locate(git) is { } path =>
            new(FetchedKind.GitRepository, path, DownloadCache.KeyOf([input.Pin])) { Source = git, ServedBy = repositories.ServedBy(git) },
        LocalInput { Source: var local } when Path.Exists(local.Path) =>
            new(Directory.Exists(local.Path) ? FetchedKind.Directory : FetchedKind.Archive, local.Path, local.ContentHash)
            {
                Source = local,
            },
        _ => null,
    };

    /// <summary>True where a component's source and all its patches are in the cache or in this repository.</summary>
    public bool IsComplete(Component component) =>
        Input.WaysTo(component).Any(IsComplete) && Input.PatchesOf(component).All(input => Find(input) is not null);

    /// <summary>The patches of a component as files on disk, in order; of Debian's patches the archive or diff that has them.</summary>
    /// <exception cref="NotMadeException">One has not been fetched.</exception>
    public IReadOnlyList<(SourcePatch Patch, string File, string Sha256)> LocatePatches(Component component) =>
    [
        .. component.Patches.Select(patch => patch is LocalPatch local
            ? (patch, local.File, Files.Sha256(local.File))
            : Find(Input.Of(component, patch)!) is { } found
                ? (patch, found.Path, found.ContentHash)
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
        places.Dispose();
    }

    private bool IsComplete(SourceWay way) => way.Inputs.All(input => Find(input) is not null);

    /// <summary>What can be done at once: a component's source, and each of its patches.</summary>
    private IEnumerable<Func<CancellationToken, Task>> Jobs(Component component) =>
        Input.PatchesOf(component).Select(patch => (Func<CancellationToken, Task>)(cancel => FetchAndTellAsync(patch, cancel)))
            .Prepend(cancel => FetchSourceAsync(component, cancel));

    /// <summary>Fetches a component's source, or else the first of its alternatives that can be fetched.</summary>
    private async Task FetchSourceAsync(Component component, CancellationToken cancel)
    {
        IReadOnlyList<SourceWay> ways = Input.WaysTo(component);
        var failures = new List<BuildException>();
        foreach (SourceWay way in ways.FirstOrDefault(IsComplete) is { } complete ? [complete] : ways)
        {
            if (failures.Count > 0)
            {
                string problem = failures[^1] is FetchException failed ? failed.Problem : failures[^1].Message;
                log.Warn($"{problem}\n  {component.Name}: trying an alternative of the line: {way.Source.Location}");
            }

            try
            {
                foreach (Input input in way.Inputs)
                {
                    await FetchAndTellAsync(input, cancel);
                }

                return;
            }
            catch (BuildException e)
            {
                failures.Add(e);
            }
        }

        throw FetchFailures.OfAlternatives(failures);
    }

    private async Task FetchAndTellAsync(Input input, CancellationToken cancel) =>
        log.Step(input.Owner, "fetch", $"{input.Name}: {await FetchAsync(input, cancel)}");

    /// <summary>A source in the cache, with its submodules or all of its packages, or null.</summary>
    private FetchedSource? Find(SourceWay way)
    {
        if (!IsComplete(way) || Find(way.Inputs[0]) is not { } found)
        {
            return null;
        }

        return way.Source switch
        {
            GitSource git => found with { Submodules = [.. git.Submodules.Select(one => (one, repositories.Locate(one.Source)!))] },
            DebianPackagesSource packages => found with
            {
                ContentHash = DownloadCache.KeyOf([packages.Pin]),
                Source = packages,
                Packages = [.. way.Inputs.Select(input => Find(input)!.Path)],
            },
            _ => found,
        };
    }

    private FetchedSource InCache(FetchedKind kind, string sha256, string name, Source? source) =>
        new(kind, cache.PathOf(sha256, name), sha256) { Source = source, ServedBy = cache.ServedBy(sha256, name) };

    /// <summary>Fetches one input, and says what was done.</summary>
    private async Task<string> FetchAsync(Input input, CancellationToken cancel)
    {
        switch (input)
        {
            case ArchiveInput archive:
                return FetchReport.Text(await archives.FetchAsync(archive, cancel));
            case DebianInput file:
                return FetchReport.Text(await files.FetchAsync(upstream.Request(file, file.MirrorPath, file.Source.Sha256), cancel));
            case DebianPackageInput package:
                return FetchReport.Text(
                    await files.FetchAsync(upstream.Request(package, package.MirrorPath, package.Package.Sha256), cancel));
            case PatchInput patch:
                return FetchReport.Text(await files.FetchAsync(upstream.Request(patch, patch.MirrorPath, patch.Patch.Sha256), cancel));
            case GitInput git:
                string? from = await repositories.FetchAsync(git, cancel);
                string path = repositories.Locate(git.Source)!;
                return from is null ? "up to date" : $"fetched {ByteSize.Format(Files.SizeOf(path))} from {from}";
            case LocalInput local:
                return Path.Exists(local.Source.Path)
                    ? local.Source.Path
                    : throw new BuildException($"{local.Owner}: {local.Source.Path} does not exist");
            default:
                throw new InvalidOperationException($"nothing here fetches a {input.GetType().Name}");
        }
    }

    private static NotMadeException NotFetched(Component component, string what) =>
        new(component.Name, Phase.Fetch, $"{component.Name}: {what} has not been fetched yet");
}
