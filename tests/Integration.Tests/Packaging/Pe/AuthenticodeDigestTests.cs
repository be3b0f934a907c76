using System.Text.RegularExpressions;
using Qcw.Build.Packaging.Pe;
using Qcw.Integration.Tests.Packaging.Msi;

namespace Qcw.Integration.Tests.Packaging.Pe;

/// <summary>The digest and the checksum of PE images of any length, compared with what osslsigncode says of the same files.</summary>
internal sealed partial class AuthenticodeDigestTests
{
    private TemporaryFolder folder = null!;
    private TestSigner signer = null!;

    [OneTimeSetUp]
    public void Compile()
    {
        folder = new TemporaryFolder();
        signer = new TestSigner();
        MsiProduct.Compile(folder["compiled.exe"], "1", "1,2,3,4");
    }

    [OneTimeTearDown]
    public void Delete()
    {
        signer.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Signing_and_removing_the_signature_of_a_sealed_file_changes_nothing([Values(0, 1, 3, 7, 8, 70_001)] int appended)
    {
        string plain = folder.Write($"plain{appended}.exe", [.. File.ReadAllBytes(folder["compiled.exe"]), .. Sample.Bytes(appended)]);
        string sealedFile = folder[$"sealed{appended}.exe"];
        File.Copy(plain, sealedFile);
        PeChecksum.Set(sealedFile);
        byte[] before = File.ReadAllBytes(sealedFile);
        signer.Sign(sealedFile, folder[$"signed{appended}.exe"]);
        OsslSignCode("remove-signature", "-in", folder[$"signed{appended}.exe"], "-out", folder[$"removed{appended}.exe"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Has.Length.EqualTo((new FileInfo(plain).Length + 7) / 8 * 8));
            Assert.That(File.ReadAllBytes(folder[$"removed{appended}.exe"]), Is.EqualTo(before));
            Assert.That(PeChecksum.IsRight(sealedFile));
            Assert.That(PeChecksum.IsRight(folder[$"signed{appended}.exe"]), "osslsigncode sets it too");
            string digest = DigestByOsslSignCode(folder[$"signed{appended}.exe"]);
            Assert.That(AuthenticodeDigest.Of(plain), Is.EqualTo(digest));
            Assert.That(AuthenticodeDigest.Of(sealedFile), Is.EqualTo(digest));
            Assert.That(AuthenticodeDigest.Of(folder[$"signed{appended}.exe"]), Is.EqualTo(digest));
        }
    }

    [Test]
    public void Every_byte_counts_but_those_that_signing_changes()
    {
        byte[] image = File.ReadAllBytes(folder["compiled.exe"]);
        string digest = AuthenticodeDigest.Of(folder["compiled.exe"]);
        image[^1] ^= 1;
        Assert.That(AuthenticodeDigest.Of(folder.Write("changed.exe", image)), Is.Not.EqualTo(digest));
        Assert.That(PeChecksum.IsRight(folder["changed.exe"]), Is.False);
    }

    [Test]
    public void A_signed_file_is_not_changed()
    {
        signer.Sign(folder["compiled.exe"], folder["signed.exe"]);
        byte[] before = File.ReadAllBytes(folder["signed.exe"]);
        Assert.That(
            () => PeChecksum.Set(folder["signed.exe"]),
            Throws.TypeOf<BuildException>().With.Message.StartsWith(folder["signed.exe"]).And.Message.Contains("is signed"));
        Assert.That(File.ReadAllBytes(folder["signed.exe"]), Is.EqualTo(before));
    }

    [Test]
    public void What_is_no_image_or_goes_on_after_its_signature_is_refused_by_name()
    {
        signer.Sign(folder["compiled.exe"], folder["longer.exe"]);
        File.AppendAllText(folder["longer.exe"], "more and more");
        string text = folder.Write("text.exe", "MZ, and no more");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => AuthenticodeDigest.Of(folder["longer.exe"]),
                Throws.TypeOf<BuildException>().With.Message.StartsWith(folder["longer.exe"]).And.Message.Contains("not at its end"));
            Assert.That(() => AuthenticodeDigest.Of(text), Throws.TypeOf<BuildException>().With.Message.StartsWith(text));
            Assert.That(() => PeChecksum.Set(text), Throws.TypeOf<BuildException>().With.Message.StartsWith(text));
            Assert.That(File.ReadAllText(text), Is.EqualTo("MZ, and no more"));
        }
    }

    // nobody trusts the certificate, so it ends with exit code 1, but it says the digest
    private static string DigestByOsslSignCode(string file)
    {
        ProcessResult result = ProcessRunner.Run(new ProcessRequest("osslsigncode", "verify", "-in", file) { AllowFailure = true });
        string output = result.StandardOutput + result.StandardError;
        Match match = CalculatedDigest().Match(output);
        Assert.That(match.Success, output);
        return match.Groups["digest"].Value.ToLowerInvariant();
    }

    private static void OsslSignCode(params string[] arguments) => ProcessRunner.Run(new ProcessRequest("osslsigncode", arguments));

    [GeneratedRegex("Calculated message digest *: *(?<digest>[0-9A-Fa-f]+)")]
    private static partial Regex CalculatedDigest();
}
