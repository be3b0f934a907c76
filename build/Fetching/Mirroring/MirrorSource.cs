using Qcw.Build.Fetching.Git;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Fetching.Mirroring;

/// <summary>
/// A folder or web server that has the inputs of a line in a plain layout: <c>archives/&lt;file name&gt;</c> (also Debian's <c>.orig</c>
/// files), <c>signatures/&lt;file name&gt;</c>, <c>git/&lt;repository name&gt;.git</c> (bare),
/// <c>patches/&lt;component&gt;/&lt;name&gt;.patch</c>, <c>firmware/&lt;line&gt;.json</c> and <c>firmware/&lt;file name&gt;.deb</c>,
/// <c>go/</c>, <c>msys2/</c>. What comes from it is verified like anything else.
/// </summary>
public sealed class MirrorSource
{
    private readonly string? folder;
    private readonly Uri? server;

    private MirrorSource(string? folder, Uri? server) => (this.folder, this.server) = (folder, server);

    /// <summary>What <c>--mirror</c> names; null where it was not given.</summary>
    /// <exception cref="UsageException">Not a folder, or a server together with <c>--offline</c>.</exception>
    public static MirrorSource? Parse(FetchOptions options)
    {
        if (options.Mirror is not { } text)
        {
            return null;
        }

        if (IsServer(text))
        {
            return options.Offline
                ? throw new UsageException(
                    $"--offline forbids the network, but --mirror {text} is on it: give a folder, or leave out --offline")
                : new MirrorSource(null, new Uri(text.TrimEnd('/') + "/"));
        }

        return Directory.Exists(text) || options.WritesMirror
            ? new MirrorSource(Path.GetFullPath(text), null)
            : throw new UsageException($"--mirror {text}: there is no such folder (and it is not an http:// or https:// address)");
    }

    /// <summary>The folder that <c>--mirror</c> names, where a mirror is to be written; it need not exist.</summary>
    /// <returns>Full path.</returns>
    /// <exception cref="UsageException">None was given, or it is not a folder.</exception>
    public static string FolderToWrite(string? text) =>
        text is null
            ? throw new UsageException("--mirror=DIR is missing: the folder to write the mirror into (it is made if it does not exist)")
        : IsServer(text)
            ? throw new UsageException(
                $"--mirror {text}: a mirror is written into a folder, not onto a server: give a folder, and put that on the server")
        : System.IO.File.Exists(text) ? throw new UsageException($"--mirror {text} is a file: give a folder to write the mirror into")
        : Path.GetFullPath(text);

    /// <summary>
    /// What GOPROXY has to be for Go modules to come from this mirror, or null where a folder has none; a server is asked by go.
    /// </summary>
    public string? GoProxy =>
        server is not null ? InGoProxy(new Uri(server, MirrorLayout.GoModules))
        : Directory.Exists(InFolder(MirrorLayout.GoModules)) ? InGoProxy(new Uri(InFolder(MirrorLayout.GoModules)))
        : null;

    /// <summary>
    /// The file in the mirror, or null where a mirror folder does not have it; a server is asked when the file is fetched.
    /// </summary>
    public IFileOrigin? File(string relative, HttpDownloader downloader) =>
        server is not null ? new HttpOrigin(downloader, new Uri(server, EscapePath(relative)))
        : System.IO.File.Exists(InFolder(relative)) ? new FolderOrigin(InFolder(relative))
        : null;

    /// <summary>
    /// A repository in the mirror: a path or an address for git, and whether it is on the network; null where a folder does not have it.
    /// </summary>
    public GitOrigin? Repository(string name) =>
        server is not null
            ? new GitOrigin(new Uri(server, MirrorLayout.Repository(Uri.EscapeDataString(name))).AbsoluteUri, NeedsNetwork: true)
        : Directory.Exists(InFolder(MirrorLayout.Repository(name)))
            ? new GitOrigin(InFolder(MirrorLayout.Repository(name)), NeedsNetwork: false)
        : null;

    /// <summary>Full path of a folder in a mirror that is a folder; null where it has none.</summary>
    public string? Folder(string relative) => folder is not null && Directory.Exists(InFolder(relative)) ? InFolder(relative) : null;

    private static bool IsServer(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    // GOPROXY is a list: a comma in an address would end it (a bar is escaped already)
    private static string InGoProxy(Uri address) => address.AbsoluteUri.Replace(",", "%2C", StringComparison.Ordinal);

    private string InFolder(string relative) => Path.Combine(folder!, Path.Combine(relative.Split('/')));

    private static string EscapePath(string relative) => string.Join('/', relative.Split('/').Select(Uri.EscapeDataString));
}
