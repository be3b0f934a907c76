using System.Text.RegularExpressions;

namespace Qcw.Build.Core;

/// <summary>
/// A list of files with their hashes, as <c>sha256sum --check --strict</c> reads it: a line is the hash in lower-case hex, two spaces, and
/// the name of a file in the same folder; it ends in LF.
/// </summary>
public static partial class ChecksumFile
{
    /// <summary>What a release calls its list of sha256 sums.</summary>
    public const string Sha256Name = "SHA256SUMS";

    /// <summary>What a release calls its list of sha512 sums.</summary>
    public const string Sha512Name = "SHA512SUMS";

    /// <summary>Writes a list, sorted by name.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="entries">Names and their hashes.</param>
    public static void Write(string path, IEnumerable<(string Name, string Hash)> entries) =>
        Files.Write(path, string.Concat(
            entries.OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => $"{entry.Hash}  {entry.Name}\n")));

    /// <summary>Reads a list of sha256 sums, 64 lower-case hex digits each.</summary>
    /// <returns>The hash of each name, in the order of the file.</returns>
    /// <param name="path">Full path.</param>
    /// <param name="remedy">What to do about a list that is damaged, for the message.</param>
    /// <exception cref="BuildException">A line is not of this form, or names a file twice or one in another folder.</exception>
    public static OrderedDictionary<string, string> ReadSha256(string path, string remedy) => Read(path, "sha256", 64, remedy);

    /// <summary>Reads a list of sha512 sums, 128 lower-case hex digits each, as <see cref="ReadSha256"/> does.</summary>
    public static OrderedDictionary<string, string> ReadSha512(string path, string remedy) => Read(path, "sha512", 128, remedy);

    private static OrderedDictionary<string, string> Read(string path, string kind, int digits, string remedy)
    {
        var sums = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(path))
        {
            if (Entry().Match(line) is not { Success: true } entry || entry.Groups["hash"].Length != digits
                || !sums.TryAdd(entry.Groups["name"].Value, entry.Groups["hash"].Value))
            {
                throw new BuildException(
                    $"{path}: found \"{line}\", expected a {kind}, two spaces and a name that is on no other line; {remedy}");
            }
        }

        return sums;
    }

    [GeneratedRegex(@"\A(?<hash>[0-9a-f]+)  (?<name>(?!\.\.?\z)[^/\\]+)\z")]
    private static partial Regex Entry();
}
