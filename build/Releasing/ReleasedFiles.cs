namespace Qcw.Build.Releasing;

/// <summary>The release folder, as it is about to be published: every file is compared with <c>SHA256SUMS</c>.</summary>
/// <param name="folder">A full path.</param>
public sealed class ReleasedFiles(string folder)
{
    private const string Remedy = "look at what changed, then put the right file there or run --target=Checksums again";

    private readonly Lazy<OrderedDictionary<string, string>> sums = new(() => ReadSums(folder));

    private string Sums => Path.Combine(folder, ChecksumFile.Sha256Name);

    /// <summary>True where the folder has a file of that name.</summary>
    public bool Has(string name) => File.Exists(Path.Combine(folder, name));

    /// <summary>The sha256 of a file: 64 lower-case hex digits.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="task">Who makes it, for the message where it is not there.</param>
    /// <exception cref="BuildException">The file or the checksums are missing, or they do not agree.</exception>
    public string HashOf(string name, string task) =>
        !Has(name)
            ? throw new BuildException($"{name} is not in {folder}: run --target={task} first, then --target=Checksums")
        : sums.Value.ContainsKey(name) ? Compared(name)
        : throw NotListed(name);

    /// <summary>Compares all files of the folder.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="BuildException">One is missing, differs, or is not listed, or there are no checksums.</exception>
    public int RequireAll()
    {
        foreach (string name in sums.Value.Keys)
        {
            Compared(name);
        }

        string[] others = [.. ReleaseChecksums.Covered(folder).Select(Path.GetFileName).Where(name => !sums.Value.ContainsKey(name!))!];
        return others.Length == 0 ? sums.Value.Count : throw NotListed(string.Join(", ", others));
    }

    private string Compared(string name)
    {
        string expected = sums.Value[name];
        string found = Has(name) ? Files.Sha256(Path.Combine(folder, name)) : "no such file";
        return found == expected
            ? found
            : throw new BuildException(
                $"{Path.Combine(folder, name)} is not what {Sums} says: {Remedy}\n    expected: {expected}\n    got:      {found}");
    }

    private BuildException NotListed(string names) => new($"{Sums} does not list {names}: {Remedy}");

    private static OrderedDictionary<string, string> ReadSums(string folder)
    {
        string file = Path.Combine(folder, ChecksumFile.Sha256Name);
        return File.Exists(file)
            ? ChecksumFile.ReadSha256(file, "run --target=Checksums again")
            : throw new BuildException($"{folder} has no {ChecksumFile.Sha256Name}: run --target=Release, or --target=Checksums, first");
    }
}
