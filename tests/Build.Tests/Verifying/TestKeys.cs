using System.Security.Cryptography;
using Qcw.Build.Signing;

namespace Qcw.Build.Tests.Verifying;

/// <summary>Key pairs for tests.</summary>
internal static class TestKeys
{
    /// <summary>The key pair of a name, the same each time.</summary>
    public static SigningKey Of(string name)
    {
        using var folder = new TemporaryFolder();
        // RFC 8410: version, Ed25519, an octet string with the 32 bytes of the seed
        byte[] key =
        [
            .. Convert.FromHexString("302e020100300506032b657004220420"), .. SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)),
        ];
        return SigningKey.Read(folder.Write(
            "key", $"-----BEGIN PRIVATE KEY-----\n{Convert.ToBase64String(key)}\n-----END PRIVATE KEY-----\n"));
    }
}
