using System.Security.Cryptography;
using System.Text;
using Qcw.Build.Components;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Zip;

namespace Qcw.Integration.Tests.Utils;

/// <summary>A small release on a web server, and an empty machine to install it on.</summary>
internal sealed class UtilsRelease : IDisposable
{
    public const string Tag = "0.1.0";
    public const string XzFile = "xz-5.4.1-windows-x86_64.zip";

    public UtilsRelease()
    {
        Folder = new TemporaryFolder();
        Server = new HttpTestServer();
        DeterministicZip.Write(
            Folder[XzFile],
            [
                new InstalledFile(Folder.Write("src/xz.exe", Encoding.ASCII.GetBytes("MZ xz")), "bin/xz.exe"),
                new InstalledFile(Folder.Write("src/COPYING", Encoding.ASCII.GetBytes("public domain\n")), "licenses/xz/COPYING"),
            ],
            1_600_000_000);
        Zip = File.ReadAllBytes(Folder[XzFile]);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Zip));
        Server.On($"/download/{Tag}/{XzFile}", HttpReply.File(Zip));
        Script = new UtilsScript(Folder, Stamp);
    }

    public TemporaryFolder Folder { get; }

    public HttpTestServer Server { get; }

    public byte[] Zip { get; }

    public string Sha256 { get; }

    public UtilsScript Script { get; }

    public UtilsStamp Stamp => new(Tag, XzFile, Sha256) { Downloads = Server.Url("/download").AbsoluteUri };

    /// <summary>Where it is installed unless it is told otherwise.</summary>
    public string Default => Path.Combine(Script.WorkingDirectory, "qcw-utils");

    /// <summary>The folder with the archive, and with checksums of it.</summary>
    public string OfflineFolder(string sha256)
    {
        Folder.Write($"offline/{XzFile}", Zip);
        Folder.Write("offline/SHA256SUMS", Encoding.ASCII.GetBytes($"{new string('0', 64)}  RELEASE-NOTES.md\n{sha256}  {XzFile}\n"));
        return Folder["offline"];
    }

    /// <summary>The files below a folder, sorted.</summary>
    public static string[] FilesIn(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file))
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose()
    {
        Server.Dispose();
        Folder.Dispose();
    }
}
