namespace Qcw.Build.Sources.Archives;

/// <summary>Unpacks Debian's binary packages into one folder, as installing them would into the root of a system.</summary>
public static class DebianPackageTree
{
    /// <summary>Part of fingerprints: to be raised whenever the same packages would give another tree.</summary>
    public const string FormatVersion = "1";

    /// <summary>
    /// Makes the folder. Links with an absolute target, which mean a place of the system that the package is installed on, are made to lead
    /// to that place in the folder.
    /// </summary>
    /// <param name="packages">Full paths of <c>.deb</c> files, unpacked in this order.</param>
    /// <param name="root">The folder, a full path; what was there is deleted.</param>
    /// <param name="logFile">Gets what dpkg-deb prints, a full path.</param>
    /// <exception cref="ProcessFailedException">dpkg-deb failed.</exception>
    /// <exception cref="BuildException">A link leads out of the folder.</exception>
    public static void Unpack(IEnumerable<string> packages, string root, string logFile)
    {
        Files.Delete(root);
        foreach (string package in packages)
        {
            ProcessRunner.Run(new ProcessRequest("dpkg-deb", "--extract", package, root) { LogFile = logFile });

            // after each: the next package must not be written to where a link of this one leads
            KeepLinksInside(package, root);
        }
    }

    private static void KeepLinksInside(string package, string root)
    {
        var links = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (FileSystemInfo link in LinksIn(new DirectoryInfo(root)))
        {
            string target = link.LinkTarget!;
            if (target.StartsWith('/'))
            {
                target = Path.GetRelativePath(Path.GetDirectoryName(link.FullName)!, root + target);
                link.Delete();
                File.CreateSymbolicLink(link.FullName, target);
            }

            links.Add(Path.GetRelativePath(root, link.FullName), target);
        }

        foreach (string link in links.Keys)
        {
            if (LinkTarget.Problem(link, links) is { } problem)
            {
                throw new BuildException($"{Path.GetFileName(package)}: the link {link} is refused: {problem}");
            }
        }
    }

    /// <summary>The links below a folder; none is followed.</summary>
    private static IEnumerable<FileSystemInfo> LinksIn(DirectoryInfo folder) =>
        folder.GetFileSystemInfos().SelectMany(child => child switch
        {
            { LinkTarget: not null } => [child],
            DirectoryInfo below => LinksIn(below),
            _ => (IEnumerable<FileSystemInfo>)[],
        });
}
