using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Qcw.Build.Packaging.Msi;

/// <summary>Identifiers and short file names. They are computed from names, so that the order of files does not matter.</summary>
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
    /// A name in the form of the tables (Microsoft's "Filename" data type): <c>short|long</c>, or just the name if it is a short one.
    /// </summary>
    public static string ShortAndLong(string name)
    {
        if (ShortName().IsMatch(name))
        {
            return name;
        }

        string extension = Forbidden().Replace(Path.GetExtension(name).TrimStart('.'), "_");
        string shortExtension = extension.Length == 0 ? string.Empty : '.' + extension[..Math.Min(3, extension.Length)].ToUpperInvariant();
        return $"{Hash(name)}{shortExtension}|{name}";
    }

    // 8 digits; Windows ignores letter case
    private static string Hash(string name) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name.ToLowerInvariant())), 0, 4);

    [GeneratedRegex("[^A-Za-z0-9_.]")]
    private static partial Regex Forbidden();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,8}(\\.[A-Za-z0-9_-]{1,3})?$")]
    private static partial Regex ShortName();
}

/// <summary>UUIDs that are computed from a name (RFC 9562, version 5): the same name gives the same UUID on every machine.</summary>
public static class NameBasedGuid
{
    /// <summary>qcw's own namespace. It must never change: component codes are computed in it, and upgrades depend on them.</summary>
    public static Guid Qcw { get; } = new("0d19ad53-948a-412d-a0af-692bb58ddf53");

    /// <summary>The UUID of a name in a namespace.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "version 5 is defined with SHA-1; nothing is protected by it")]
    public static Guid Create(Guid space, string name)
    {
        byte[] hash = SHA1.HashData([.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>The form that Windows Installer uses: braces, upper case.</summary>
    internal static string Text(this Guid guid) => guid.ToString("B").ToUpperInvariant();
}
