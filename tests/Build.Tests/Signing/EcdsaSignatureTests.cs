using System.Security.Cryptography;
using Qcw.Build.Signing;

namespace Qcw.Build.Tests.Signing;

/// <summary>The signature for Windows, verified with .NET's own ECDSA.</summary>
public sealed class EcdsaSignatureTests
{
    private TemporaryFolder folder = null!;
    private SigningKey key = null!;

    [SetUp]
    public void MakeKey()
    {
        folder = new TemporaryFolder();
        key = Key("a key for tests");
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void It_is_verified_by_the_public_key_and_no_other_bytes_are()
    {
        byte[] signature = Convert.FromBase64String(EcdsaSignature.Signature(key, "content"u8.ToArray()));
        using var shared = ECDsa.Create();
        shared.ImportFromPem(EcdsaSignature.PublicKey(key));
        Assert.That(signature, Has.Length.EqualTo(EcdsaSignature.Size));
        Assert.That(shared.VerifyData("content"u8, signature, HashAlgorithmName.SHA256));
        Assert.That(shared.VerifyData("Content"u8, signature, HashAlgorithmName.SHA256), Is.False);
        shared.ImportFromPem(EcdsaSignature.PublicKey(Key("another key")));
        Assert.That(shared.VerifyData("content"u8, signature, HashAlgorithmName.SHA256), Is.False);
    }

    [Test]
    public void The_public_key_is_read_as_it_was_written()
    {
        byte[] point = EcdsaSignature.ReadPublicKey(folder.Write("public.pem", EcdsaSignature.PublicKey(key)));
        using var shared = ECDsa.Create();
        shared.ImportFromPem(EcdsaSignature.PublicKey(key));
        ECParameters parameters = shared.ExportParameters(includePrivateParameters: false);
        Assert.That(point, Is.EqualTo(parameters.Q.X!.Concat(parameters.Q.Y!)));
    }

    // published keys depend on how they are derived: this one must never change; computed by another program, from RFC 5869 and 6979
    [Test]
    public void The_key_and_the_signature_follow_from_the_Ed25519_key()
    {
        Assert.That(
            Convert.ToHexStringLower(EcdsaSignature.ReadPublicKey(folder.Write("public.pem", EcdsaSignature.PublicKey(key)))),
            Is.EqualTo(
                "363b0320eaa4b73522d957d014ea01d752d7960386d4ef1fc119b6fddd9d0a03"
                    + "039edb0f6454477e1e15a6e8cf73b5975628948541be7972319f965c3d836912"));
        Assert.That(
            EcdsaSignature.Signature(key, "content"u8.ToArray()),
            Is.EqualTo("Gl3jolvuW4Ggvp+o05EFMPsCEEQUinRs0id2md3J0+TeImsUwSsOtIfZ7J8gcSknEZdjWqJ0Ve7jElKaljD6mg==\n"));
    }

    [TestCase("", "has no PEM block \"PUBLIC KEY\"")]
    [TestCase("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "cannot be read as a key")]
    public void What_is_no_public_key_is_refused_by_name(string text, string problem) => AssertRefused(text, problem);

    [Test]
    public void A_private_key_and_one_of_another_curve_are_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        AssertRefused(other.ExportSubjectPublicKeyInfoPem(), "a key of another curve");
        using var secret = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        AssertRefused(secret.ExportPkcs8PrivateKeyPem(), "has no PEM block \"PUBLIC KEY\"");
        Assert.That(
            () => EcdsaSignature.ReadPublicKey(folder["none"]), Throws.TypeOf<BuildException>().With.Message.Contains("does not exist"));
    }

    private void AssertRefused(string text, string problem)
    {
        string file = folder.Write("public.pem", text);
        Assert.That(
            () => EcdsaSignature.ReadPublicKey(file),
            Throws.TypeOf<BuildException>().With.Message.StartsWith(file).And.Message.Contains(problem).And.Message.Contains("P-256"));
    }

    private SigningKey Key(string seed)
    {
        // RFC 8410: version, Ed25519, an octet string with the 32 bytes of the seed
        byte[] bytes =
            [.. Convert.FromHexString("302e020100300506032b657004220420"), .. SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(seed))];
        return SigningKey.Read(folder.Write(
            "key", $"-----BEGIN PRIVATE KEY-----\n{Convert.ToBase64String(bytes)}\n-----END PRIVATE KEY-----\n"));
    }
}
