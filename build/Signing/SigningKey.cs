using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Utilities;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Utilities.IO.Pem;

namespace Qcw.Build.Signing;

/// <summary>An Ed25519 key pair that releases are signed with. The same bytes signed twice give the same signature.</summary>
public sealed class SigningKey
{
    private const string Wanted = "an Ed25519 private key without a passphrase, as ssh-keygen -t ed25519 -N '' makes it";

    private readonly Ed25519PrivateKeyParameters secret;
    private readonly byte[] publicKey;

    private SigningKey(Ed25519PrivateKeyParameters secret)
    {
        this.secret = secret;
        publicKey = secret.GeneratePublicKey().GetEncoded();
    }

    /// <summary>The public key, 32 bytes (RFC 8032).</summary>
    public ReadOnlySpan<byte> PublicKey => publicKey;

    /// <summary>Reads a private key in OpenSSH's format or as PKCS #8, both PEM.</summary>
    /// <param name="path">Full path. Messages name it, and nothing of what is in it.</param>
    /// <exception cref="BuildException">There is no such file, or it holds no such key.</exception>
    public static SigningKey Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new BuildException($"{path} does not exist: the signing key has to be {Wanted}");
        }

        return KeyIn(path) is Ed25519PrivateKeyParameters key
            ? new SigningKey(key)
            : throw new BuildException($"{path} has a key of another kind, expected {Wanted}");
    }

    /// <summary>The signature of a message, 64 bytes (RFC 8032, Ed25519 without context).</summary>
    public byte[] Sign(byte[] message)
    {
        byte[] signature = new byte[Ed25519PrivateKeyParameters.SignatureSize];
        secret.Sign(Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Algorithm.Ed25519, null, message, 0, message.Length, signature, 0);
        return signature;
    }

    /// <summary>Secret bytes for another key (HKDF with SHA-256, RFC 5869). They tell nothing of this one.</summary>
    /// <param name="purpose">What that key is for: another purpose, other bytes.</param>
    /// <param name="length">How many bytes.</param>
    internal byte[] Derive(string purpose, int length) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, secret.GetEncoded(), length, info: Encoding.ASCII.GetBytes(purpose));

    private static AsymmetricKeyParameter KeyIn(string path)
    {
        string text = File.ReadAllText(path);
        try
        {
            using var reader = new StringReader(text);
            PemObject pem = new PemReader(reader).ReadPemObject()
                ?? throw new BuildException($"{path} has no PEM block, expected {Wanted}");
            return pem.Type switch
            {
                "OPENSSH PRIVATE KEY" => OpenSshPrivateKeyUtilities.ParsePrivateKeyBlob(pem.Content),
                "PRIVATE KEY" => PrivateKeyFactory.CreateKey(pem.Content),
                _ => throw new BuildException($"{path} has a PEM block \"{pem.Type}\", expected {Wanted}"),
            };
        }
        // the library has no type of its own for damage, nor for a passphrase
        catch (Exception e) when (e is not (BuildException or OutOfMemoryException))
        {
            throw new BuildException($"{path} cannot be read as a key ({e.Message}), expected {Wanted}", e);
        }
    }
}
