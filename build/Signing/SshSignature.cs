using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;

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
    private const string Begin = "-----BEGIN SSH SIGNATURE-----";
    private const string End = "-----END SSH SIGNATURE-----";

    private static readonly byte[] Magic = "SSHSIG"u8.ToArray();

    /// <summary>The text of a <c>.sig</c> file.</summary>
    /// <param name="key">Signs.</param>
    /// <param name="content">The signed file's bytes.</param>
    public static string Signature(SigningKey key, byte[] content)
    {
        byte[] signed = Signed(content);
        byte[] blob =
        [
            .. Magic, .. Number(Version), .. Field(PublicBlob(key.PublicKey)), .. Purpose,
            .. Field([.. Text(KeyType), .. Field(key.Sign(signed))]),
        ];
        IEnumerable<string> lines = Convert.ToBase64String(blob).Chunk(LineLength).Select(line => new string(line));
        return string.Join('\n', [Begin, .. lines, End, string.Empty]);
    }

    /// <summary>Verifies a signature of the kind that <see cref="Signature"/> makes.</summary>
    /// <param name="key">Trusted.</param>
    /// <param name="content">The signed file's bytes.</param>
    /// <param name="signature">The text of a <c>.sig</c> file.</param>
    /// <returns>What is wrong; null: it is good.</returns>
    public static string? Problem(PublicKey key, byte[] content, string signature)
    {
        string[] lines = [.. signature.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        if (lines.Length < 3 || lines[0] != Begin || lines[^1] != End || PublicKey.OfBase64(string.Concat(lines[1..^1])) is not { } blob)
        {
            return "it is damaged or not a signature of OpenSSH";
        }

        // everything but the signature itself is what this key, this purpose and this file make it
        byte[] head = [.. Magic, .. Number(Version), .. Field(PublicBlob(key.Bytes)), .. Purpose];
        byte[] type = [.. Text(KeyType), .. Number(Ed25519PrivateKeyParameters.SignatureSize)];
        byte[] before = [.. head, .. Number(type.Length + Ed25519PrivateKeyParameters.SignatureSize), .. type];
        return key.Namespaces?.Contains(Namespace) == false ? $"the key is not trusted for the namespace {Namespace}"
            : !blob.AsSpan().StartsWith(head)
                ? $"it is of another key, for another purpose than \"{Namespace}\", or made with another hash than {HashName}"
            : !blob.AsSpan().StartsWith(before) || !key.Verifies(Signed(content), blob.AsSpan(before.Length))
                ? "it does not fit the file: the file or the signature has changed"
            : null;
    }

    /// <summary>The line of an <c>allowed_signers</c> file that lets the key sign files.</summary>
    /// <param name="key">The key pair; only its public half is written.</param>
    /// <param name="identity">The value of <c>ssh-keygen -Y verify -I</c>: no blanks, commas, or wildcards.</param>
    public static string AllowedSigner(SigningKey key, string identity) =>
        $"{identity} namespaces=\"{Namespace}\" {KeyType} {Convert.ToBase64String(PublicBlob(key.PublicKey))}\n";

    // the namespace, a reserved field, and the hash
    private static byte[] Purpose => [.. Text(Namespace), .. Text(string.Empty), .. Text(HashName)];

    private static byte[] Signed(byte[] content) => [.. Magic, .. Purpose, .. Field(SHA512.HashData(content))];

    private static byte[] PublicBlob(ReadOnlySpan<byte> key) => [.. Text(KeyType), .. Field(key.ToArray())];

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
