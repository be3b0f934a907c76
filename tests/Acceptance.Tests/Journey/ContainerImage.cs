using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Qcw.Acceptance.Tests.Journey;

/// <summary>A container image with a web server, made from this machine's static busybox: there is no registry in a test.</summary>
internal static class ContainerImage
{
    public const string Page = "Hello from a container under Wine\n";
    public const string Started = "the web server starts";
    public const string Name = "localhost/web:1";

    /// <summary>The web server, as <c>CMD</c> has it. It logs each request.</summary>
    public static readonly string[] Command = ["/bin/busybox", "sh", "-c", $"echo {Started}; exec /bin/busybox httpd -f -v -p 80 -h /www"];

    private const string Busybox = "/bin/busybox";

    /// <summary>Writes a root file system: what <c>podman import</c> takes.</summary>
    public static void WriteRoot(string file)
    {
        using var tar = new TarWriter(File.Create(file), TarEntryFormat.Ustar);
        foreach (string folder in (string[])["bin", "data", "tmp", "www"])
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, folder + "/") { Mode = (UnixFileMode)0b111_101_101 });
        }

        using FileStream busybox = File.OpenRead(Busybox);
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "bin/busybox")
        {
            Mode = (UnixFileMode)0b111_101_101,
            DataStream = busybox,
        });
        tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "bin/sh") { LinkName = "busybox" });
        Write(tar, "www/index.html", Encoding.ASCII.GetBytes(Page));
    }

    /// <summary>Writes an archive as <c>docker save</c> does (Docker Image Specification 1.2): what <c>podman load</c> takes.</summary>
    public static void WriteArchive(string file)
    {
        string root = file + ".layer";
        WriteRoot(root);
        byte[] layer = File.ReadAllBytes(root);
        File.Delete(root);
        byte[] configuration = JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture = "amd64",
            os = "linux",
            config = new { Cmd = Command },
            rootfs = new { type = "layers", diff_ids = (string[])["sha256:" + Hash(layer)] },
        });
        string name = Hash(configuration) + ".json";
        using var tar = new TarWriter(File.Create(file), TarEntryFormat.Ustar);
        Write(tar, name, configuration);
        Write(tar, "layer.tar", layer);
        Write(tar, "manifest.json", JsonSerializer.SerializeToUtf8Bytes(new[]
        {
            new { Config = name, RepoTags = (string[])[Name], Layers = (string[])["layer.tar"] },
        }));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void Write(TarWriter tar, string name, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { Mode = (UnixFileMode)0b110_100_100, DataStream = stream });
    }
}
