namespace Qcw.Build.Packaging;

/// <summary>A file that is installed.</summary>
/// <param name="Source">The full path on the build machine. It does not get into the installer.</param>
/// <param name="Target">Path inside the install folder, with <c>/</c>: <c>share/keymaps/de</c>.</param>
public sealed record InstalledFile(string Source, string Target)
{
    /// <summary>The target's folder, empty for the install folder itself.</summary>
    public string TargetFolder => Target.Contains('/', StringComparison.Ordinal) ? Target[..Target.LastIndexOf('/')] : string.Empty;

    /// <summary>The target's file name.</summary>
    public string TargetName => Target[(Target.LastIndexOf('/') + 1)..];
}

/// <summary>
/// Collects the files of a product from several folders. A file that two folders have is kept once. If its contents differ, that is an
/// error.
/// </summary>
public sealed class InstallerFiles
{
    private readonly SortedDictionary<string, InstalledFile> files = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The files, sorted by target.</summary>
    public IReadOnlyCollection<InstalledFile> All => files.Values;

    /// <summary>Adds a file.</summary>
    /// <param name="source">Full path.</param>
    /// <param name="target">Path inside the install folder, with <c>/</c>.</param>
    /// <exception cref="BuildException">Another file with other contents has that target.</exception>
    public void Add(string source, string target)
    {
        if (!files.TryAdd(target, new InstalledFile(source, target)) && !Files.SameBytes(files[target].Source, source))
        {
            throw new BuildException($"{files[target].Source} and {source} differ, and both would be installed as {target}");
        }
    }

    /// <summary>Adds all files of a folder and its subfolders.</summary>
    /// <param name="folder">Full path.</param>
    /// <param name="target">
    /// Makes the target from a path relative to the folder, or null for a file that is left out. No function: they are the same.
    /// </param>
    /// <exception cref="BuildException">The folder does not exist, or a file clashes with another one.</exception>
    public void AddFolder(string folder, Func<string, string?>? target = null)
    {
        if (!Directory.Exists(folder))
        {
            throw new BuildException($"the folder {folder}, whose files the installer needs, does not exist");
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(folder, file).Replace('\\', '/');
            if ((target is null ? relative : target(relative)) is { } installed)
            {
                Add(file, installed);
            }
        }
    }

    /// <summary>The source of a target.</summary>
    /// <exception cref="BuildException">No file has that target.</exception>
    public string SourceOf(string target) => files.TryGetValue(target, out InstalledFile? file)
        ? file.Source
        : throw new BuildException($"{target}, which the installer needs, is in none of the folders that it is made from");
}
