using System.Security.Cryptography;

namespace Qcw.Build.Releasing;

/// <summary>
/// The checksums of a release: <c>SHA256SUMS</c> and <c>SHA512SUMS</c>, which cover every other file of the folder but their signatures.
/// </summary>
public static class ReleaseChecksums
{
    /// <summary>The sha256 sums of a signed release's files before they were signed: what everybody can build.</summary>
    public const string UnsignedName = ChecksumFile.Sha256Name + ".unsigned";

    /// <summary>The names of the two files.</summary>
    public static IReadOnlyList<string> FileNames { get; } = [ChecksumFile.Sha256Name, ChecksumFile.Sha512Name];

    /// <summary>Full paths of the files that the checksums of a folder are of, sorted.</summary>
    public static IReadOnlyList<string> Covered(string folder) =>
        [.. (Directory.Exists(folder) ? Directory.GetFiles(folder) : []).Where(IsCovered).Order(StringComparer.Ordinal)];

    /// <summary>Writes both files for every other file of a folder. Signatures that are there go, unless they still fit.</summary>
    /// <returns>How many files they cover.</returns>
    /// <exception cref="BuildException">The folder has nothing to cover.</exception>
    public static int Write(string folder)
    {
        IReadOnlyList<string> files = Covered(folder);
        if (files.Count == 0)
        {
            throw new BuildException($"{folder} has no file to make checksums of: run --target=Release, or a part of it, first");
        }

        string signed = Path.Combine(folder, ChecksumFile.Sha256Name);
        string? before = File.Exists(signed) ? File.ReadAllText(signed) : null;
        WriteSums(signed, files, SHA256.HashData);
        WriteSums(Path.Combine(folder, ChecksumFile.Sha512Name), files, SHA512.HashData);
        if (File.ReadAllText(signed) != before)
        {
            foreach (string signature in ReleaseSignatures.FileNames)
            {
                File.Delete(Path.Combine(folder, signature));
            }
        }

        return files.Count;
    }

    /// <summary>Writes <see cref="UnsignedName"/>.</summary>
    /// <param name="folder">The release folder.</param>
    /// <param name="originals">Full paths of the files that are signed in it, as they were before.</param>
    public static void WriteUnsigned(string folder, IReadOnlyCollection<string> originals)
    {
        var before = originals.ToDictionary(file => Path.GetFileName(file), StringComparer.Ordinal);
        WriteSums(
            Path.Combine(folder, UnsignedName),
            Covered(folder).Select(file => before.GetValueOrDefault(Path.GetFileName(file), file)), SHA256.HashData);
    }

    private static bool IsCovered(string file)
    {
        string name = Path.GetFileName(file);
        return !FileNames.Contains(name) && !ReleaseSignatures.FileNames.Contains(name) && name != UnsignedName
            && !name.EndsWith(".fingerprint", StringComparison.Ordinal) && !name.EndsWith(Files.PartialSuffix, StringComparison.Ordinal);
    }

    private static void WriteSums(string target, IEnumerable<string> files, Func<Stream, byte[]> hash) =>
        ChecksumFile.Write(
            target,
            files.Select(file =>
            {
                using FileStream stream = File.OpenRead(file);
                return (Path.GetFileName(file), Convert.ToHexStringLower(hash(stream)));
            }));
}
