using System.Collections.Concurrent;
using System.Net;
using Qcw.Build.Fetching.Cache;

namespace Qcw.Build.Fetching.Http;

/// <summary>Downloads over HTTP: resumes, retries with exponential backoff, gives up early on hosts that cannot be reached.</summary>
public sealed class HttpDownloader : IDisposable
{
    private const int MaximumRedirections = 10;
    private readonly ConcurrentDictionary<string, string> unreachable = new(StringComparer.OrdinalIgnoreCase);
    private readonly HttpSettings settings;
    private readonly ProxySettings proxies;
    private readonly Lazy<HttpClient> client;

    /// <summary>Connects through these proxies, and to servers that <see cref="TrustedAuthorities"/> vouch for.</summary>
    public HttpDownloader(HttpSettings settings, ProxySettings proxies)
    {
        (this.settings, this.proxies) = (settings, proxies);
        client = new Lazy<HttpClient>(Connect); // offline nobody has to trust anything
    }

    /// <summary>Completes a partial file.</summary>
    /// <param name="url">http or https.</param>
    /// <param name="partial">Resumed if it came from the same address, otherwise started over.</param>
    /// <param name="transfer">Counts the bytes.</param>
    /// <param name="notice">Told about each attempt that failed and is repeated.</param>
    /// <param name="cancel">Aborts the download; the bytes so far stay.</param>
    /// <returns>
    /// True if a wrong hash may be due to the transfer (resumed, or of unknown length): then the caller starts over once.
    /// </returns>
    /// <exception cref="TransferException">All attempts failed.</exception>
    public async Task<bool> DownloadAsync(
        Uri url, PartialFile partial, TransferProgress transfer, Action<string> notice, CancellationToken cancel)
    {
        if (unreachable.TryGetValue(url.Authority, out string? known))
        {
            throw new TransferException(known, TransferFailure.Unreachable);
        }

        var backoff = new Backoff(settings);
        bool mayBeDamaged = false;
        while (true)
        {
            long before = partial.Length;
            var http = new HttpAttempt(client.Value, settings, proxies, url, partial, transfer);
            try
            {
                await http.RunAsync(cancel);
                return mayBeDamaged || http.MayBeDamaged;
            }
            catch (TransferException e) when (backoff.Next(e, progressed: partial.Length > before) is { } delay)
            {
                mayBeDamaged |= partial.Length > 0;
                string resume = partial.Length > 0 ? $", resuming after {ByteSize.Format(partial.Length)}" : string.Empty;
                notice($"{e.Message}; trying again in {delay.TotalSeconds:0.#} s{resume}");
                await settings.Delay(delay, cancel);
            }
            catch (TransferException e) when (e.Failure == TransferFailure.Unreachable)
            {
                // the other files of that host fail at once
                unreachable[url.Authority] = e.Message;
                throw;
            }
        }
    }

    public void Dispose()
    {
        if (client.IsValueCreated)
        {
            client.Value.Dispose();
        }
    }

    private HttpClient Connect()
    {
        var handler = new SocketsHttpHandler
        {
            Proxy = proxies,
            SslOptions = { CertificateChainPolicy = TrustedAuthorities.Policy() },
            ConnectTimeout = settings.ConnectTimeout,
            MaxAutomaticRedirections = MaximumRedirections,
            AutomaticDecompression = DecompressionMethods.None, // the pin is for the bytes as they are
        };
        var made = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        made.DefaultRequestHeaders.UserAgent.ParseAdd("qcw-build");
        made.DefaultRequestHeaders.Accept.ParseAdd("*/*");
        return made;
    }
}
