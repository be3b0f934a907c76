using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Qcw.Build.Packaging.Msi;

/// <summary>UUIDs that are computed from a name (RFC 9562, version 5): the same name gives the same one everywhere.</summary>
public static class NameBasedGuid
{
    /// <summary>qcw's own namespace. It must never change: component codes are computed in it, and upgrades rest on them.</summary>
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

    /// <summary>As Windows Installer writes them: braces, upper case.</summary>
    internal static string Text(this Guid guid) => guid.ToString("B").ToUpperInvariant();
}
