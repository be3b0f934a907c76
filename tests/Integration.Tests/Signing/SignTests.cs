using Qcw.Build.Packaging.Msi;
using Qcw.Integration.Tests.Packaging.Msi;

namespace Qcw.Integration.Tests.Signing;

/// <summary>The tasks that sign, on a release folder with real MSIs, small ones.</summary>
internal sealed class SignTests
{
    private const string Msi = "podman-4.5.0-dev-windows-x86_64.msi";
    private const string UserMsi = "podman-4.5.0-dev-windows-x86_64-user.msi";
    private const string Notes = "RELEASE-NOTES.md";

    private static readonly string[] Msis = [UserMsi, Msi];

    private MsiProduct product = null!;
    private TestSigner signer = null!;
    private TemporaryFolder folder = null!;

    private string Signatures => folder["signatures"];

    [OneTimeSetUp]
    public void MakeInstaller()
    {
        product = new MsiProduct();
        signer = new TestSigner();
        File.Copy(product.Make(MsiProduct.One, MsiEdition.PerMachine), Path.Combine(product.Root, Msi));
        File.Copy(product.Make(MsiProduct.One, MsiEdition.PerUser), Path.Combine(product.Root, UserMsi));
    }

    [OneTimeTearDown]
    public void DeleteInstaller()
    {
        signer.Dispose();
        product.Dispose();
    }

    [SetUp]
    public void MakeRelease()
    {
        folder = new TemporaryFolder();
        foreach (string place in (string[])["packages", "release"])
        {
            folder.Create(place);
            foreach (string name in Msis)
            {
                File.Copy(Path.Combine(product.Root, name), folder[$"{place}/{name}"]);
            }
        }

        folder.Write("release/" + Notes, "# notes\n");
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void What_a_certificate_signs_is_attached_and_goes_again()
    {
        Run("Checksums");
        string unsigned = Read("SHA256SUMS");
        string output = Run("SignatureExtract", $"--certificate={signer.Certificate}", $"--certificate-key={signer.Key}");
        Assert.That(output, Does.Contain("Every file has its signature in " + Signatures));
        Assert.That(FilesIn(Signatures), Is.EqualTo(Msis.Select(name => name + ".pem")));

        Run("Sign");
        string first = Read("SHA256SUMS");
        using (Assert.EnterMultipleScope())
        {
            foreach (string name in Msis)
            {
                Assert.That(
                    File.ReadAllBytes(folder["release/" + name]), Is.EqualTo(File.ReadAllBytes(folder["signing/signed/" + name])), name);
            }

            Assert.That(Read("SHA256SUMS.unsigned"), Is.EqualTo(unsigned));
            Assert.That(first, Is.Not.EqualTo(unsigned).And.Not.Contains("SHA256SUMS"));
            ProcessRunner.Run(new ProcessRequest("sha256sum", "--check", "--strict", "SHA256SUMS")
            {
                WorkingDirectory = folder["release"],
            });
        }

        // again, from a release that is signed already
        Run("Sign");
        Assert.That(Read("SHA256SUMS"), Is.EqualTo(first));
        Assert.That(Run("SignatureRequest"), Does.Contain("Every file has its signature"));
    }

    [Test]
    public void What_somebody_else_signs_is_collected_and_taken()
    {
        Assert.That(Run("SignatureRequest"), Does.Contain(folder["signing/request"]));
        Assert.That(FilesIn(folder["signing/request"]), Is.EqualTo(Msis.Prepend("SHA256SUMS")));
        Assert.That(Fail("SignatureExtract"), Does.Contain($"{folder["signing/signed"]} lacks "));

        Directory.CreateDirectory(folder["signing/signed"]);
        signer.Sign(folder["signing/request/" + Msi], folder["signing/signed/" + Msi]);
        File.Copy(folder["signing/request/" + UserMsi], folder["signing/signed/" + UserMsi]);
        Assert.That(Fail("SignatureExtract"), Does.Contain(UserMsi + " has no signature to take off"));
        Assert.That(Directory.Exists(Signatures), Is.False, "all or nothing");

        File.Delete(folder["signing/signed/" + UserMsi]);
        signer.Sign(folder["signing/request/" + UserMsi], folder["signing/signed/" + UserMsi]);
        Run("SignatureExtract");
        Run("Sign");
        Assert.That(
            File.ReadAllBytes(folder["release/" + Msi]), Is.EqualTo(File.ReadAllBytes(folder["signing/signed/" + Msi])));
    }

    [Test]
    public void A_release_is_signed_as_a_whole_or_not_at_all()
    {
        Run("SignatureExtract", $"--certificate={signer.Certificate}", $"--certificate-key={signer.Key}");
        string signature = Path.Combine(Signatures, UserMsi + ".pem");
        string kept = File.ReadAllText(signature);
        File.Delete(signature);
        Assert.That(Fail("Sign"), Does.Contain($"{Signatures} lacks {UserMsi}.pem"));

        File.Copy(Path.Combine(Signatures, Msi + ".pem"), signature);
        Assert.That(Fail("Sign"), Does.Contain($"{signature} is the signature of another file than"));
        Assert.That(Run("SignatureRequest"), Does.Contain("\n  " + UserMsi + "\n"), "it is to be signed again");

        File.WriteAllText(signature, kept);
        File.Copy(folder["packages/" + Msi], folder["packages/" + UserMsi], overwrite: true);
        Assert.That(Fail("Sign"), Does.Contain($"{signature} is the signature of another file than"));
        foreach (string name in Msis)
        {
            Assert.That(File.ReadAllBytes(folder["release/" + name]), Is.Not.EqualTo(File.ReadAllBytes(folder["signing/signed/" + name])));
        }

        Assert.That(folder["release/SHA256SUMS.unsigned"], Does.Not.Exist);
    }

    [Test]
    public void Checksums_without_signatures_are_those_of_an_unsigned_release()
    {
        folder.Write("release/SHA256SUMS.unsigned", "old\n");
        Assert.That(Run("Checksums"), Does.Contain("this release was signed, and without --signatures=DIR it is not"));
        Assert.That(folder["release/SHA256SUMS.unsigned"], Does.Not.Exist);
    }

    [TestCase("Sign", null, "Sign needs --signatures=DIR")]
    [TestCase("Sign", "--signatures=none", "none is no folder")]
    [TestCase("SignatureRequest", null, "SignatureRequest needs --signatures=DIR")]
    [TestCase("SignatureExtract", "--signatures=none --certificate=none", "--certificate: ")]
    [TestCase("SignatureExtract", "--signatures=none --timestamp=http://example.org", "--timestamp and --key-module belong to")]
    [TestCase("SignatureExtract", "--signatures=none --timestamp=example.org", "expected an address that begins with http")]
    [TestCase("SignatureExtract", "--signatures=none --certificate={certificate}", "--certificate-key: is missing")]
    [TestCase(
        "SignatureExtract", "--signatures=none --certificate={certificate} --certificate-key=pkcs11:object=a",
        "--key-module: is missing")]
    public void Wrong_usage_ends_before_anything_starts(string target, string? options, string problem)
    {
        string[] arguments = options?.Replace("{certificate}", signer.Certificate, StringComparison.Ordinal).Split(' ') ?? [];
        (int code, string output) = HostProcess.Run(folder.Path, ["--line=2023.04", "--target=" + target, .. arguments]);
        Assert.That(code, Is.EqualTo(2), output);
        Assert.That(output, Does.Contain(problem));
    }

    private string Run(string target, params string[] options)
    {
        (int code, string output) = Start(target, options);
        Assert.That(code, Is.Zero, output);
        return output;
    }

    private string Fail(string target, params string[] options)
    {
        (int code, string output) = Start(target, options);
        Assert.That(code, Is.EqualTo(1), output);
        return output;
    }

    // the checksums of a release that is not signed know no folder of signatures
    private (int Code, string Output) Start(string target, string[] options) => HostProcess.Run(
        folder.Path,
        [
            "--line=2023.04", "--exclusive", "--target=" + target, .. target == "Checksums" ? [] : (string[])["--signatures=" + Signatures],
            .. options,
        ]);

    private string Read(string name) => File.ReadAllText(folder["release/" + name]);

    private static string[] FilesIn(string path) =>
        [.. Directory.GetFiles(path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
