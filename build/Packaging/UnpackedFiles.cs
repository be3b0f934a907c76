using System.IO.Compression;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Packaging.Nsis;

namespace Qcw.Build.Packaging;

/// <summary>
/// What other programs than those that made a file of the release get out of it. It proves that the record of its contents is true: what is
/// recorded is what was packed, and nothing else was.
/// </summary>
public static class UnpackedFiles
{
    /// <summary>Compares what is recorded with what is inside.</summary>
    /// <param name="file">The installer or archive, a full path; a script has nothing inside.</param>
    /// <param name="recorded">What is said to be in it.</param>
    /// <param name="work">A folder for scratch, which is deleted at the end.</param>
    /// <param name="log">Gets what the unpacker prints.</param>
    /// <returns>What is recorded, and what the packager itself has added; sorted by path.</returns>
    /// <exception cref="BuildException">
    /// A file is missing, differs, or nobody owns it; the message names each. Or the unpacker failed.
    /// </exception>
    public static IReadOnlyList<PackedFile> Prove(string file, IReadOnlyList<PackedFile> recorded, string work, string log)
    {
        if (Path.GetExtension(file) == ".ps1")
        {
            return recorded;
        }

        Files.Delete(work);
        try
        {
            Directory.CreateDirectory(work);
            return Compare(Path.GetFileName(file), recorded, Read(file, work, log));
        }
        finally
        {
            Files.Delete(work);
        }
    }

    /// <summary>What is recorded, and what the packager added.</summary>
    /// <exception cref="BuildException">They do not fit.</exception>
    internal static IReadOnlyList<PackedFile> Compare(
        string name, IReadOnlyList<PackedFile> recorded, IReadOnlyDictionary<string, (string Sha256, long Size)> unpacked)
    {
        Dictionary<string, PackedFile> known = recorded.ToDictionary(file => file.Path, StringComparer.Ordinal);
        string[] others = [.. unpacked.Keys.Where(path => !known.ContainsKey(path)).Order(StringComparer.Ordinal)];
        string[] problems =
        [
            .. recorded.Where(file => !unpacked.ContainsKey(file.Path)).Select(file => $"{file.Path} of {file.From} is not in it"),
            .. recorded.Where(file => unpacked.TryGetValue(file.Path, out (string Sha256, long) found) && found.Sha256 != file.Sha256)
                .Select(file => $"{file.Path} of {file.From} has other bytes: expected {file.Sha256}, got {unpacked[file.Path].Sha256}"),
            .. others.Where(path => !NsisInstaller.Added.Contains(path)).Select(path => $"{path} is in it, and nobody owns it"),
        ];
        if (problems.Length > 0)
        {
            throw new BuildException(
                $"{name} is not what its record says; what packs it, and what describes its files, have to agree:\n    "
                    + string.Join("\n    ", problems));
        }

        IEnumerable<PackedFile> added =
            others.Select(path => new PackedFile(path, unpacked[path].Sha256, unpacked[path].Size, NsisInstaller.Owner));
        return [.. recorded.Concat(added).OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    private static Dictionary<string, (string Sha256, long Size)> Read(string file, string work, string log)
    {
        string root = work;
        switch (Path.GetExtension(file))
        {
            case ".zip":
                ZipFile.ExtractToDirectory(file, work); // not what wrote it
                break;
            case ".msi":
                ProcessRunner.Run(new ProcessRequest("msiextract", "-C", work, file) { LogFile = log });
                root = Path.Combine(work, MsiPackage.Read(file).ExtractedFolder);
                break;
            case ".exe":
                ProcessRunner.Run(new ProcessRequest("7zz", "x", "-y", "-bd", "-o" + work, file) { LogFile = log });
                break;
            default:
                throw new BuildException($"nothing is known here that unpacks {file}, so that its contents cannot be proved");
        }

        // a file beside the install folder keeps its whole path, which nobody owns
        return Directory.EnumerateFiles(work, "*", SearchOption.AllDirectories).ToDictionary(
            path => Path.GetRelativePath(path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? root : work, path)
                .Replace('\\', '/'),
            path => (Files.Sha256(path), new FileInfo(path).Length), StringComparer.Ordinal);
    }
}
