using System.Security.Cryptography;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Nsis;
using Qcw.Build.Packaging.Pe;

namespace Qcw.Integration.Tests.Packaging.Nsis;

/// <summary>Real programs through the closure and makensis, without running the result.</summary>
internal sealed class NsisInstallerTests
{
    private TestProduct product = null!;

    [OneTimeSetUp]
    public void MakeProduct() => product = new TestProduct();

    [OneTimeTearDown]
    public void DeleteProduct() => product.Dispose();

    [Test]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public void The_same_inputs_give_the_same_bytes_wherever_and_whenever()
    {
        using var other = new TestProduct(); // in another folder, whose path would change the bytes if it got in; later times
        InstallerDescription description = other.Describe("1.0");
        foreach (InstalledFile file in description.Sections.SelectMany(section => section.Files))
        {
            File.SetUnixFileMode(file.Source, UnixFileMode.UserRead);
        }

        string programs = Directory.CreateDirectory(Path.Combine(other.Root, "programs")).FullName;
        string makensis = Path.Combine(programs, "makensis");
        string path = Environment.GetEnvironmentVariable("PATH")!;
        File.WriteAllText(makensis, $"#!/bin/sh\numask 077\nPATH='{path}' TZ=Asia/Kolkata LC_ALL=C exec makensis \"$@\"\n");
        File.SetUnixFileMode(makensis, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string setup = Path.Combine(other.Root, "deeper", "another name.exe");
        using (new EnvironmentVariable("PATH", $"{programs}:{path}"))
        {
            TestProduct.Installer.Build(description, setup, Path.Combine(other.Root, "log"));
        }

        Assert.That(Hash(setup), Is.EqualTo(Hash(product.One)));
        Assert.That(Hash(other.Two), Is.EqualTo(Hash(product.Two)));
    }

    [Test]
    public void A_draft_has_the_same_inside_and_is_the_same_each_time()
    {
        var nsis = new NsisInstaller(Path.Combine(TestProduct.PackagingFolder, "Nsis"), isDraft: true);
        string[] drafts = [.. Enumerable.Range(1, 2).Select(number => Path.Combine(product.Root, $"draft-{number}.exe"))];
        foreach (string draft in drafts)
        {
            nsis.Build(product.Describe("1.0"), draft, draft + ".log");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Inside(drafts[0]), Is.EqualTo(Inside(product.One)).And.Not.Empty);
            Assert.That(Hash(drafts[1]), Is.EqualTo(Hash(drafts[0])));
            Assert.That(Hash(drafts[0]), Is.Not.EqualTo(Hash(product.One)));
            Assert.That(InputsOf(nsis), Is.Not.EqualTo(InputsOf(TestProduct.Installer)), "one must not be taken for the other");
        }

        string InputsOf(NsisInstaller installer)
        {
            var fingerprint = new Fingerprint();
            installer.AddInputs(fingerprint, product.Describe("1.0"));
            return fingerprint.Hash;
        }

        // the uninstaller has the setup program's icons and texts, and is written the same way
        string[] Inside(string setup)
        {
            string target = setup + ".unpacked";
            ProcessRunner.Run(new ProcessRequest("7zz", "x", "-y", "-bd", "-o" + target, setup));
            return
            [
                .. Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                    .Where(file => Path.GetFileName(file) != InstallerDescription.UninstallerName)
                    .Select(file => $"{Path.GetRelativePath(target, file)} {Hash(file)}"),
            ];
        }
    }

    [Test]
    public void The_closure_of_a_real_program_is_its_DLL()
    {
        (string exe, string bin) = product.Compile("1.0");
        Assert.That(
            new DllClosure([bin], TestProduct.WindowsDlls).Compute([exe]), Is.EqualTo(new[] { Path.Combine(bin, "libgreeting-1.dll") }));
    }

    [Test]
    public void A_missing_DLL_of_a_real_program_fails_by_name()
    {
        (string exe, string bin) = product.Compile("0.9");
        File.Delete(Path.Combine(bin, "libgreeting-1.dll"));
        Assert.That(
            () => new DllClosure([bin], TestProduct.WindowsDlls).Compute([exe]),
            Throws
                .InstanceOf<BuildException>()
                .With.Message.Contains("libgreeting-1.dll is imported by hello.exe")
                .And.Message.Contains(bin));
    }

    [Test]
    public void An_installer_that_cannot_be_made_leaves_the_one_that_was_there()
    {
        string before = Hash(product.One);
        InstallerDescription description = product.Describe("1.0");
        var broken = new NsisInstaller(product.Root); // no script there
        Assert.That(
            () => broken.Build(description, product.One, Path.Combine(product.Root, "log")), Throws.InstanceOf<ProcessFailedException>());
        Assert.That(Hash(product.One), Is.EqualTo(before));
        Assert.That(Directory.Exists(product.One + ".work"), Is.False);
    }

    [Test]
    public void A_missing_makensis_is_named()
    {
        using var path = new EnvironmentVariable("PATH", product.Root);
        Assert.That(NsisInstaller.Version, Throws.InstanceOf<ProcessFailedException>().With.Message.Contains("makensis"));
    }

    [Test]
    public void The_fingerprint_is_that_of_the_inputs()
    {
        string first = FingerprintOf("1.0");
        string again = FingerprintOf("1.0");
        Assert.That(again, Is.EqualTo(first));
        Assert.That(FingerprintOf("1.1"), Is.Not.EqualTo(first));
    }

    private string FingerprintOf(string version)
    {
        var fingerprint = new Fingerprint();
        TestProduct.Installer.AddInputs(fingerprint, product.Describe(version));
        return fingerprint.Hash;
    }

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
