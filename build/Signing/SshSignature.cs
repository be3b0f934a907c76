using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Qcw.Build.Signing;

/// <summary>Signatures as <c>ssh-keygen -Y sign</c> makes them (OpenSSH's PROTOCOL.sshsig), which Windows' own OpenSSH verifies.</summary>
public static class SshSignature
{
    /// <summary>What the signature is for: the value of <c>ssh-keygen -Y verify -n</c>.</summary>
    public const string Namespace = "file";

    private const string KeyType = "ssh-ed25519";
    private const string HashName = "sha512";
    private const int Version = 1;
    private const int LineLength = 70;

    private static readonly byte[] Magic = "SSHSIG"u8.ToArray();

    /// <summary>The text of a <c>.sig</c> file.</summary>
    /// <param name="key">Signs.</param>
    /// <param name="content">The signed file's bytes.</param>
    public static string Signature(SigningKey key, byte[] content)
    {
        byte[] signed =
            [.. Magic, .. Text(Namespace), .. Text(string.Empty), .. Text(HashName), .. Field(SHA512.HashData(content))];
        byte[] blob =
        [
            .. Magic, .. Number(Version), .. Field(PublicBlob(key)), .. Text(Namespace), .. Text(string.Empty), .. Text(HashName),
            .. Field([.. Text(KeyType), .. Field(key.Sign(signed))]),
        ];
        IEnumerable<string> lines = Convert.ToBase64String(blob).Chunk(LineLength).Select(line => new string(line));
        return string.Join('\n', ["-----BEGIN SSH SIGNATURE-----", .. lines, "-----END SSH SIGNATURE-----", string.Empty]);
    }

    /// <summary>The line of an <c>allowed_signers</c> file that lets the key sign files.</summary>
    /// <param name="key">The key pair; only its public half is written.</param>
    /// <param name="identity">The value of <c>ssh-keygen -Y verify -I</c>: no blanks, commas, or wildcards.</param>
    public static string AllowedSigner(SigningKey key, string identity) =>
        $"{identity} namespaces=\"{Namespace}\" {KeyType} {Convert.ToBase64String(PublicBlob(key))}\n";

    private static byte[] PublicBlob(SigningKey key) => [.. Text(KeyType), .. Field(key.PublicKey.ToArray())];

    private static byte[] Text(string text) => Field(Encoding.ASCII.GetBytes(text));

    // RFC 4251, section 5: string
    private static byte[] Field(byte[] bytes) => [.. Number(bytes.Length), .. bytes];

    private static byte[] Number(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
