using System.Security.Cryptography;
using Qcw.Build.Releasing;
using Qcw.Build.Signing;

namespace Qcw.Build.Tests.Releasing;

/// <summary>What is not signed. Good signatures are tested with the programs that verify them.</summary>
public sealed class ReleaseSignaturesTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeRelease()
    {
        folder = new TemporaryFolder();
        folder.Write("release/a.zip", "a");
        folder.Write("release/b.zip", "b");
        ReleaseChecksums.Write(folder["release"]);
        // RFC 8410: version, Ed25519, an octet string with the 32 bytes of the seed
        byte[] key = [.. Convert.FromHexString("302e020100300506032b657004220420"), .. SHA256.HashData("a key for tests"u8)];
        folder.Write("key", $"-----BEGIN PRIVATE KEY-----\n{Convert.ToBase64String(key)}\n-----END PRIVATE KEY-----\n");
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void The_same_checksums_give_the_same_signatures()
    {
        Assert.That(Sign(), Is.EqualTo(2));
        string[] first = [.. ReleaseSignatures.FileNames.Select(name => File.ReadAllText(folder["release/" + name]))];
        Sign();
        Assert.That(ReleaseSignatures.FileNames.Select(name => File.ReadAllText(folder["release/" + name])), Is.EqualTo(first));
    }

    [Test]
    public void A_file_that_differs_is_not_signed()
    {
        folder.Write("release/b.zip", "other");
        AssertNothingSigned("b.zip");
    }

    [Test]
    public void A_file_that_is_missing_is_not_signed()
    {
        File.Delete(folder["release/b.zip"]);
        AssertNothingSigned("b.zip");
    }

    [Test]
    public void A_file_that_is_not_listed_is_not_signed()
    {
        folder.Write("release/c.zip", "c");
        AssertNothingSigned("c.zip");
    }

    [Test]
    public void A_folder_without_checksums_is_refused()
    {
        File.Delete(folder["release/SHA256SUMS"]);
        AssertNothingSigned("--target=Release");
    }

    private int Sign() => ReleaseSignatures.Write(folder["release"], SigningKey.Read(folder["key"]), folder["signing"]);

    private void AssertNothingSigned(string problem)
    {
        Assert.That(Sign, Throws.TypeOf<BuildException>().With.Message.Contains(problem));
        Assert.That(ReleaseSignatures.FileNames.Select(name => folder["release/" + name]), Has.None.Exist);
        Assert.That(folder["signing"], Does.Not.Exist);
    }
}
