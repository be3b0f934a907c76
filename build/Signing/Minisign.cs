using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace Qcw.Build.Signing;

/// <summary>Signatures as <c>minisign</c> makes and verifies them (its manual page, "Signature format").</summary>
public static class Minisign
{
    // of a public key, and of a signature over the BLAKE2b-512 hash of a file
    private static readonly byte[] KeyAlgorithm = "Ed"u8.ToArray();
    private static readonly byte[] HashedAlgorithm = "ED"u8.ToArray();

    /// <summary>The text of a <c>.minisig</c> file.</summary>
    /// <param name="key">Signs.</param>
    /// <param name="content">The signed file's bytes.</param>
    /// <param name="trustedComment">One line that is signed with them and shown after verification.</param>
    public static string Signature(SigningKey key, byte[] content, string trustedComment)
    {
        byte[] signature = key.Sign(Blake2b(content));
        byte[] whole = key.Sign([.. signature, .. Encoding.UTF8.GetBytes(trustedComment)]);
        return $"untrusted comment: signature from the key {KeyIdText(key)}\n"
            + Convert.ToBase64String([.. HashedAlgorithm, .. KeyId(key), .. signature])
            + $"\ntrusted comment: {trustedComment}\n"
            + Convert.ToBase64String(whole) + "\n";
    }

    /// <summary>The text of the public key's file, which <c>minisign -V -p</c> takes.</summary>
    public static string PublicKey(SigningKey key) =>
        $"untrusted comment: minisign public key {KeyIdText(key)}\n"
            + Convert.ToBase64String([.. KeyAlgorithm, .. KeyId(key), .. key.PublicKey]) + "\n";

    // minisign draws it by lot; here it follows from the key, so that the same key has one identity on every machine
    private static byte[] KeyId(SigningKey key) => SHA256.HashData(key.PublicKey)[..8];

    // minisign prints it as a number, whose bytes are stored with the lowest first
    private static string KeyIdText(SigningKey key) => Convert.ToHexString([.. KeyId(key).Reverse()]);

    private static byte[] Blake2b(byte[] content)
    {
        var digest = new Blake2bDigest(512);
        digest.BlockUpdate(content, 0, content.Length);
        byte[] hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return hash;
    }
}
