using System.Net.Sockets;
using System.Text.Json;

namespace Qcw.Acceptance.Tests;

/// <summary>QEMU's monitor for programs, reached through its Unix socket: one line of JSON for each command and each answer.</summary>
internal sealed class Qmp : IDisposable
{
    private readonly TcpClient client;
    private readonly StreamReader reader;
    private readonly StreamWriter writer;

    /// <summary>Connects, reads the greeting and leaves the mode in which no other command is known.</summary>
    /// <param name="file">This machine's path of the socket's file.</param>
    public Qmp(string file)
    {
        Wait.Until(() => File.Exists(file) && File.ReadAllText(file).EndsWith('\n'), "QEMU listens");
        client = UnixSocketLayer.Connect(file);
        reader = new StreamReader(client.GetStream());
        writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
        Version = Next().GetProperty("QMP").GetProperty("version").GetProperty("qemu");
        Run("qmp_capabilities");
    }

    /// <summary>QEMU's version: <c>major</c>, <c>minor</c> and <c>micro</c>, numbers.</summary>
    public JsonElement Version { get; }

    /// <summary>Runs a command that has no arguments and must succeed.</summary>
    /// <returns>What it returned.</returns>
    public JsonElement Run(string command)
    {
        writer.WriteLine($$"""{ "execute": "{{command}}" }""");
        JsonElement answer = Next();
        while (answer.TryGetProperty("event", out _))
        {
            answer = Next();
        }

        Assert.That(answer.TryGetProperty("return", out JsonElement returned), Is.True, $"{command}: {answer}");
        return returned;
    }

    /// <summary>Ends QEMU, which can be gone before its answer has arrived.</summary>
    public void Quit() => writer.WriteLine("""{ "execute": "quit" }""");

    public void Dispose()
    {
        writer.Dispose();
        reader.Dispose();
        client.Dispose();
    }

    private JsonElement Next() => JsonDocument.Parse(reader.ReadLine()!).RootElement;
}
