using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Compiling.Builders.Msys2;

/// <summary>
/// The packages that an image was made from, and pacman's databases that chose them, kept in <c>artifacts/downloads/msys2</c>: MSYS2
/// deletes old packages. <c>contents.txt</c>, written last, has the sha256 of every file.
/// </summary>
/// <param name="folder">Its full path.</param>
/// <param name="log">Says what happens.</param>
public sealed class Msys2Cache(string folder, BuildLog log)
{
    /// <summary>The list of the files, in the form of <c>SHA256SUMS</c>.</summary>
    public const string ContentsName = "contents.txt";

    /// <summary>What databases end in.</summary>
    private const string Database = ".db";

    /// <summary>True where there is one.</summary>
    public bool Exists => File.Exists(InFolder(ContentsName));

    /// <summary>Where the parts are put together.</summary>
    public string Partial => folder + ".partial";

    /// <summary>Takes over the one of a mirror's folder, unless there is one.</summary>
    /// <param name="mirror">Full path, or null: there is no such folder.</param>
    /// <exception cref="BuildException">The mirror's is damaged.</exception>
    public void TakeFrom(string? mirror)
    {
        var theirs = new Msys2Cache(mirror ?? folder, log);
        if (mirror is null || Exists || !theirs.Exists)
        {
            return;
        }

        Files.Delete(Partial);
        theirs.CopyTo(Partial);
        File.Copy(theirs.InFolder(ContentsName), Path.Combine(Partial, ContentsName));
        Replace();
        log.Step("msys2", "fetch", $"the kept packages: taken from {mirror}");
    }

    /// <summary>Makes one from what is in <see cref="Partial"/>, in whatever folders below it.</summary>
    /// <exception cref="BuildException">There are no packages, or no databases.</exception>
    public void Keep()
    {
        foreach (string file in Directory.GetFiles(Partial, "*", SearchOption.AllDirectories))
        {
            if (IsKept(Path.GetFileName(file)))
            {
                File.Move(file, Path.Combine(Partial, Path.GetFileName(file)), overwrite: true);
            }
        }

        foreach (string below in Directory.GetDirectories(Partial))
        {
            Files.Delete(below);
        }

        string[] names = [.. Directory.GetFiles(Partial).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        if (!names.Any(IsDatabase) || names.All(name => !name.Contains(".pkg.tar", StringComparison.Ordinal)))
        {
            throw new BuildException(
                $"the image of MSYS2 was built, but it left no packages or no databases in {Partial}: its packages cannot be kept");
        }

        ChecksumFile.Write(Path.Combine(Partial, ContentsName), names.Select(name => (name, Files.Sha256(Path.Combine(Partial, name)))));
        Replace();
        log.Step("msys2", "keep", $"{names.Length} files in {folder}");
    }

    /// <summary>The files by name, with the sha256 that they were kept with.</summary>
    /// <exception cref="BuildException">The list cannot be read.</exception>
    public IReadOnlyList<(string Name, string Sha256)> Contents =>
        !Exists
            ? []
            :
            [
                .. ChecksumFile
                    .ReadSha256(InFolder(ContentsName), $"delete {folder}, and the packages are fetched again")
                    .Select(entry => (entry.Key, entry.Value)),
            ];

    /// <summary>Adds what chooses the packages' versions to an image's inputs.</summary>
    public void AddInputs(Fingerprint inputs)
    {
        foreach ((string name, string hash) in Contents.Where(file => IsDatabase(file.Name)))
        {
            inputs.Add("kept " + name, hash);
        }
    }

    /// <summary>Copies the files, compared with what they were.</summary>
    /// <exception cref="BuildException">One is missing or damaged.</exception>
    public void CopyTo(string target)
    {
        Directory.CreateDirectory(target);
        foreach ((string name, string hash) in Contents)
        {
            string file = InFolder(name);
            if (!File.Exists(file) || Files.Sha256(file) != hash)
            {
                throw new BuildException(
                    $"{file} is {(File.Exists(file) ? "damaged" : "missing")}: delete {folder}, and the packages are fetched again");
            }

            File.Copy(file, Path.Combine(target, name));
        }
    }

    /// <summary>The files with their places in a mirror.</summary>
    public IEnumerable<Fetching.Mirroring.MirrorFile> MirrorFiles() =>
        !Exists
            ? []
            : Contents
                .Append((Name: ContentsName, Sha256: Files.Sha256(InFolder(ContentsName))))
                .Select(file => new Fetching.Mirroring.MirrorFile(
                    MirrorLayout.Msys2 + "/" + file.Name, "msys2", "MSYS2's packages", InFolder(file.Name), file.Sha256));

    private static bool IsDatabase(string name) => name.EndsWith(Database, StringComparison.Ordinal);

    private static bool IsKept(string name) =>
        IsDatabase(name) || name.EndsWith(Database + ".sig", StringComparison.Ordinal)
        || (name.Contains(".pkg.tar", StringComparison.Ordinal) && !name.EndsWith(".part", StringComparison.Ordinal));

    private string InFolder(string name) => Path.Combine(folder, name);

    private void Replace()
    {
        Files.Replace(Partial, folder);
    }
}
