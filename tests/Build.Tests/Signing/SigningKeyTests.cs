using System.Security.Cryptography;
using Qcw.Build.Signing;

namespace Qcw.Build.Tests.Signing;

/// <summary>Files that are no key to sign with. Good ones are tested with the programs that make and use them.</summary>
public sealed class SigningKeyTests
{
    [TestCase("", "has no PEM block")]
    [TestCase("ssh-ed25519 AAAA me", "has no PEM block")]
    [TestCase(
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
        "a PEM block \"ENCRYPTED PRIVATE KEY\"")]
    [TestCase("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "a PEM block \"CERTIFICATE\"")]
    [TestCase("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "cannot be read as a key")]
    [TestCase("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "cannot be read as a key")]
    [TestCase("-----BEGIN PRIVATE KEY-----\n", "cannot be read as a key")]
    public void A_file_that_is_no_key_is_refused_by_name(string text, string problem)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("key", text);
        Assert.That(() => SigningKey.Read(file), Refuses(file, problem));
    }

    [Test]
    public void A_key_of_another_kind_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string file = folder.Write("key", other.ExportPkcs8PrivateKeyPem());
        Assert.That(() => SigningKey.Read(file), Refuses(file, "a key of another kind"));
    }

    [Test]
    public void A_file_that_is_not_there_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => SigningKey.Read(folder["none"]), Refuses(folder["none"], "does not exist"));
    }

    private static NUnit.Framework.Constraints.IResolveConstraint Refuses(string file, string problem) =>
        Throws.TypeOf<BuildException>()
            .With.Message.StartsWith(file).And.Message.Contains(problem).And.Message.Contains("ssh-keygen -t ed25519");
}
