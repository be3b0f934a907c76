using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;

namespace Qcw.Build.Signing;

/// <summary>Signatures as <c>minisign</c> makes and verifies them (its manual page, "Signature format").</summary>
public static class Minisign
{
    // of a public key, and of a signature over the BLAKE2b-512 hash of a file
    private static readonly byte[] KeyAlgorithm = "Ed"u8.ToArray();
    private static readonly byte[] HashedAlgorithm = "ED"u8.ToArray();

    // the algorithm's name, the key's id, and the key or the signature
    private static readonly int KeySize = 2 + 8 + Ed25519PublicKeyParameters.KeySize;
    private static readonly int SignedSize = 2 + 8 + Ed25519PrivateKeyParameters.SignatureSize;

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

    /// <summary>Verifies a signature over the BLAKE2b-512 hash of a file, and the trusted comment with it.</summary>
    /// <param name="key">Trusted.</param>
    /// <param name="content">The signed file's bytes.</param>
    /// <param name="signature">The text of a <c>.minisig</c> file.</param>
    /// <returns>What is wrong; null: it is good.</returns>
    public static string? Problem(Signing.PublicKey key, byte[] content, string signature)
    {
        const string comment = "trusted comment: ";
        string[] lines = signature.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (lines.Length != 4 || !lines[2].StartsWith(comment, StringComparison.Ordinal)
            || Signing.PublicKey.OfBase64(lines[1]) is not { } signed || signed.Length != SignedSize
            || Signing.PublicKey.OfBase64(lines[3]) is not { } whole)
        {
            return "it is damaged or not a signature of minisign";
        }

        if (!signed.AsSpan().StartsWith(HashedAlgorithm))
        {
            return "it is not made over a hash of the file (minisign -l): sign again without -l";
        }

        byte[] own = signed[^Ed25519PrivateKeyParameters.SignatureSize..];
        return !key.Verifies(Blake2b(content), own) ? "it is not of this key, or the file has changed"
            : !key.Verifies([.. own, .. Encoding.UTF8.GetBytes(lines[2][comment.Length..])], whole) ? "its trusted comment has changed"
            : null;
    }

    /// <summary>The key in the second line of a public key's file, 32 bytes; null: it is none.</summary>
    internal static byte[]? KeyIn(string line) =>
        Signing.PublicKey.OfBase64(line) is { } bytes && bytes.Length == KeySize && bytes.AsSpan().StartsWith(KeyAlgorithm)
            ? bytes[^Ed25519PublicKeyParameters.KeySize..]
            : null;

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
