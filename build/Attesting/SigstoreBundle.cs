using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.X509;
using Qcw.Build.Signing;

namespace Qcw.Build.Attesting;

/// <summary>
/// Signs a statement: a DSSE envelope in a Sigstore bundle v0.3, with a key and no certificate, so that it is verified without a network.
/// </summary>
public static class SigstoreBundle
{
    /// <summary>How the name of a bundle ends.</summary>
    public const string Ending = ".sigstore.json";

    /// <summary>The kind of bundle.</summary>
    public const string MediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /// <summary>The kind of what is signed in it: a statement.</summary>
    public const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>The text of a bundle. The same statement and key give the same bytes.</summary>
    /// <param name="key">Signs.</param>
    /// <param name="statement">An in-toto statement, JSON.</param>
    public static string Of(SigningKey key, string statement)
    {
        byte[] payload = Encoding.UTF8.GetBytes(statement);
        string hint = Convert.ToBase64String(SHA256.HashData(Encoded(key)));
        return JsonText.Of(new
        {
            mediaType = MediaType,
            verificationMaterial = new { publicKey = new { hint }, tlogEntries = Array.Empty<object>() },
            dsseEnvelope = new
            {
                payload = Convert.ToBase64String(payload),
                payloadType = PayloadType,
                signatures = new[] { new { sig = Convert.ToBase64String(key.Sign(ToSign(payload))), keyid = string.Empty } },
            },
        });
    }

    /// <summary>The public key as PEM (SubjectPublicKeyInfo), which Sigstore's verifiers take.</summary>
    public static string PublicKey(SigningKey key) => PemEncoding.WriteString("PUBLIC KEY", Encoded(key)) + "\n";

    private static byte[] Encoded(SigningKey key) =>
        SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(new Ed25519PublicKeyParameters(key.PublicKey.ToArray())).GetDerEncoded();

    /// <summary>The bytes that are signed: DSSE's pre-authentication encoding (its protocol.md, "Signature Definition").</summary>
    public static byte[] ToSign(byte[] payload) =>
    [
        .. Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"DSSEv1 {PayloadType.Length} {PayloadType} {payload.Length} ")),
        .. payload,
    ];
}
