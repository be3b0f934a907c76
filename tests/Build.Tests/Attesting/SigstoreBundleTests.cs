using System.Text;
using System.Text.Json.Nodes;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Utilities.IO.Pem;
using Qcw.Build.Attesting;
using Qcw.Build.Signing;

namespace Qcw.Build.Tests.Attesting;

/// <summary>The form of a bundle; Sigstore's own verifier judges it in tests/Integration.Tests/Attesting.</summary>
public sealed class SigstoreBundleTests
{
    [Test]
    public void The_signature_is_over_the_encoding_of_the_whole_statement()
    {
        using var folder = new TemporaryFolder();
        var secret = new Ed25519PrivateKeyParameters(Sample.Bytes(32));
        using var text = new StringWriter();
        using (var pem = new PemWriter(text))
        {
            pem.WriteObject(new PemObject(
                "PRIVATE KEY", Org.BouncyCastle.Pkcs.PrivateKeyInfoFactory.CreatePrivateKeyInfo(secret).GetDerEncoded()));
        }

        var key = SigningKey.Read(folder.Write("key", Encoding.ASCII.GetBytes(text.ToString())));
        const string statement = "{ \"_type\": \"ü\" }";
        string bundle = SigstoreBundle.Of(key, statement);
        JsonNode envelope = JsonNode.Parse(bundle)!["dsseEnvelope"]!;
        byte[] signed = Encoding.UTF8.GetBytes(
            $"DSSEv1 28 application/vnd.in-toto+json {Encoding.UTF8.GetByteCount(statement)} {statement}");
        var verifier = new Ed25519Signer();
        verifier.Init(forSigning: false, secret.GeneratePublicKey());
        verifier.BlockUpdate(signed, 0, signed.Length);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                verifier.VerifySignature(Convert.FromBase64String(envelope["signatures"]![0]!["sig"]!.GetValue<string>())), Is.True);
            Assert.That(Convert.FromBase64String(envelope["payload"]!.GetValue<string>()), Is.EqualTo(Encoding.UTF8.GetBytes(statement)));
            Assert.That(SigstoreBundle.Of(key, statement), Is.EqualTo(bundle), "nothing in it is random");
            Assert.That(SigstoreBundle.PublicKey(key), Does.StartWith("-----BEGIN PUBLIC KEY-----\n"));
        }
    }
}
