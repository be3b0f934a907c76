using System.IO.Compression;
using System.Text.Json;
using Qcw.Build.Releasing;
using Qcw.Build.Signing;
using Qcw.Integration.Tests.Host;

namespace Qcw.Integration.Tests.Verifying;

/// <summary>The target Verify on a release that this machine's compilers made, and on spoilt copies of it.</summary>
[TestFixture]
public sealed class VerifyTests
{
    private const string Zip = "xz-5.8.1-windows-x86_64.zip";
    private const string Line = "--line=debian13";

    private TemporaryFolder folder = null!;

    private string Release => folder["release"];

    [OneTimeSetUp]
    public void Build() => _ = HostXz.Artifacts;

    [SetUp]
    public void MakeRelease()
    {
        folder = new TemporaryFolder();
        Directory.CreateDirectory(Release);
        File.Copy(Path.Combine(HostXz.Artifacts, "release", Zip), Path.Combine(Release, Zip));
        ProcessRunner.Run(new ProcessRequest("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-f", folder["key"]));
        Publish();
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void A_release_that_was_made_again_with_the_same_bytes_is_verified()
    {
        (int code, string output, string error) = Run(
            $"--release={Release}", "--require=sums,signature,rebuild", $"--public-key={folder["key.pub"]}", "--json", "--for=XzArchive");
        Assert.That(code, Is.Zero, error);
        JsonElement answer = JsonDocument.Parse(output).RootElement;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.GetProperty("verified").GetBoolean(), Is.True);
            Assert.That(Verdicts(answer), Is.EqualTo(new[]
            {
                "sums PASS", "signature PASS", "attestation NOT CHECKED", "provenance NOT CHECKED", "rebuild PASS", "comparison PASS",
            }));
            Assert.That(
                Directory.GetFiles(Path.Combine(HostXz.Artifacts, "release")).Select(Path.GetFileName), Is.EqualTo(new[] { Zip }),
                "the rebuild is not put among what is given to people");
        }
    }

    [Test]
    public void One_character_of_a_program_is_named_with_both_texts()
    {
        using (ZipArchive zip = ZipFile.Open(Path.Combine(Release, Zip), ZipArchiveMode.Update))
        {
            ZipArchiveEntry entry = zip.GetEntry("bin/xz.exe")!;
            byte[] bytes = new byte[entry.Length];
            using Stream stream = entry.Open();
            stream.ReadExactly(bytes);
            int at = bytes.AsSpan().IndexOf("Usage: %s"u8);
            stream.Position = at;
            stream.Write("Abuse"u8);
        }

        Publish(); // who replaces a file replaces the sums too
        (int code, _, string error) = Run($"--release={Release}", "--json");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(error, Does.Match("""
                comparison   FAIL         0 of 1 files are what was made here
                    FAIL  xz-5\.8\.1-windows-x86_64\.zip: it is not what was made here
                      bin/xz\.exe \(from xz\), [0-9,]+ bytes: section \.rdata, from RVA 0x[0-9a-f]+: [45] bytes differ
                        published:  "Abuse: %s.*
                        built here: "Usage: %s.*
                """.TrimEnd()));
            Assert.That(error, Does.Contain($"{Release} is not verified: comparison failed"));
        }
    }

    [Test]
    public void What_was_not_checked_is_never_verified()
    {
        foreach (string required in new[] { "attestation", "provenance", "signature" })
        {
            AssertNotVerified($"{required} is required and was not checked", $"--release={Release}", $"--require={required}");
        }

        AssertNotVerified("attestation is required and was not checked", $"--release={Release}", "--builders=1");
        File.Delete(Path.Combine(Release, "SHA256SUMS.sig"));
        File.Delete(Path.Combine(Release, "SHA256SUMS.minisig"));
        AssertNotVerified(
            "signature is required and was not checked",
            $"--release={Release}", "--require=signature", $"--public-key={folder["key.pub"]}");
        folder.Create("empty");
        AssertNotVerified("sums is required and was not checked", $"--release={folder["empty"]}");
        AssertNotVerified(
            "rebuild is required and was not checked", $"--release={folder["empty"]}", "--require=rebuild", "--for=XzArchive");
    }

    [Test]
    public void Wrong_usage_is_told_apart()
    {
        AssertWrongUsage("--target=Verify needs --release=DIR");
        AssertWrongUsage("--release=no/where: there is no such folder", "--release=no/where");
        AssertWrongUsage("--require: found \"all\"", $"--release={Release}", "--require=all");
        AssertWrongUsage("--offline forbids the network", "--release=v1.0");
        AssertWrongUsage("expected it alone", $"--release={Release}", "--target=Release");
        AssertWrongUsage("--builders: found \"none\"", $"--release={Release}", "--builders=none");
    }

    [Test]
    public void A_release_is_fetched_from_its_address()
    {
        using var server = new HttpTestServer();
        foreach (string file in Directory.GetFiles(Release))
        {
            server.On("/r/" + Path.GetFileName(file), HttpReply.File(File.ReadAllBytes(file)));
        }

        string[] options = [$"--release={server.Url("/r")}", "--require=sums,signature,comparison", $"--public-key={folder["key.pub"]}"];
        (int code, _, string error) = RunOnline(options);
        Assert.That(code, Is.Zero, error);

        byte[] other = File.ReadAllBytes(Path.Combine(Release, Zip));
        other[^1] ^= 1;
        Files.Delete(Path.Combine(HostXz.Artifacts, "downloads", Files.Sha256(Path.Combine(Release, Zip))));
        server.On("/r/" + Zip, HttpReply.File(other));
        (code, _, error) = RunOnline(options);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(error, Does.Contain($"FAIL  {Zip}: the server has another file than SHA256SUMS lists"));
        }

        server.On("/r/" + Zip, HttpReply.Status(404));
        (code, _, error) = RunOnline(options);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(error, Does.Contain($"NOT CHECKED  {Zip}: the server does not have it"));
        }

        server.On("/r/SHA256SUMS", HttpReply.Status(404));
        (code, _, error) = RunOnline(options);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(error, Does.Contain("sums is required and was not checked"));
        }
    }

    private static string[] Verdicts(JsonElement answer) =>
    [
        .. answer.GetProperty("steps").EnumerateArray().Select(step =>
            $"{step.GetProperty("step").GetString()} {step.GetProperty("verdict").GetString()}"),
    ];

    private static void AssertNotVerified(string reason, params string[] arguments)
    {
        (int code, _, string error) = Run([.. arguments, "--json"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(error, Does.Contain(reason));
        }
    }

    private static void AssertWrongUsage(string reason, params string[] arguments)
    {
        (int code, _, string error) = Run(arguments);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2), error);
            Assert.That(error, Does.Contain(reason));
        }
    }

    private void Publish()
    {
        ReleaseChecksums.Write(Release);
        ReleaseSignatures.Write(Release, SigningKey.Read(folder["key"]), folder["signing"]);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments) => RunOnline([.. arguments, "--offline"]);

    private static (int Code, string Output, string Error) RunOnline(params string[] arguments)
    {
        ProcessResult result = ProcessRunner.Run(new ProcessRequest(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Build.dll"), "--target=Verify", Line, $"--artifacts={HostXz.Artifacts}",
                .. arguments,
                .. arguments.Contains("--json") ? Array.Empty<string>() : ["--json"],
            ])
        {
            WorkingDirectory = Repository.Root,
            AllowFailure = true,
        });
        return (result.ExitCode, result.StandardOutput, result.StandardError);
    }
}
