namespace Qcw.Build.Releasing.Manifests;

/// <summary>The release folder, as it is about to be published.</summary>
/// <param name="folder">A full path.</param>
public sealed class ReleasedFiles(string folder)
{
    private const string Sums = ChecksumFile.Sha256Name;

    private readonly Lazy<OrderedDictionary<string, string>> sums = new(() => ReadSums(folder));

    /// <summary>True where the folder has a file of that name.</summary>
    public bool Has(string name) => File.Exists(Path.Combine(folder, name));

    /// <summary>The sha256 of a file, computed and compared with <c>SHA256SUMS</c>: 64 lower-case hex digits.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="task">Who makes it, for the message where it is not there.</param>
    /// <exception cref="BuildException">The file or the checksums are missing, or they do not agree.</exception>
    public string HashOf(string name, string task)
    {
        if (!Has(name))
        {
            throw new BuildException(
                $"{name} is not in {folder}, and manifests need its checksum: run --target={task} first, then --target=Checksums");
        }

        string found = Files.Sha256(Path.Combine(folder, name));
        if (!sums.Value.TryGetValue(name, out string? expected))
        {
            throw new BuildException(
                $"{Path.Combine(folder, Sums)} does not list {name}: it was added after the checksums were made; "
                    + "run --target=Checksums again");
        }

        return found == expected
            ? found
            : throw new BuildException(
                $"{name} is not the file that {Path.Combine(folder, Sums)} lists: expected sha256 {expected}, found {found}; "
                    + "put the right one there or run --target=Checksums again");
    }

    private static OrderedDictionary<string, string> ReadSums(string folder)
    {
        string file = Path.Combine(folder, Sums);
        return File.Exists(file)
            ? ChecksumFile.ReadSha256(file, "run --target=Checksums again")
            : throw new BuildException($"{folder} has no {Sums}, which manifests are compared with: run --target=Checksums first");
    }
}

/// <summary>A file of the release, compared with the release's checksums.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Pattern">Its name with <c>{version}</c> in place of the version.</param>
/// <param name="Architecture">What it is for.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
public sealed record ReleasedFile(string Path, string Pattern, Architecture Architecture, string Sha256)
{
    /// <summary>Its name in the release.</summary>
    public string Name => System.IO.Path.GetFileName(Path);
}
