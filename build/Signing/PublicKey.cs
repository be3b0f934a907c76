using System.Buffers.Binary;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Qcw.Build.Signing;

/// <summary>A public Ed25519 key that is trusted because of the file it stands in.</summary>
/// <param name="identity">Whose it is, as the file says; empty: the file names nobody.</param>
/// <param name="bytes">32 bytes (RFC 8032).</param>
public sealed class PublicKey(string identity, byte[] bytes)
{
    private const int Size = 32;
    private const string SshType = "ssh-ed25519";
    private const string MinisignComment = "untrusted comment:";
    private const string Wanted =
        "an Ed25519 public key: a file of minisign (qcw.pub), or a line as in OpenSSH's allowed_signers or *.pub (ssh-ed25519 AAAA…)";

    /// <summary>Whose it is, as the file says; empty: the file names nobody.</summary>
    public string Identity => identity;

    /// <summary>The key, 32 bytes (RFC 8032).</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The namespaces that an <c>allowed_signers</c> line restricts the key to; null: all.</summary>
    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>Reads every key of a file: one of minisign, or lines of OpenSSH's <c>allowed_signers</c> or <c>*.pub</c>.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="mayBeEmpty">True: a file that has comments only is one without keys.</param>
    /// <exception cref="BuildException">There is no such file, or something in it is not such a key.</exception>
    public static IReadOnlyList<PublicKey> ReadAll(string path, bool mayBeEmpty = false)
    {
        if (!File.Exists(path))
        {
            throw new BuildException($"{path} does not exist, expected {Wanted}");
        }

        string[] lines =
            [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        PublicKey[] keys = lines is [{ } comment, { } key] && comment.StartsWith(MinisignComment, StringComparison.Ordinal)
            ? [new PublicKey(string.Empty, Minisign.KeyIn(key) ?? throw Bad(path, key))]
            : [.. lines.Select(line => FromSsh(line) ?? throw Bad(path, line))];
        return keys.Length > 0 || mayBeEmpty ? keys : throw new BuildException($"{path} has no key, expected {Wanted}");
    }

    /// <summary>Whether a signature is one of this key over these bytes.</summary>
    public bool Verifies(byte[] message, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519.SignatureSize
        && Ed25519.Verify(signature.ToArray(), 0, bytes, 0, message, 0, message.Length);

    /// <summary>The key in OpenSSH's binary form; null: it is none of this kind.</summary>
    internal static byte[]? OfSshBlob(ReadOnlySpan<byte> blob)
    {
        int type = sizeof(int) + SshType.Length;
        return blob.Length == type + sizeof(int) + Size
            && BinaryPrimitives.ReadInt32BigEndian(blob) == SshType.Length
            && blob[sizeof(int)..type].SequenceEqual(Encoding.ASCII.GetBytes(SshType))
            && BinaryPrimitives.ReadInt32BigEndian(blob[type..]) == Size
                ? blob[^Size..].ToArray()
                : null;
    }

    private static BuildException Bad(string path, string found) => new($"{path}: found \"{found}\", expected {Wanted}");

    // [identity [options]] ssh-ed25519 BASE64 [comment]; of the options only namespaces="…" is known, and an unknown one is refused
    private static PublicKey? FromSsh(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int type = Array.IndexOf(words, SshType);
        if (type is < 0 or > 2 || words.Length <= type + 1)
        {
            return null;
        }

        const string option = "namespaces=\"";
        bool restricted = type == 2;
        if (restricted && !(words[1].StartsWith(option, StringComparison.Ordinal) && words[1].EndsWith('"')))
        {
            return null;
        }

        return OfBase64(words[type + 1]) is { } blob && OfSshBlob(blob) is { } key
            ? new PublicKey(type == 0 ? string.Empty : words[0], key)
            {
                Namespaces = restricted ? words[1][option.Length..^1].Split(',') : null,
            }
            : null;
    }

    /// <summary>Decodes; null: it is no base64.</summary>
    internal static byte[]? OfBase64(string text)
    {
        byte[] decoded = new byte[text.Length];
        return Convert.TryFromBase64String(text, decoded, out int count) ? decoded[..count] : null;
    }
}
