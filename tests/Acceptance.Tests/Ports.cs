using System.Net;
using System.Net.Sockets;

namespace Qcw.Acceptance.Tests;

/// <summary>TCP ports of this machine, which programs under Wine share.</summary>
internal static class Ports
{
    /// <summary>A port that nobody listens on.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Connects to a program that is about to listen.</summary>
    public static async Task<TcpClient> ConnectAsync(int port)
    {
        for (int attempt = 1; ; attempt++)
        {
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return client;
            }
            catch (SocketException) when (attempt < 300)
            {
                client.Dispose();
                await Task.Delay(100);
            }
        }
    }
}
