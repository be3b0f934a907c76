using System.Text.Json;
using Qcw.Build.Attesting;
using Qcw.Build.Signing;

namespace Qcw.Build.Verifying;

/// <summary>A signed statement: a DSSE envelope in a Sigstore bundle v0.3 (sigstore.dev, "Bundle Format").</summary>
/// <param name="Statement">What was signed; trusted only if <see cref="IsSignedBy"/> says so.</param>
/// <param name="Keyless">True: a certificate says who signed, which only Sigstore's own programs verify.</param>
public sealed record Bundle(Statement Statement, bool Keyless)
{
    private byte[] Signed { get; init; } = [];

    private byte[] Signature { get; init; } = [];

    /// <summary>Reads a bundle.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="where">The file it stands in, for messages.</param>
    /// <exception cref="BuildException">It is none, or of another kind.</exception>
    public static Bundle Parse(string json, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            if (Statement.Text(root, "mediaType") is var media && media != SigstoreBundle.MediaType)
            {
                throw new BuildException($"{where}: mediaType: found \"{media}\", expected {SigstoreBundle.MediaType}");
            }

            JsonElement envelope = Statement.Member(root, "dsseEnvelope") ?? throw new BuildException($"{where} has no dsseEnvelope");
            if (Statement.Text(envelope, "payloadType") is var type && type != SigstoreBundle.PayloadType)
            {
                throw new BuildException($"{where}: dsseEnvelope.payloadType: found \"{type}\", expected {SigstoreBundle.PayloadType}");
            }

            // a bundle has one signature: whoever looked for the good one among several could be led astray
            if (PublicKey.OfBase64(Statement.Text(envelope, "payload") ?? string.Empty) is not { Length: > 0 } payload
                || Statement.Items(envelope, "signatures") is not [{ } signature]
                || PublicKey.OfBase64(Statement.Text(signature, "sig") ?? string.Empty) is not { Length: > 0 } bytes)
            {
                throw new BuildException($"{where}: dsseEnvelope: expected a payload and one signature, in base64");
            }

            bool keyless = Statement.Member(root, "verificationMaterial") is not { } material
                || Statement.Member(material, "publicKey") is null;
            return new Bundle(Statement.Parse(payload, where), keyless) { Signed = SigstoreBundle.ToSign(payload), Signature = bytes };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // the second one for a text whose letters are damaged
            throw new BuildException($"{where} is not JSON: {e.Message}", e);
        }
    }

    /// <summary>Whether the statement is signed by a key.</summary>
    public bool IsSignedBy(PublicKey key) => key.Verifies(Signed, Signature);
}
