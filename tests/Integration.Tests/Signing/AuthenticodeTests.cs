using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Packaging.Pe;
using Qcw.Build.Signing;
using Qcw.Integration.Tests.Packaging.Msi;
using Qcw.Integration.Tests.Packaging.Nsis;

namespace Qcw.Integration.Tests.Signing;

/// <summary>
/// Build, sign, take the signature off, build elsewhere, attach: the same bytes. And what is signed installs and uninstalls.
/// </summary>
internal sealed class AuthenticodeTests
{
    private const string Signed = "signed";

    private static readonly FoundTool Tool = ToolFinder.ForHost().Find(ToolCatalog.Find("osslsigncode"));

    private static readonly Authenticode Authenticode = new(Tool);

    // Debian 12 has 2.5, which knows no scripts; its backports have one that does
    private static bool KnowsScripts => Tool.Version >= new Version(2, 9);

    private TemporaryFolder folder = null!;
    private TestSigner signer = null!;
    private SigningCertificate certificate = null!;

    [OneTimeSetUp]
    public void MakeCertificate()
    {
        folder = new TemporaryFolder();
        signer = new TestSigner();
        certificate = new SigningCertificate(signer.Certificate, signer.Key);
    }

    [OneTimeTearDown]
    public void Delete()
    {
        signer.Dispose();
        folder.Dispose();
    }

    [Test]
    public void A_setup_program_with_its_uninstaller_is_the_same_where_the_signatures_are_attached()
    {
        using var product = new TestProduct();
        using var elsewhere = new TestProduct();
        string here = Sign(product, "here", sign: true);
        string there = Sign(elsewhere, "there", sign: false);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllBytes(there), Is.EqualTo(File.ReadAllBytes(here)));
            string removed = folder["removed.exe"];
            ProcessRunner.Run(new ProcessRequest("osslsigncode", "remove-signature", "-in", here, "-out", removed));
            Assert.That(File.ReadAllBytes(removed), Is.EqualTo(File.ReadAllBytes(folder["here/setup.exe"])), "no trace is left");
            Assert.That(PeChecksum.IsRight(folder["here/setup.exe"]));
        }

        using var windows = new WineSession();
        windows.CopyIn(here, @"C:\setup.exe");
        windows.RunOk(@"C:\setup.exe", "/S /CurrentUser");
        string installed = $@"C:\users\{Environment.UserName}\AppData\Local\Programs\{TestProduct.Id}";
        Assert.That(
            File.ReadAllBytes(windows.HostPath(installed + @"\uninstall.exe")),
            Is.EqualTo(File.ReadAllBytes(folder[$"here/{Signed}/uninstaller.exe"])), "what is installed is the signed uninstaller");
        windows.Uninstall(installed + @"\uninstall.exe");
        Wait.Until(() => !Directory.Exists(windows.HostPath(installed)), "the install folder is gone", 10);
    }

    [Test]
    public void An_MSI_is_the_same_where_the_signature_is_attached()
    {
        using var product = new MsiProduct();
        using var elsewhere = new MsiProduct();
        string msi = product.Make(MsiProduct.Five, MsiEdition.PerUser);
        Authenticode.Sign(msi, folder["podman.msi"], certificate, "Podman");
        Authenticode.Extract(folder["podman.msi"], folder["podman.msi.pem"]);
        AuthenticodeSignature signature =
            Authenticode.Attach(elsewhere.Make(MsiProduct.Five, MsiEdition.PerUser), folder["podman.msi.pem"], folder["again.msi"]);
        Assert.That(File.ReadAllBytes(folder["again.msi"]), Is.EqualTo(File.ReadAllBytes(folder["podman.msi"])));
        Assert.That(signature, Has.Property(nameof(signature.Signer)).EqualTo("CN=qcw test"));

        using var windows = new WineSession();
        windows.CopyIn(folder["podman.msi"], @"C:\podman.msi");
        string program = windows.HostPath($@"C:\users\{Environment.UserName}\AppData\Local\Programs\qcw-podman\podman.exe");
        windows.RunOk("msiexec", @"/i C:\podman.msi /qn");
        Assert.That(program, Does.Exist);
        windows.RunOk("msiexec", @"/x C:\podman.msi /qn");
        Assert.That(program, Does.Not.Exist);
    }

    [Test]
    public void A_script_is_the_same_where_the_signature_is_attached()
    {
        string script = folder.Write("a/script.ps1", "# gr\u00fc\u00dfe\nWrite-Host 'it runs'\n");
        if (!KnowsScripts)
        {
            Assert.That(() => Authenticode.Sign(script, folder["script.ps1"], certificate, "script"), RefusesScripts);
            return;
        }

        Authenticode.Sign(script, folder["script.ps1"], certificate, "script");
        Authenticode.Extract(folder["script.ps1"], folder["script.ps1.pem"]);
        Authenticode.Attach(folder.Write("b/script.ps1", File.ReadAllBytes(script)), folder["script.ps1.pem"], folder["again.ps1"]);
        Assert.That(File.ReadAllBytes(folder["again.ps1"]), Is.EqualTo(File.ReadAllBytes(folder["script.ps1"])));
        Assert.That(Pwsh.Run(folder.Path, ["-File", folder["again.ps1"]]).StandardOutput, Is.EqualTo("it runs\n"));
    }

    [Test]
    public void A_signature_of_other_bytes_is_refused_and_leaves_nothing([Values(".exe", ".msi", ".ps1")] string ending)
    {
        string file = Sample(ending);
        if (ending == ".ps1" && !KnowsScripts)
        {
            Assert.That(() => Authenticode.Extract(file, folder["taken.pem"]), RefusesScripts);
            return;
        }

        string signature = SignatureOf(file);
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^(bytes.Length / 2)] ^= 1;
        string other = folder.Write("other/file" + ending, bytes);
        Refused(other, signature, "is the signature of another file than", other);
    }

    [Test]
    public void A_signature_of_a_file_of_another_kind_is_refused()
    {
        string signature = SignatureOf(Sample(".msi"));
        Refused(Sample(".exe"), signature, "is the signature of another file than");
    }

    [TestCase(0.95, "was changed after it was made")]
    [TestCase(0.3, "")]
    public void A_signature_that_was_changed_is_refused(double place, string problem)
    {
        string file = Sample(".exe");
        string[] lines = File.ReadAllLines(SignatureOf(file));
        byte[] content = Convert.FromBase64String(string.Concat(lines[1..^1]));
        content[(int)(content.Length * place)] ^= 1;
        string changed = folder.Write(
            "changed.pem", $"{lines[0]}\n{Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)}\n{lines[^1]}\n");
        Refused(file, changed, problem);
    }

    [TestCase("", "no PEM block \"PKCS7\"")]
    [TestCase("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no PEM block \"PKCS7\"")]
    [TestCase("-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----\n", "cannot be read as a signature")]
    [TestCase(null, "does not exist")]
    public void What_is_no_signature_is_refused(string? text, string problem)
    {
        string signature = text is null ? folder["none.pem"] : folder.Write("no.pem", text);
        Refused(Sample(".exe"), signature, problem);
    }

    [Test]
    public void A_file_without_a_signature_has_none_to_take_off()
    {
        string file = Sample(".exe");
        Assert.That(
            () => Authenticode.Extract(file, folder["taken.pem"]),
            Throws.TypeOf<BuildException>().With.Message.StartsWith(file).And.Message.Contains("sign it first"));
        Assert.That(folder["taken.pem"], Does.Not.Exist);
    }

    [Test]
    public void A_passphrase_is_read_and_a_wrong_one_is_an_error()
    {
        string key = folder["locked.pem"];
        ProcessRunner.Run(new ProcessRequest(
            "openssl", "pkey", "-in", signer.Key, "-aes256", "-passout", "pass:geheim", "-out", key));
        string file = Sample(".exe");
        Authenticode.Sign(file, folder["locked.exe"], certificate with { Key = key, Passphrase = "geheim" }, "file");
        Authenticode.Extract(folder["locked.exe"], folder["locked.exe.pem"]);
        Assert.That(AuthenticodeSignature.Read(folder["locked.exe.pem"]).Digest, Is.EqualTo(AuthenticodeDigest.Of(file)));
        Assert.That(
            () => Authenticode.Sign(file, folder["wrong.exe"], certificate with { Key = key, Passphrase = "falsch" }, "file"),
            Throws.InstanceOf<BuildException>().With.Message.Not.Contains("falsch"));
        Assert.That(folder["wrong.exe"], Does.Not.Exist);
    }

    [Test]
    public void An_older_program_is_named_where_it_cannot_sign_a_script()
    {
        var older = new Authenticode(Tool with { Version = new Version(2, 5) });
        Assert.That(() => older.Attach(Sample(".ps1"), folder["any.pem"], folder["any.ps1"]), RefusesScripts);
        Assert.That(
            older.Attach(Sample(".exe"), SignatureOf(Sample(".exe")), folder["old.exe"]).Digest,
            Is.EqualTo(AuthenticodeDigest.Of(Sample(".exe"))));
    }

    [Test]
    public void Windows_is_told_all_about_a_setup_program()
    {
        using var product = new TestProduct();
        using var windows = new WineSession();
        ProcessRunner.Run(new ProcessRequest(
            "x86_64-w64-mingw32-gcc", "-O1", "-o", windows.HostPath(@"C:\version.exe"), Repository.Fixture("programs", "version.c"),
            "-lversion"));
        windows.CopyIn(product.One, @"C:\setup.exe");
        Assert.That(windows.RunOk(@"C:\version.exe", @"C:\setup.exe"), Is.EqualTo($"""
            1.0.0.0
            Comments=https://example.org/product
            CompanyName=qcw tests
            FileDescription={TestProduct.Name} setup
            FileVersion=1.0
            InternalName={TestProduct.Id}-setup
            LegalCopyright=See the licence texts that this program installs.
            OriginalFilename={TestProduct.Id}-setup.exe
            ProductName={TestProduct.Name}
            ProductVersion=1.0

            """.ReplaceLineEndings("\n")));
    }

    private static NUnit.Framework.Constraints.IResolveConstraint RefusesScripts =>
        Throws.TypeOf<BuildException>().With.Message.Contains("cannot sign").And.Message.Contains("bookworm-backports");

    /// <summary>Makes the setup program and signs it, or attaches what was signed before.</summary>
    private string Sign(TestProduct product, string where, bool sign)
    {
        string uninstaller = folder[where + "/uninstaller.exe"];
        string log = folder[where + "/log"];
        InstallerDescription description = product.Describe("1.0");
        folder.Create($"{where}/{Signed}");
        TestProduct.Installer.Build(description, folder[where + "/plain.exe"], log, keepUninstaller: uninstaller);
        string signedUninstaller = Add("uninstaller.exe");
        TestProduct.Installer.Build(description, folder[where + "/setup.exe"], log, signedUninstaller);
        return Add("setup.exe");

        string Add(string name)
        {
            string signed = folder[$"{where}/{Signed}/{name}"];
            if (sign)
            {
                Authenticode.Sign(folder[$"{where}/{name}"], signed, certificate, name);
                Authenticode.Extract(signed, folder[name + ".pem"]);
            }
            else
            {
                Authenticode.Attach(folder[$"{where}/{name}"], folder[name + ".pem"], signed);
            }

            return signed;
        }
    }

    private string Sample(string ending)
    {
        string file = folder["sample/file" + ending];
        if (File.Exists(file))
        {
            return file;
        }

        folder.Create("sample");
        switch (ending)
        {
            case ".exe":
                MsiProduct.Compile(file, "1", "1,2,3,4");
                break;
            case ".msi":
                using (var product = new MsiProduct())
                {
                    File.Copy(product.Make(MsiProduct.Five, MsiEdition.PerUser), file);
                }

                break;
            default:
                File.WriteAllText(file, "Write-Host 'some script'\n");
                break;
        }

        return file;
    }

    private string SignatureOf(string file)
    {
        string signature = file + ".pem";
        if (!File.Exists(signature))
        {
            string signed = folder["sample/signed" + Path.GetExtension(file)];
            Authenticode.Sign(file, signed, certificate, "sample");
            Authenticode.Extract(signed, signature);
        }

        return signature;
    }

    private void Refused(string file, string signature, params string[] parts)
    {
        string target = folder.Create("refused") + "/file" + Path.GetExtension(file);
        Assert.That(
            () => Authenticode.Attach(file, signature, target),
            Throws.TypeOf<BuildException>().With.Message.StartsWith(signature).And.Message.Contains(parts[0])
                .And.Message.Contains(parts[^1]));
        Assert.That(Directory.GetFiles(folder["refused"]), Is.Empty);
    }
}
