namespace Qcw.Build.Sources.Archives;

/// <summary>
/// Writes members of an archive into a new folder, and nowhere else. Symbolic links are made last, so that nothing can be written through
/// one, and are checked before, when all of them are known.
/// </summary>
/// <param name="archive">For messages.</param>
/// <param name="root">The folder to make, a full path.</param>
/// <param name="windows">True: what Windows cannot store is an error.</param>
internal sealed class TreeWriter(string archive, string root, bool windows)
{
    private readonly Dictionary<string, ArchiveEntryKind> members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> spellings = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DateTimeOffset> folderTimes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> links = new(StringComparer.Ordinal);
    private DateTimeOffset newest = DateTimeOffset.UnixEpoch;
    private string? top;

    /// <summary>Writes one member.</summary>
    public void Add(ArchiveEntry entry)
    {
        if (Inside(entry.Name, entry.Kind, entry.Name) is not { } path)
        {
            return; // the top folder itself
        }

        newest = entry.Modified > newest ? entry.Modified : newest;
        Claim(entry.Name, path, entry.Kind is ArchiveEntryKind.HardLink ? ArchiveEntryKind.File : entry.Kind);
        switch (entry.Kind)
        {
            case ArchiveEntryKind.Directory:
                folderTimes[path] = entry.Modified;
                break;
            case ArchiveEntryKind.SymbolicLink:
                links[path] = entry.Target!;
                break;
            case ArchiveEntryKind.HardLink:
                CopyOf(entry, path);
                break;
            default:
                TreeFile.Write(FullPath(path), entry.Content, entry.Executable, entry.Modified);
                break;
        }
    }

    /// <summary>Makes the symbolic links and sets the folders' times: to be called after the last member.</summary>
    public void Finish()
    {
        if (top is null)
        {
            throw new BuildException($"{archive} has no files");
        }

        foreach (string link in links.Keys)
        {
            if (LinkTarget.Problem(link, links) is { } problem)
            {
                throw Refused(link, problem);
            }
        }

        foreach ((string link, string target) in links)
        {
            TreeFile.Link(FullPath(link), target);
        }

        // the deepest first: making something in a folder changes its time. Folders the archive does not list get a time that depends on
        // nothing but the archive
        IEnumerable<string> folders = members.Where(member => member.Value is ArchiveEntryKind.Directory).Select(member => member.Key);
        foreach (string folder in folders.OrderDescending(StringComparer.Ordinal))
        {
            Directory.SetLastWriteTimeUtc(FullPath(folder), folderTimes.GetValueOrDefault(folder, newest).UtcDateTime);
        }
    }

    private string? Inside(string name, ArchiveEntryKind kind, string blamed)
    {
        if (EntryPath.Problem(name, windows) is { } problem)
        {
            throw Refused(blamed, blamed == name ? problem : $"of the file it links to: {problem}");
        }

        string[] parts = EntryPath.Segments(name);
        if (parts.Length == 0)
        {
            return null; // "./"
        }

        if (top is null)
        {
            top = parts[0];
            TreeFile.MakeFolder(root);
        }

        if (parts[0] != top || (parts.Length == 1 && kind is not ArchiveEntryKind.Directory))
        {
            throw Refused(blamed, $"a source archive has one folder at its top, and here that is {top}");
        }

        return parts.Length == 1 ? null : string.Join('/', parts[1..]);
    }

    private void Claim(string name, string path, ArchiveEntryKind kind)
    {
        for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            ClaimOne(name, path[..slash], ArchiveEntryKind.Directory);
        }

        ClaimOne(name, path, kind);
    }

    private void ClaimOne(string name, string path, ArchiveEntryKind kind)
    {
        if (members.TryGetValue(path, out ArchiveEntryKind present))
        {
            if (present != kind)
            {
                throw Refused(
                    name,
                    present is ArchiveEntryKind.SymbolicLink
                        ? $"it would be written through the symbolic link {path}"
                        : $"{path} is there already, as a {present}");
            }

            return; // a folder listed twice, or a newer version of a file: tar's rule is that the last one counts
        }

        if (windows && !spellings.TryAdd(path, path))
        {
            throw Refused(name, $"Windows cannot tell it from {spellings[path]}");
        }

        members.Add(path, kind);
        if (kind is ArchiveEntryKind.Directory)
        {
            TreeFile.MakeFolder(FullPath(path));
        }
    }

    private void CopyOf(ArchiveEntry entry, string path)
    {
        // a copy, not a hard link: the tree is edited, and a change of one name must not change another
        if (Inside(entry.Target!, ArchiveEntryKind.File, entry.Name) is not { } target
            || members.GetValueOrDefault(target) is not ArchiveEntryKind.File || target == path)
        {
            throw Refused(entry.Name, $"it is a hard link to {entry.Target}, which is not a file that came before it");
        }

        TreeFile.Copy(FullPath(target), FullPath(path));
    }

    private string FullPath(string path) => Path.Combine(root, path.Replace('/', Path.DirectorySeparatorChar));

    private BuildException Refused(string member, string why) => new($"{archive}: {member} is refused: {why}");
}
