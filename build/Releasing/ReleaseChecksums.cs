using System.Security.Cryptography;
using System.Text;

namespace Qcw.Build.Releasing;

/// <summary>Writes <c>SHA256SUMS</c> and <c>SHA512SUMS</c>: bare names, sorted, LF, as <c>sha256sum --check --strict</c> takes them.</summary>
public static class ChecksumFile
{
    /// <summary>The names of the two files.</summary>
    public static IReadOnlyList<string> FileNames { get; } = ["SHA256SUMS", "SHA512SUMS"];

    /// <summary>Writes both files for every other file of a folder.</summary>
    /// <returns>How many files they cover.</returns>
    /// <exception cref="BuildException">The folder has nothing to cover.</exception>
    public static int Write(string folder)
    {
        string[] files =
        [
            .. (Directory.Exists(folder) ? Directory.GetFiles(folder) : []).Where(IsCovered).OrderBy(Path.GetFileName, StringComparer.Ordinal),
        ];
        if (files.Length == 0)
        {
            throw new BuildException($"{folder} has no file to make checksums of: run --target=Release, or a part of it, first");
        }

        WriteSums(folder, "SHA256SUMS", files, SHA256.HashData);
        WriteSums(folder, "SHA512SUMS", files, SHA512.HashData);
        return files.Length;
    }

    private static bool IsCovered(string file)
    {
        string name = Path.GetFileName(file);
        return !FileNames.Contains(name) && !name.EndsWith(".fingerprint", StringComparison.Ordinal) && !name.EndsWith(".partial", StringComparison.Ordinal);
    }

    private static void WriteSums(string folder, string name, IEnumerable<string> files, Func<Stream, byte[]> hash)
    {
        var text = new StringBuilder();
        foreach (string file in files)
        {
            using FileStream stream = File.OpenRead(file);
            // two spaces: binary and text mode are the same bytes where these sums are made
            text.Append(Convert.ToHexStringLower(hash(stream))).Append("  ").Append(Path.GetFileName(file)).Append('\n');
        }

        string target = Path.Combine(folder, name);
        File.WriteAllText(target + ".partial", text.ToString());
        File.Move(target + ".partial", target, overwrite: true);
    }
}
