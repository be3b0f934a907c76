using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Http;
using Qcw.Build.Sources.Trees;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>What a test of fetching needs: folders, a server, and patience of a second.</summary>
public sealed class FetchFixture : IDisposable
{
    private readonly RecordingLog log = new();
    private readonly List<TimeSpan> delays = [];

    /// <summary>The scratch folder of the test.</summary>
    public TemporaryFolder Folder { get; } = new();

    /// <summary>Upstream.</summary>
    public HttpTestServer Server { get; } = new();

    /// <summary>The delays that would have been made.</summary>
    public IReadOnlyList<TimeSpan> Delays => delays;

    /// <summary>What a person would have read.</summary>
    public string Output => log.Text;

    /// <summary>Where that is written.</summary>
    public BuildLog Log => log.Log;

    /// <summary>The folders of the build.</summary>
    public Paths Paths => new(Folder["root"], Folder["artifacts"]);

    /// <summary>A component of that source.</summary>
    public static Component Component(Source source, params SourcePatch[] patches) =>
        Sample.Component("sample", source: source, patches: patches);

    /// <summary>An archive with that pin.</summary>
    public static Component Archive(byte[] pinned, params Uri[] urls) => Component(Sample.Archive(pinned, urls));

    /// <summary>A fetcher, as a new run of the build would make it.</summary>
    public Fetcher Fetcher(FetchOptions? options = null) => new(Paths, options ?? new FetchOptions(), Log, new HttpSettings
    {
        UsesArchives = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        StallTimeout = TimeSpan.FromMilliseconds(500),
        Delay = (delay, _) =>
        {
            lock (delays)
            {
                delays.Add(delay);
            }

            return Task.CompletedTask;
        },
    });

    /// <summary>Fetches, and gives the bytes that later phases get.</summary>
    public async Task<byte[]> FetchAsync(Component component, FetchOptions? options = null)
    {
        using Fetcher fetcher = Fetcher(options);
        await fetcher.FetchAsync([component]);
        return await File.ReadAllBytesAsync(fetcher.Locate(component).Path);
    }

    /// <summary>Writes the files of a fetched source as the patch phase does, and returns the folder.</summary>
    public string Unpack(Component component, FetchedSource source) =>
        new SourceTree(Paths, new StepRunner(Log), Log, 0).Unpack(component, source).Path;

    /// <summary>Fetches, and gives the error that a person reads.</summary>
    public string FetchError(Component component, FetchOptions? options = null)
    {
        using Fetcher fetcher = Fetcher(options);
        string message = Assert.ThrowsAsync(Is.InstanceOf<BuildException>(), () => fetcher.FetchAsync([component]))!.Message;
        Assert.That(
            () => fetcher.Locate(component),
            Throws.InstanceOf<BuildException>().With.Message.Contains("has not been fetched yet"), "nothing may be found after a failure");
        return message;
    }

    /// <summary>The first bytes that the requests asked for; null: the whole file.</summary>
    public IEnumerable<long?> Froms => Server.Requests.Select(request => request.From);

    /// <summary>Unfinished downloads on disk.</summary>
    public IReadOnlyList<string> Partials => Directory.Exists(Folder["artifacts/downloads/partial"])
        ? Directory.GetFiles(Folder["artifacts/downloads/partial"], "*.part") : [];

    public void Dispose()
    {
        Server.Dispose();
        Folder.Dispose();
        log.Dispose();
    }
}
