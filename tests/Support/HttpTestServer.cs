using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Qcw.Tests.Support;

/// <summary>
/// A web server on the loopback that answers as a test tells it to, on raw sockets, so that a reset is a reset. Each path has a list of
/// replies, one a request; the last one stays.
/// </summary>
public sealed class HttpTestServer : IDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpExchange, Task>>> replies = new();
    private readonly X509Certificate2? certificate;
    private readonly LoopbackServer server;

    /// <summary>Begins to listen; with TLS where a certificate is given.</summary>
    public HttpTestServer(X509Certificate2? certificate = null)
    {
        this.certificate = certificate;
        server = new LoopbackServer(ServeAsync);
    }

    /// <summary>The requests so far, in order.</summary>
    public ConcurrentQueue<HttpExchange> Requests { get; } = new();

    /// <summary>Answers what no reply was given for; default: 404.</summary>
    public Func<HttpExchange, Task> Otherwise { get; set; } = HttpReply.Status(404);

    /// <summary>An address on this server.</summary>
    public Uri Url(string path) =>
        new($"{(certificate is null ? "http" : "https")}://localhost:{server.Port}{path}");

    /// <summary>Sets the replies of a path.</summary>
    /// <returns>Its address.</returns>
    public Uri On(string path, params Func<HttpExchange, Task>[] sequence)
    {
        replies[path] = new ConcurrentQueue<Func<HttpExchange, Task>>(sequence);
        return Url(path);
    }

    public void Dispose() => server.Dispose();

    private async Task ServeAsync(Socket socket)
    {
        await using Stream stream = await OpenAsync(socket);
        using var reader = new StreamReader(stream, Encoding.ASCII, false, 1, leaveOpen: true);
        string[] request = (await reader.ReadLineAsync(server.Closed) ?? string.Empty).Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(server.Closed) is { Length: > 0 } line)
        {
            string[] pair = line.Split(':', 2, StringSplitOptions.TrimEntries);
            headers[pair[0]] = pair[1];
        }

        var exchange = new HttpExchange(socket, stream, request.ElementAtOrDefault(1) ?? string.Empty, headers, server.Closed);
        Requests.Enqueue(exchange);
        await Next(exchange.Path)(exchange);
    }

    private async Task<Stream> OpenAsync(Socket socket)
    {
        var plain = new NetworkStream(socket);
        if (certificate is null)
        {
            return plain;
        }

        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(certificate);
        return secure;
    }

    private Func<HttpExchange, Task> Next(string path)
    {
        if (!replies.TryGetValue(path, out ConcurrentQueue<Func<HttpExchange, Task>>? queue))
        {
            return Otherwise;
        }

        lock (queue)
        {
            return queue.Count > 1 && queue.TryDequeue(out Func<HttpExchange, Task>? reply) ? reply : queue.First();
        }
    }
}
