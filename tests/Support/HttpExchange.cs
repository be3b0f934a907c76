using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Qcw.Tests.Support;

/// <summary>One request to the test's own server, and the connection to answer it on.</summary>
public sealed class HttpExchange(
    Socket socket, Stream stream, string path, IReadOnlyDictionary<string, string> headers, CancellationToken closed)
{
    /// <summary>Path and query.</summary>
    public string Path => path;

    /// <summary>Request headers by name.</summary>
    public IReadOnlyDictionary<string, string> Headers => headers;

    /// <summary>First byte asked for, or null: the whole file.</summary>
    public long? From => headers.TryGetValue("Range", out string? range)
        ? long.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture)
        : null;

    /// <summary>Sends status line and headers.</summary>
    public async Task HeadAsync(int status, params string[] lines)
    {
        string text = $"HTTP/1.1 {status} Test\r\nConnection: close\r\n{string.Concat(lines.Select(line => line + "\r\n"))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), closed);
    }

    /// <summary>Sends body bytes.</summary>
    public async Task BodyAsync(ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(bytes, closed);
        await stream.FlushAsync(closed);
    }

    /// <summary>Says nothing more, until the other side or the server goes.</summary>
    public async Task StallAsync()
    {
        // a byte that never comes: the read ends when the client closes
        _ = await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, closed);
    }

    /// <summary>Breaks the connection with a TCP reset instead of an orderly end.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }
}
