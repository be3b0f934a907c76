using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>A SOCKS 5 proxy (RFC 1928) on the loopback: every host that it is asked for by name is this machine.</summary>
internal sealed class SocksProxy : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    /// <summary>Begins to listen.</summary>
    public SocksProxy()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Host and port.</summary>
    public string Authority => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>The names that were asked for.</summary>
    public ConcurrentQueue<string> Names { get; } = new();

    public void Dispose()
    {
        closed.Cancel();
        listener.Dispose();
        closed.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(closed.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient mine = client;
        try
        {
            NetworkStream stream = client.GetStream();
            byte[] hello = await ReadAsync(stream, 2);
            await ReadAsync(stream, hello[1]);
            await stream.WriteAsync(new byte[] { 5, 0 }, closed.Token); // no login
            byte[] request = await ReadAsync(stream, 5); // version, connect, 0, kind of address, length of the name
            string name = Encoding.ASCII.GetString(await ReadAsync(stream, request[4]));
            ushort port = BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(stream, 2));
            Names.Enqueue(request[3] == 3 ? name : "an address");
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, port, closed.Token);
            await stream.WriteAsync(new byte[] { 5, 0, 0, 1, 127, 0, 0, 1, 0, 0 }, closed.Token);
            NetworkStream there = server.GetStream();
            await Task.WhenAll(PumpAsync(stream, there), PumpAsync(there, stream));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        await from.CopyToAsync(to, closed.Token);
        to.Socket.Shutdown(SocketShutdown.Send);
    }

    private async Task<byte[]> ReadAsync(NetworkStream stream, int count)
    {
        byte[] bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, closed.Token);
        return bytes;
    }
}
