using System.Text.Json;

namespace Qcw.Acceptance.Tests;

/// <summary>gvproxy at work.</summary>
internal static class Gvproxy
{
    /// <summary>Starts it with a TCP listener and asks its HTTP API, as Podman does, for forwarded ports and leases; adds a port.</summary>
    public static async Task ServesAsync(WineSession windows, string program)
    {
        int port = Ports.Free();
        int forwarded = Ports.Free();
        windows.Start(program, $"-listen tcp://127.0.0.1:{port}");
        (await Ports.ConnectAsync(port)).Dispose();
        using var client = new HttpClient();
        Uri Service(string name) => new($"http://127.0.0.1:{port}/services/{name}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await client.GetStringAsync(Service("dhcp/leases")), Does.Contain("192.168.127.2"));
            Assert.That(
                JsonDocument.Parse(await client.GetStringAsync(Service("forwarder/all"))).RootElement.GetArrayLength(), Is.EqualTo(1));
        }

        using var request = new StringContent($"{{\"local\":\"127.0.0.1:{forwarded}\",\"remote\":\"192.168.127.2:80\"}}");
        (await client.PostAsync(Service("forwarder/expose"), request)).EnsureSuccessStatusCode();
        Assert.That(
            await client.GetStringAsync(Service("forwarder/all")), Does.Contain($"127.0.0.1:{forwarded}").And.Contain("192.168.127.2:80"));
        (await Ports.ConnectAsync(forwarded)).Dispose();
    }
}
