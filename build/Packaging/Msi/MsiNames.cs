using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Qcw.Build.Packaging.Msi;

/// <summary>Identifiers and short file names, computed from names so that the order of files does not matter.</summary>
internal static partial class MsiNames
{
    private const int LongestReadablePart = 40; // of the 72 characters that an identifier may have

    /// <summary>An identifier: the prefix, what of the name is allowed, and a hash that tells similar names apart.</summary>
    public static string Identifier(string prefix, string name)
    {
        string readable = Forbidden().Replace(name, "_");
        return $"{prefix}_{readable[Math.Max(0, readable.Length - LongestReadablePart)..]}_{Hash(name).ToLowerInvariant()}";
    }

    /// <summary>
    /// A name as the tables want it (Microsoft's "Filename" data type): <c>short|long</c> unless it is a short one itself.
    /// </summary>
    public static string ShortAndLong(string name)
    {
        if (ShortName().IsMatch(name))
        {
            return name;
        }

        string extension = Forbidden().Replace(Path.GetExtension(name).TrimStart('.'), "_");
        string shortName = Hash(name) + (extension.Length == 0 ? string.Empty : '.' + extension[..Math.Min(3, extension.Length)].ToUpperInvariant());
        return $"{shortName}|{name}";
    }

    // 8 digits; Windows does not tell letter cases apart
    private static string Hash(string name) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name.ToLowerInvariant())), 0, 4);

    [GeneratedRegex("[^A-Za-z0-9_.]")]
    private static partial Regex Forbidden();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,8}(\\.[A-Za-z0-9_-]{1,3})?$")]
    private static partial Regex ShortName();
}
