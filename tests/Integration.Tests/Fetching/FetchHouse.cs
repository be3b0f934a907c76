using System.Security.Cryptography;
using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Http;
using Qcw.Build.Sources.Trees;
using Qcw.Integration.Tests.Support;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>What a test of fetching needs: folders, a server, and patience of a second.</summary>
public sealed class FetchHouse : IDisposable
{
    private readonly StringWriter output = new();
    private readonly List<TimeSpan> delays = [];

    /// <summary>The scratch folder of the test.</summary>
    public TemporaryFolder Folder { get; } = new();

    /// <summary>Upstream.</summary>
    public HttpTestServer Server { get; } = new();

    /// <summary>The delays that would have been made.</summary>
    public IReadOnlyList<TimeSpan> Delays => delays;

    /// <summary>What a person would have read.</summary>
    public string Output => output.ToString();

    /// <summary>Where that is written.</summary>
    public BuildLog Log => new(output, interactive: false);

    /// <summary>The folders of the build.</summary>
    public Paths Paths => new(Folder["root"], Folder["artifacts"]);

    /// <summary>Bytes that do not compress and are the same each time.</summary>
    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>sha256 as pins have it.</summary>
    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>A component of that source.</summary>
    public static Component Component(Source source, params SourcePatch[] patches) => new("sample", "1.0", source, patches, [], []);

    /// <summary>An archive with that pin.</summary>
    public static Component Archive(byte[] pinned, params Uri[] urls) => Component(new ArchiveSource(urls, Sha256(pinned), null));

    /// <summary>A fetcher, as a new run of the build would make it.</summary>
    public Fetcher Fetcher(FetchOptions? options = null) => new(Paths, options ?? new FetchOptions(), Log, new HttpSettings
    {
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
        new SourceTree(Paths, new StepRunner(Log), Log, 0).Unpack(component, source);

    /// <summary>Fetches, and gives the error that a person reads.</summary>
    public string FetchError(Component component, FetchOptions? options = null)
    {
        using Fetcher fetcher = Fetcher(options);
        string message = Assert.ThrowsAsync(Is.InstanceOf<BuildException>(), () => fetcher.FetchAsync([component]))!.Message;
        Assert.That(() => fetcher.Locate(component), Throws.InstanceOf<BuildException>().With.Message.Contains("run --target="), "nothing may be found after a failure");
        return message;
    }

    /// <summary>The first bytes that the requests asked for; null: the whole file.</summary>
    public IEnumerable<long?> Froms => Server.Requests.Select(request => request.From);

    /// <summary>Unfinished downloads on disk.</summary>
    public IReadOnlyList<string> Partials => Directory.Exists(Folder["artifacts/downloads/partial"])
        ? Directory.GetFiles(Folder["artifacts/downloads/partial"], "*.part") : [];

    /// <inheritdoc/>
    public void Dispose()
    {
        Server.Dispose();
        Folder.Dispose();
        output.Dispose();
    }
}
