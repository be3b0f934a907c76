namespace Qcw.Build.Packaging;

/// <summary>A file that an installer brings.</summary>
/// <param name="Source">Full path on the build machine; it does not get into the installer.</param>
/// <param name="Target">Path inside the install folder, with <c>/</c>: <c>share/keymaps/de</c>.</param>
public sealed record InstalledFile(string Source, string Target)
{
    /// <summary>The target's folder, empty for the install folder itself.</summary>
    public string TargetFolder => Target.Contains('/', StringComparison.Ordinal) ? Target[..Target.LastIndexOf('/')] : string.Empty;

    /// <summary>The target's file name.</summary>
    public string TargetName => Target[(Target.LastIndexOf('/') + 1)..];
}

/// <summary>Collects what is installed from several folders. The same file from two of them is kept once; two different ones are an error.</summary>
public sealed class InstallerFiles
{
    private readonly SortedDictionary<string, InstalledFile> files = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything collected, sorted by target.</summary>
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
    /// <param name="target">Gives the target of a path relative to the folder; null: they are the same.</param>
    /// <exception cref="BuildException">The folder does not exist, or a file clashes with another one.</exception>
    public void AddFolder(string folder, Func<string, string>? target = null)
    {
        if (!Directory.Exists(folder))
        {
            throw new BuildException($"{folder} does not exist, but its files are to be installed");
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(folder, file).Replace('\\', '/');
            Add(file, target is null ? relative : target(relative));
        }
    }

    /// <summary>The source of a target.</summary>
    /// <exception cref="BuildException">Nothing has that target.</exception>
    public string SourceOf(string target) =>
        files.TryGetValue(target, out InstalledFile? file) ? file.Source : throw new BuildException($"no folder brings {target}, which the installer needs");
}
