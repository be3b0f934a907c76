using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.X509;

namespace Qcw.Build.Signing;

/// <summary>
/// Signatures that every Windows can verify without a program: ECDSA on the curve P-256, which .NET Framework has, and not Ed25519. The
/// key is derived from the Ed25519 key, so that one file is kept secret and its holder signs once.
/// </summary>
public static class EcdsaSignature
{
    /// <summary>Bytes of a signature, and of a public key's point: two numbers of 32 bytes each.</summary>
    public const int Size = 64;

    // both are part of what the key is: another text or length makes another key
    private const string Purpose = "qcw release signature, ECDSA P-256";
    private const int SeedSize = 48;

    private const string Wanted = "a public key on the curve P-256, as SignChecksums writes qcw-p256.pem";

    /// <summary>The text of a <c>.p256</c> file: r and s as IEEE P1363 has them, base64, one line.</summary>
    /// <param name="key">The key that the signing key is derived from.</param>
    /// <param name="content">The signed file's bytes.</param>
    public static string Signature(SigningKey key, byte[] content)
    {
        ECPrivateKeyParameters secret = Secret(key);
        // RFC 6979: the same bytes signed twice give the same signature
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(forSigning: true, secret);
        BigInteger[] numbers = signer.GenerateSignature(SHA256.HashData(content));
        return Convert.ToBase64String(PlainDsaEncoding.Instance.Encode(secret.Parameters.N, numbers[0], numbers[1])) + "\n";
    }

    /// <summary>The text of the public key's file: SubjectPublicKeyInfo, PEM.</summary>
    /// <param name="key">The key that the signing key is derived from.</param>
    public static string PublicKey(SigningKey key)
    {
        ECPrivateKeyParameters secret = Secret(key);
        var shared = new ECPublicKeyParameters("ECDSA", secret.Parameters.G.Multiply(secret.D).Normalize(), secret.PublicKeyParamSet);
        return PemEncoding.WriteString("PUBLIC KEY", SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(shared).GetDerEncoded()) + "\n";
    }

    /// <summary>Reads a public key.</summary>
    /// <param name="path">Full path of its PEM file.</param>
    /// <returns>Its point: x and y, 32 bytes each, the highest first.</returns>
    /// <exception cref="BuildException">There is no such file, or it holds no such key; the message names it.</exception>
    public static byte[] ReadPublicKey(string path)
    {
        if (!File.Exists(path))
        {
            throw new BuildException($"{path} does not exist, expected {Wanted}");
        }

        string text = File.ReadAllText(path);
        try
        {
            // .NET takes a private key too, and would keep what must not be in a build
            if (!PemEncoding.TryFind(text, out PemFields fields) || text[fields.Label] != "PUBLIC KEY")
            {
                throw new BuildException($"{path} has no PEM block \"PUBLIC KEY\", expected {Wanted}");
            }

            using var key = ECDsa.Create();
            key.ImportFromPem(text);
            ECParameters parameters = key.ExportParameters(includePrivateParameters: false);
            return parameters.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
                ? [.. parameters.Q.X!, .. parameters.Q.Y!]
                : throw new BuildException($"{path} has a key of another curve, expected {Wanted}");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new BuildException($"{path} cannot be read as a key ({e.Message}), expected {Wanted}", e);
        }
    }

    // FIPS 186-5, appendix A.2.1: with 128 bits more than the order has, the remainder shows no bias
    private static ECPrivateKeyParameters Secret(SigningKey key)
    {
        X9ECParameters curve = ECNamedCurveTable.GetByOid(X9ObjectIdentifiers.Prime256v1);
        var seed = new BigInteger(1, key.Derive(Purpose, SeedSize));
        return new ECPrivateKeyParameters(
            "ECDSA", seed.Mod(curve.N.Subtract(BigInteger.One)).Add(BigInteger.One), X9ObjectIdentifiers.Prime256v1);
    }
}
