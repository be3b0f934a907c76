using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Qcw.Build.Tests.Fetching.Signatures;

/// <summary>An OpenPGP key made in the test, with every way of doing it wrong.</summary>
internal sealed class TestKey
{
    private readonly SecureRandom random = new();
    private readonly PgpKeyPair primary;
    private readonly PgpKeyPair subkey;
    private PgpPublicKey publicPrimary;
    private PgpPublicKey publicSubkey;

    public TestKey(DateTime created, long validSeconds = 0)
    {
        primary = NewPair(created);
        subkey = NewPair(created);
        publicPrimary = PgpPublicKey.AddCertification(primary.PublicKey, "Test <test@example.org>", SelfSignature(validSeconds));
        publicSubkey = subkey.PublicKey;
    }

    public string Fingerprint => Convert.ToHexString(publicPrimary.GetFingerprint());

    public string SubkeyId => $"{publicSubkey.KeyId:X16}";

    /// <summary>Binds the subkey, completely or in one of the ways that must not count.</summary>
    public TestKey Bind(bool canSign = true, bool backSignature = true, TestKey? by = null)
    {
        var packets = new PgpSignatureSubpacketGenerator();
        packets.SetKeyFlags(true, canSign ? PgpKeyFlags.CanSign : PgpKeyFlags.CanEncryptStorage);
        packets.SetSignatureCreationTime(true, primary.PublicKey.CreationTime);
        if (backSignature)
        {
            PgpSignatureGenerator back = Generator(subkey, PgpSignature.PrimaryKeyBinding, primary.PublicKey.CreationTime);
            packets.AddEmbeddedSignature(false, back.GenerateCertification(primary.PublicKey, subkey.PublicKey));
        }

        var binding = new PgpSignatureGenerator(PublicKeyAlgorithmTag.EdDsa_Legacy, HashAlgorithmTag.Sha256);
        binding.InitSign(PgpSignature.SubkeyBinding, (by ?? this).primary.PrivateKey, random);
        binding.SetHashedSubpackets(packets.Generate());
        publicSubkey = PgpPublicKey.AddCertification(publicSubkey, binding.GenerateCertification(primary.PublicKey, subkey.PublicKey));
        return this;
    }

    public TestKey Revoke(DateTime at, RevocationReasonTag reason)
    {
        var packets = new PgpSignatureSubpacketGenerator();
        packets.SetSignatureCreationTime(true, at);
        packets.SetRevocationReason(true, reason, "test");
        var revocation = new PgpSignatureGenerator(PublicKeyAlgorithmTag.EdDsa_Legacy, HashAlgorithmTag.Sha256);
        revocation.InitSign(PgpSignature.KeyRevocation, primary.PrivateKey, random);
        revocation.SetHashedSubpackets(packets.Generate());
        publicPrimary = PgpPublicKey.AddCertification(publicPrimary, revocation.GenerateCertification(primary.PublicKey));
        return this;
    }

    public string WriteTo(string path)
    {
        using FileStream file = File.Create(path);
        using var armor = new ArmoredOutputStream(file);
        publicPrimary.Encode(armor);
        byte[] bytes = publicSubkey.GetEncoded();

        // the library makes subkeys only together with a right binding: turn the packet's tag 6 (key) into 14 (subkey) by hand
        bytes[0] += (bytes[0] & 0x40) != 0 ? (byte)(14 - 6) : (byte)((14 - 6) << 2);
        armor.Write(bytes);
        return path;
    }

    public string Sign(string file, DateTime at, bool withSubkey = false, bool armored = false)
    {
        PgpSignatureGenerator generator = Generator(withSubkey ? subkey : primary, PgpSignature.BinaryDocument, at);
        generator.Update(File.ReadAllBytes(file));
        string path = file + ".sig";
        using FileStream output = File.Create(path);
        using Stream stream = armored ? new ArmoredOutputStream(output) : output;
        generator.Generate().Encode(stream);
        return path;
    }

    private PgpKeyPair NewPair(DateTime created)
    {
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(random));
        AsymmetricCipherKeyPair pair = generator.GenerateKeyPair();
        return new PgpKeyPair(PublicKeyAlgorithmTag.EdDsa_Legacy, pair, created);
    }

    private PgpSignature SelfSignature(long validSeconds)
    {
        var packets = new PgpSignatureSubpacketGenerator();
        packets.SetSignatureCreationTime(true, primary.PublicKey.CreationTime);
        packets.SetKeyFlags(true, PgpKeyFlags.CanCertify | PgpKeyFlags.CanSign);
        if (validSeconds > 0)
        {
            packets.SetKeyExpirationTime(true, validSeconds);
        }

        var generator = new PgpSignatureGenerator(PublicKeyAlgorithmTag.EdDsa_Legacy, HashAlgorithmTag.Sha256);
        generator.InitSign(PgpSignature.PositiveCertification, primary.PrivateKey, random);
        generator.SetHashedSubpackets(packets.Generate());
        return generator.GenerateCertification("Test <test@example.org>", primary.PublicKey);
    }

    private PgpSignatureGenerator Generator(PgpKeyPair pair, int type, DateTime at)
    {
        var packets = new PgpSignatureSubpacketGenerator();
        packets.SetSignatureCreationTime(true, at);
        packets.SetIssuerKeyID(false, pair.KeyId);
        var generator = new PgpSignatureGenerator(PublicKeyAlgorithmTag.EdDsa_Legacy, HashAlgorithmTag.Sha256);
        generator.InitSign(type, pair.PrivateKey, random);
        generator.SetHashedSubpackets(packets.Generate());
        return generator;
    }
}
