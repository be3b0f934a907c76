using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace Qcw.Acceptance.Tests.SharedFolders;

/// <summary>
/// A guest of its own kind: sends 9p requests, sound and otherwise, to QEMU's server for Windows, which runs alone under Wine and shares
/// <see cref="Share"/>. Beside the share are <c>secret</c>, a file, and <c>share-2</c>, a folder with a file, which it must not reach.
/// </summary>
internal sealed class NinePGuest : IDisposable
{
    /// <summary>How long an answer may take; a server that takes longer hangs.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private const byte ErrorReply = 7;

    private readonly WineSession windows = new();
    private readonly Process server;
    private readonly StringBuilder said = new();

    /// <summary>Compiles the server, if this is the first one, starts it and greets it. Fid 0 is the share.</summary>
    /// <param name="model">QEMU's <c>security_model</c>.</param>
    public NinePGuest(string model = "none")
    {
        Directory.CreateDirectory(Share);
        Directory.CreateDirectory(windows.HostPath(@"C:\host\share-2"));
        File.WriteAllText(windows.HostPath(@"C:\host\secret"), "secret");
        File.WriteAllText(windows.HostPath(@"C:\host\share-2\other"), "other");
        var info = new ProcessStartInfo(Wine.Command[0], [.. Wine.Command.Skip(1), NinePServer.Program, @"C:\host\share", model])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = windows.DriveC,
        };
        foreach ((string name, string? value) in Wine.EnvironmentOf(windows.Prefix))
        {
            info.Environment[name] = value;
        }

        server = Process.Start(info)!;
        server.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        server.BeginErrorReadLine();
        Ok(new NinePMessage(100).Number32(1 << 20).Text("9P2000.L"));
        Ok(new NinePMessage(104).Number32(0).Number32(uint.MaxValue).Text("guest").Text(string.Empty).Number32(0));
    }

    /// <summary><c>The</c> shared folder, as this machine sees it.</summary>
    public string Share => windows.HostPath(@"C:\host\share");

    /// <summary>What is in the folder above the share: name, and content of a file.</summary>
    public IReadOnlyList<string> Outside =>
        [.. Directory.EnumerateFileSystemEntries(windows.HostPath(@"C:\host"), "*", SearchOption.TopDirectoryOnly)
            .Concat(Directory.EnumerateFileSystemEntries(windows.HostPath(@"C:\host\share-2")))
            .Select(path => File.Exists(path) ? $"{Path.GetFileName(path)}: {File.ReadAllText(path)}" : Path.GetFileName(path))
            .Order(StringComparer.Ordinal)];

    /// <summary>Memory that is the server's own, in bytes.</summary>
    public ulong Memory => BinaryPrimitives.ReadUInt64LittleEndian(Send(new NinePMessage(3)).Body);

    /// <summary><c>The</c> server's answer: an error, or the body of the reply.</summary>
    /// <exception cref="AssertionException">The server ended, or does not answer.</exception>
    public (Errno Error, byte[] Body) Send(NinePMessage request)
    {
        server.StandardInput.BaseStream.Write(request.ToArray());
        server.StandardInput.BaseStream.Flush();
        byte[] header = Receive(7);
        byte[] body = Receive(BinaryPrimitives.ReadInt32LittleEndian(header) - 7);
        return header[4] == ErrorReply ? ((Errno)BinaryPrimitives.ReadInt32LittleEndian(body), []) : (Errno.None, body);
    }

    /// <summary><c>The</c> body of the answer to a request that must succeed.</summary>
    public byte[] Ok(NinePMessage request)
    {
        (Errno error, byte[] body) = Send(request);
        Assert.That(error, Is.EqualTo(Errno.None));
        return body;
    }

    /// <summary><c>Twalk</c>.</summary>
    public Errno Walk(uint fid, uint to, params byte[][] names) => Send(WalkMessage(fid, to, names)).Error;

    /// <summary><c>Twalk</c>, of which the server may have done only some names: how many.</summary>
    public (Errno Error, int Names) WalkSome(uint fid, uint to, params byte[][] names)
    {
        (Errno error, byte[] body) = Send(WalkMessage(fid, to, names));
        return (error, error == Errno.None ? BinaryPrimitives.ReadUInt16LittleEndian(body) : 0);
    }

    /// <summary><c>Twalk</c> to a file that is there: its number (qid).</summary>
    public ulong WalkToNumber(uint fid, uint to, byte[] name) =>
        BinaryPrimitives.ReadUInt64LittleEndian(Ok(WalkMessage(fid, to, [name])).AsSpan(7));

    /// <summary><c>Tlopen</c>.</summary>
    public Errno Open(uint fid, uint flags = 0) => Send(new NinePMessage(12).Number32(fid).Number32(flags)).Error;

    /// <summary><c>Tlcreate</c> for reading and writing, exclusive or not: the fid, a folder, becomes the open file.</summary>
    public Errno Create(uint fid, byte[] name, bool exclusive = false) =>
        Send(new NinePMessage(14).Number32(fid).Text(name).Number32(exclusive ? 0b1100_0010u : 0b0100_0010u).Number32(0b1_1010_0100)
            .Number32(0)).Error;

    /// <summary><c>Tclunk</c>.</summary>
    public void Clunk(uint fid) => Send(new NinePMessage(120).Number32(fid));

    /// <summary><c>Tread</c>: the bytes, or null.</summary>
    public byte[]? Read(uint fid, ulong offset, uint count)
    {
        (Errno error, byte[] body) = Send(new NinePMessage(116).Number32(fid).Number64(offset).Number32(count));
        return error == Errno.None ? body[4..] : null;
    }

    /// <summary><c>Twrite</c>.</summary>
    public Errno Write(uint fid, ulong offset, byte[] bytes) =>
        Send(new NinePMessage(118).Number32(fid).Number64(offset).Number32((uint)bytes.Length).Bytes(bytes)).Error;

    /// <summary><c>Tmkdir</c>.</summary>
    public Errno MakeFolder(uint fid, byte[] name) =>
        Send(new NinePMessage(72).Number32(fid).Text(name).Number32(0b1_1110_1101).Number32(0)).Error;

    /// <summary><c>Tunlinkat</c>.</summary>
    public Errno Remove(uint fid, byte[] name, bool folder = false) =>
        Send(new NinePMessage(76).Number32(fid).Text(name).Number32(folder ? 0x200u : 0)).Error;

    /// <summary><c>Trenameat</c>, within one folder.</summary>
    public Errno Rename(uint fid, byte[] from, byte[] to) =>
        Send(new NinePMessage(74).Number32(fid).Text(from).Number32(fid).Text(to)).Error;

    /// <summary><c>Tmknod</c>.</summary>
    public Errno MakeNode(uint fid, byte[] name, uint mode) =>
        Send(new NinePMessage(18).Number32(fid).Text(name).Number32(mode).Number32(1).Number32(3).Number32(0)).Error;

    /// <summary><c>Tsymlink</c>.</summary>
    public Errno MakeLink(uint fid, byte[] name, string target) =>
        Send(new NinePMessage(16).Number32(fid).Text(name).Text(target).Number32(0)).Error;

    /// <summary>What the driver says of a path that came to a fid in whatever way.</summary>
    public Errno StatPastTheProtocol(string path) =>
        (Errno)BinaryPrimitives.ReadInt32LittleEndian(Send(new NinePMessage(1).Text(path)).Body);

    /// <summary>All of a folder that is open: the number of the file (qid) by its name.</summary>
    public IReadOnlyDictionary<string, ulong> List(uint fid)
    {
        var entries = new Dictionary<string, ulong>(StringComparer.Ordinal);
        ulong offset = 0;
        while (true)
        {
            byte[] part = Ok(new NinePMessage(40).Number32(fid).Number64(offset).Number32(1 << 19))[4..];
            if (part.Length == 0)
            {
                return entries;
            }

            for (int at = 0; at < part.Length;)
            {
                // qid (type, version, path), offset, type, name
                ulong number = BinaryPrimitives.ReadUInt64LittleEndian(part.AsSpan(at + 5));
                offset = BinaryPrimitives.ReadUInt64LittleEndian(part.AsSpan(at + 13));
                int length = BinaryPrimitives.ReadUInt16LittleEndian(part.AsSpan(at + 22));
                Assert.That(entries.TryAdd(Encoding.UTF8.GetString(part, at + 24, length), number), "no entry comes twice");
                at += 24 + length;
            }
        }
    }

    public void Dispose()
    {
        server.StandardInput.Close();
        if (!server.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            server.Kill(entireProcessTree: true);
        }

        server.Dispose();
        ProcessRunner.Run(new ProcessRequest("rm", "-rf", Share)); // whose paths may be longer than .NET takes
        windows.Dispose();
    }

    private static NinePMessage WalkMessage(uint fid, uint to, byte[][] names)
    {
        NinePMessage message = new NinePMessage(110).Number32(fid).Number32(to).Number16((ushort)names.Length);
        return names.Aggregate(message, (whole, name) => whole.Text(name));
    }

    private byte[] Receive(int count)
    {
        byte[] bytes = new byte[count];
        using var limit = new CancellationTokenSource(AnswerLimit);
        try
        {
            server.StandardOutput.BaseStream.ReadExactlyAsync(bytes, limit.Token).AsTask().Wait(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new AssertionException($"the server hangs\n{said}");
        }
        catch (AggregateException e) when (e.InnerException is EndOfStreamException)
        {
            throw new AssertionException($"the server ended\n{said}");
        }

        return bytes;
    }
}
