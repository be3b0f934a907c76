using Org.BouncyCastle.Bcpg;
using Qcw.Build.Fetching.Signatures;

namespace Qcw.Build.Tests.Fetching.Signatures;

public sealed class OpenPgpTests
{
    private static readonly DateTime Created = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Signed = new(2021, 6, 1, 0, 0, 0, DateTimeKind.Utc);
    private const long TwoYears = 2 * 365 * 86400;
    private TemporaryFolder folder = null!;
    private string file = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        file = folder.Write("sample.tar", "what is signed");
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public void Accepts_the_pinned_keys_signature(bool armored)
    {
        var key = new TestKey(Created);
        Assert.That(() => OpenPgp.Verify(file, key.Sign(file, Signed, armored: armored), Pin(key)), Throws.Nothing);
    }

    [Test]
    public void Accepts_a_bound_signing_subkey()
    {
        TestKey key = new TestKey(Created).Bind();
        Assert.That(() => OpenPgp.Verify(file, key.Sign(file, Signed, withSubkey: true), Pin(key)), Throws.Nothing);
    }

    [Test]
    public void Refuses_a_subkey_that_is_not_bound_as_it_must_be()
    {
        var other = new TestKey(Created);
        foreach (TestKey key in new[]
            {
                new TestKey(Created),
                new TestKey(Created).Bind(canSign: false),
                new TestKey(Created).Bind(backSignature: false),
                new TestKey(Created).Bind(by: other),
            })
        {
            string signature = key.Sign(file, Signed, withSubkey: true);
            Assert.That(
                () => OpenPgp.Verify(file, signature, Pin(key)),
                Throws.InstanceOf<BuildException>()
                    .With.Message.Contains("is not bound for signing by the primary key " + key.Fingerprint));
        }
    }

    [Test]
    public void Says_which_key_made_a_strangers_signature()
    {
        var key = new TestKey(Created);
        TestKey stranger = new TestKey(Created).Bind();
        Assert.That(
            () => OpenPgp.CheckSignature(stranger.Sign(file, Signed, withSubkey: true), Pin(key)),
            Throws
                .InstanceOf<BuildException>()
                .With.Message.Contains($"made by key {stranger.SubkeyId}")
                .And.Message.Contains(key.Fingerprint));
    }

    [Test]
    public void Refuses_other_bytes()
    {
        var key = new TestKey(Created);
        string signature = key.Sign(file, Signed);
        File.AppendAllText(file, "!");
        Assert.That(
            () => OpenPgp.Verify(file, signature, Pin(key)),
            Throws.InstanceOf<BuildException>().With.Message.StartsWith("bad OpenPGP signature"));
    }

    [Test]
    public void Refuses_a_key_file_without_the_pinned_key()
    {
        var key = new TestKey(Created);
        DetachedSignature pin = Pin(key) with { KeyFingerprint = new string('A', 40) };
        Assert.That(
            () => OpenPgp.CheckSignature(key.Sign(file, Signed), pin),
            Throws
                .InstanceOf<BuildException>()
                .With.Message.Contains($"does not contain the pinned key {pin.KeyFingerprint}; it has {key.Fingerprint}"));
    }

    [Test]
    public void Accepts_an_expired_keys_signature_from_when_it_was_valid()
    {
        var key = new TestKey(Created, TwoYears);
        Assert.That(() => OpenPgp.Verify(file, key.Sign(file, Signed), Pin(key)), Throws.Nothing);
    }

    [Test]
    public void Refuses_a_signature_from_when_the_key_was_not_valid()
    {
        var key = new TestKey(Created, TwoYears);
        foreach (DateTime time in new[] { Created.AddDays(-1), Created.AddSeconds(TwoYears + 1) })
        {
            Assert.That(
                () => OpenPgp.Verify(file, key.Sign(file, time), Pin(key)),
                Throws.InstanceOf<BuildException>().With.Message.Contains("was not valid (it was from 2020-01-01 to 2021-12-31)"));
        }
    }

    [Test]
    public void Accepts_a_retired_keys_older_signature_but_not_a_stolen_keys()
    {
        TestKey retired = new TestKey(Created).Revoke(Signed.AddDays(1), RevocationReasonTag.KeyRetired);
        Assert.That(() => OpenPgp.Verify(file, retired.Sign(file, Signed), Pin(retired)), Throws.Nothing);
        Assert.That(
            () => OpenPgp.Verify(file, retired.Sign(file, Signed.AddDays(2)), Pin(retired)),
            Throws.InstanceOf<BuildException>().With.Message.Contains("was revoked"));
        TestKey stolen = new TestKey(Created).Revoke(Signed.AddDays(1), RevocationReasonTag.KeyCompromised);
        Assert.That(
            () => OpenPgp.Verify(file, stolen.Sign(file, Signed), Pin(stolen)),
            Throws.InstanceOf<BuildException>().With.Message.Contains("was revoked"));
    }

    [TestCase("<!DOCTYPE html><html><body>404</body></html>")]
    [TestCase("")]
    [TestCase("-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n")]
    [TestCase("-----BEGIN PGP SIGNATURE-----\n\n!!!!")]
    [TestCase("\u0001\u0002\u0003binary")]
    public void Says_that_something_else_is_no_signature(string text)
    {
        string signature = folder["sample.tar.sig"];
        File.WriteAllText(signature, text);
        Assert.That(
            () => OpenPgp.CheckSignature(signature, Pin(new TestKey(Created))),
            Throws.InstanceOf<BuildException>().With.Message.StartsWith("sample.tar.sig is not an OpenPGP signature"));
    }

    [Test]
    public void Says_that_a_broken_key_file_cannot_be_read()
    {
        var key = new TestKey(Created);
        string signature = key.Sign(file, Signed);
        DetachedSignature pin = Pin(key);
        File.WriteAllText(pin.KeyFile, "no key");
        Assert.That(() => OpenPgp.CheckSignature(signature, pin), Throws.InstanceOf<BuildException>().With.Message.Contains(pin.KeyFile));
    }

    private DetachedSignature Pin(TestKey key) =>
        new(new Uri("https://example.org/sample.tar.sig"), key.WriteTo(folder["key.asc"]), key.Fingerprint);
}
