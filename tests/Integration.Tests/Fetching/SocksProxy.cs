using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>A SOCKS 5 proxy (RFC 1928) on the loopback: every host that it is asked for by name is this machine.</summary>
internal sealed class SocksProxy : IDisposable
{
    private readonly LoopbackServer server;

    /// <summary>Begins to listen.</summary>
    public SocksProxy() => server = new LoopbackServer(ServeAsync);

    /// <summary>Host and port.</summary>
    public string Authority => $"127.0.0.1:{server.Port}";

    /// <summary>The names that were asked for.</summary>
    public ConcurrentQueue<string> Names { get; } = new();

    public void Dispose() => server.Dispose();

    private async Task ServeAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket);
        byte[] hello = await ReadAsync(stream, 2);
        await ReadAsync(stream, hello[1]);
        await stream.WriteAsync(new byte[] { 5, 0 }, server.Closed); // no login
        byte[] request = await ReadAsync(stream, 5); // version, connect, 0, kind of address, length of the name
        string name = Encoding.ASCII.GetString(await ReadAsync(stream, request[4]));
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(stream, 2));
        Names.Enqueue(request[3] == 3 ? name : "an address");
        using var target = new TcpClient();
        await target.ConnectAsync(IPAddress.Loopback, port, server.Closed);
        await stream.WriteAsync(new byte[] { 5, 0, 0, 1, 127, 0, 0, 1, 0, 0 }, server.Closed);
        NetworkStream there = target.GetStream();
        await Task.WhenAll(PumpAsync(stream, there), PumpAsync(there, stream));
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        await from.CopyToAsync(to, server.Closed);
        to.Socket.Shutdown(SocketShutdown.Send);
    }

    private async Task<byte[]> ReadAsync(NetworkStream stream, int count)
    {
        byte[] bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, server.Closed);
        return bytes;
    }
}
