using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Qcw.Tests.Support;

/// <summary>
/// A server of Bazel's HTTP cache protocol on the loopback that judges what it is given as bazel-remote does: what is put under
/// <c>/cas/</c> must have that sha256.
/// </summary>
public sealed class CacheServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<string> requests = new();

    /// <summary>Begins to listen.</summary>
    public CacheServer()
    {
        using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Root = new Uri($"http://localhost:{((IPEndPoint)free.LocalEndpoint).Port}/prefix");
        }

        listener.Prefixes.Add($"http://localhost:{Root.Port}/");
        listener.Start();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>Its address.</summary>
    public Uri Root { get; }

    /// <summary>What it keeps, by path: <c>/prefix/ac/…</c>.</summary>
    public ConcurrentDictionary<string, byte[]> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>Method and path of each request, in order.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>The value that the header Authorization must have; null: anybody may.</summary>
    public string? Authorization { get; set; }

    /// <summary>The status that everything is answered with; null: what is right.</summary>
    public HttpStatusCode? Always { get; set; }

    /// <summary>The only entry of a kind.</summary>
    public string Only(string kind) => Entries.Keys.Single(path => path.StartsWith($"/prefix/{kind}/", StringComparison.Ordinal));

    /// <summary>What a user and a password look like in a request.</summary>
    public static string Basic(string user, string password) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext exchange;
            try
            {
                exchange = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using (HttpListenerResponse response = exchange.Response)
            {
                await AnswerAsync(exchange.Request, response);
            }
        }
    }

    private async Task AnswerAsync(HttpListenerRequest request, HttpListenerResponse response)
    {
        string path = request.Url!.AbsolutePath;
        requests.Enqueue($"{request.HttpMethod} {path}");
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        if (Always is { } status)
        {
            response.StatusCode = (int)status;
        }
        else if (Authorization is not null && request.Headers["Authorization"] != Authorization)
        {
            response.StatusCode = (int)HttpStatusCode.Unauthorized;
        }
        else if (request.HttpMethod == "PUT")
        {
            byte[] bytes = body.ToArray();
            bool wrong = path.StartsWith("/prefix/cas/", StringComparison.Ordinal)
                && Convert.ToHexStringLower(SHA256.HashData(bytes)) != path[^64..];
            response.StatusCode = (int)(wrong ? HttpStatusCode.BadRequest : HttpStatusCode.OK);
            if (!wrong)
            {
                Entries[path] = bytes;
            }
        }
        else if (Entries.TryGetValue(path, out byte[]? entry))
        {
            response.ContentLength64 = entry.Length;
            if (request.HttpMethod == "GET")
            {
                await response.OutputStream.WriteAsync(entry);
            }
        }
        else
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
        }
    }
}
