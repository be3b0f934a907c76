using Qcw.Build.Releasing;
using Qcw.Build.Signing;
using Qcw.Integration.Tests.Documentation;

namespace Qcw.Integration.Tests.Releasing;

/// <summary>Signatures of a release, verified as a person does it: with minisign, and with OpenSSH's ssh-keygen.</summary>
public sealed class ReleaseSignaturesTests
{
    private TemporaryFolder folder = null!;

    private string Sums => folder["release/SHA256SUMS"];

    [SetUp]
    public void Sign()
    {
        folder = new TemporaryFolder();
        folder.Write("release/a.zip", "a");
        ReleaseChecksums.Write(folder["release"]);
        ProcessRunner.Run(new ProcessRequest("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-f", folder["key"]));
        Assert.That(ReleaseSignatures.Write(folder["release"], SigningKey.Read(folder["key"]), folder["signing"]), Is.EqualTo(1));
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void Both_programs_verify_what_is_signed() => AssertVerified(minisign: true, ssh: true);

    [Test]
    public void The_signature_for_ssh_is_the_one_that_ssh_keygen_makes()
    {
        string own = File.ReadAllText(Sums + ".sig");
        File.Delete(Sums + ".sig");
        ProcessRunner.Run(new ProcessRequest("ssh-keygen", "-q", "-Y", "sign", "-f", folder["key"], "-n", "file", Sums));
        Assert.That(own, Is.EqualTo(File.ReadAllText(Sums + ".sig")));
    }

    [Test]
    public void A_key_in_PKCS_8_gives_the_same_signatures()
    {
        string[] before = [.. ReleaseSignatures.FileNames.Select(name => File.ReadAllText(folder["release/" + name]))];
        // an OpenSSH key stores the 32 bytes of the seed before its last copy of the public key; openssl cannot convert it
        byte[] blob = Convert.FromBase64String(string.Concat(File.ReadAllLines(folder["key"])[1..^1]));
        byte[] seed = blob[(blob.AsSpan().LastIndexOf(SigningKey.Read(folder["key"]).PublicKey) - 32)..][..32];
        byte[] header = Convert.FromHexString("302e020100300506032b657004220420"); // RFC 8410: version, Ed25519, the seed's type and length
        File.WriteAllText(
            folder["key.pem"], $"-----BEGIN PRIVATE KEY-----\n{Convert.ToBase64String([.. header, .. seed])}\n-----END PRIVATE KEY-----\n");
        ReleaseSignatures.Write(folder["release"], SigningKey.Read(folder["key.pem"]), folder["signing"]);
        Assert.That(ReleaseSignatures.FileNames.Select(name => File.ReadAllText(folder["release/" + name])), Is.EqualTo(before));
    }

    [Test]
    public void A_changed_byte_is_refused()
    {
        byte[] content = File.ReadAllBytes(Sums);
        content[0] ^= 1;
        File.WriteAllBytes(Sums, content);
        AssertVerified(minisign: false, ssh: false);
    }

    [Test]
    public void Another_key_is_refused()
    {
        ProcessRunner.Run(new ProcessRequest("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-f", folder["other"]));
        var other = SigningKey.Read(folder["other"]);
        folder.Write("signing/qcw.pub", Minisign.PublicKey(other));
        folder.Write("signing/allowed_signers", SshSignature.AllowedSigner(other, "qcw"));
        AssertVerified(minisign: false, ssh: false);
    }

    [Test]
    public void A_truncated_signature_is_refused()
    {
        foreach (string name in ReleaseSignatures.FileNames.Select(name => folder["release/" + name]))
        {
            string text = File.ReadAllText(name);
            File.WriteAllText(name, text[..(text.Length / 2)]);
        }

        AssertVerified(minisign: false, ssh: false);
    }

    [Test]
    public void The_trusted_comment_of_minisign_is_signed()
    {
        string signature = File.ReadAllText(Sums + ".minisig");
        Assert.That(signature, Does.Contain("trusted comment: file:SHA256SUMS\n"));
        File.WriteAllText(Sums + ".minisig", signature.Replace("file:SHA256SUMS", "file:SHA512SUMS", StringComparison.Ordinal));
        AssertVerified(minisign: false, ssh: true);
    }

    [Test]
    public void The_task_signs_what_is_there_and_shows_the_public_key()
    {
        string signature = File.ReadAllText(Sums + ".sig");
        File.Delete(Sums + ".sig");
        (int exitCode, string output) = HostProcess.Run(folder.Path, "--target=SignChecksums", $"--signing-key={folder["key"]}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.Zero, output);
            Assert.That(File.ReadAllText(Sums + ".sig"), Is.EqualTo(signature));
            Assert.That(output, Does.Contain(File.ReadAllText(folder["signing/allowed_signers"]).Trim()));
        }
    }

    private void AssertVerified(bool minisign, bool ssh)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach ((string program, bool good) in new[] { ("minisign", minisign), ("ssh-keygen", ssh) })
            {
                // the command of the guide, with the key's files beside
                string command = GuidePage.Commands("docs/verifying.md", program + " ").Single();
                var request = new ProcessRequest("sh", "-c", command) { WorkingDirectory = folder["release"], AllowFailure = true };
                File.Copy(folder["signing/qcw.pub"], folder["release/qcw.pub"], overwrite: true);
                File.Copy(folder["signing/allowed_signers"], folder["release/allowed_signers"], overwrite: true);
                ProcessResult result = ProcessRunner.Run(request);
                Assert.That(result.ExitCode == 0, Is.EqualTo(good), $"{program}: {result.StandardOutput}{result.StandardError}");
            }
        }
    }
}
