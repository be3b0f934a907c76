using System.Net;
using System.Net.Sockets;

namespace Qcw.Tests.Support;

/// <summary>Listens on the loopback, at a port of the system's choice, and serves each connection until it is disposed.</summary>
public sealed class LoopbackServer : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<Socket, Task> serve;

    /// <summary>Begins to listen.</summary>
    /// <param name="serve">Serves one connection; what breaks that is no failure of the server's.</param>
    public LoopbackServer(Func<Socket, Task> serve)
    {
        this.serve = serve;
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Cancelled when the server is disposed.</summary>
    public CancellationToken Closed => closed.Token;

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
                _ = ServeAsync(await listener.AcceptSocketAsync(closed.Token));
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using Socket mine = socket;
        try
        {
            await serve(socket);
        }
        catch (Exception e) when (e is IOException || IsEnd(e))
        {
        }
    }

    private static bool IsEnd(Exception e) => e is OperationCanceledException or SocketException or ObjectDisposedException;
}
