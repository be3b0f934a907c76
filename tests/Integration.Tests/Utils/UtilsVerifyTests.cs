using System.Text.Json;
using Qcw.Build.Components;
using Qcw.Build.Releasing;
using Qcw.Build.Signing;
using Qcw.Integration.Tests.Documentation;

namespace Qcw.Integration.Tests.Utils;

/// <summary>qcw-utils.ps1 -Verify, on a release that SignChecksums has signed. What it has not verified it never calls good.</summary>
public sealed class UtilsVerifyTests
{
    private TemporaryFolder folder = null!;
    private string key = null!;

    [SetUp]
    public void SignRelease()
    {
        folder = new TemporaryFolder();
        folder.Write("release/a.zip", "a");
        folder.Write("release/b-setup.exe", "b");
        ReleaseChecksums.Write(folder["release"]);
        key = Sign("key");
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void A_release_that_is_what_was_signed_is_verified()
    {
        (int code, string output) = Verify(key, "-Require", "signature,complete");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That(output, Does.Match("(?m)^PASS +SHA256SUMS: signed with the key"));
            Assert.That(output, Does.Match("(?m)^PASS +a.zip: ").And.Match("(?m)^PASS +b-setup.exe: "));
            Assert.That(output, Does.Match("(?m)^NOT CHECKED +b-setup.exe: only Windows can check it"));
            Assert.That(output, Does.Contain("Verified: 2 files"));
        }
    }

    [Test]
    public void The_same_is_told_to_tools()
    {
        File.Delete(folder["release/a.zip"]);
        folder.Write("release/gr\u00fcn.txt", "x");
        (int code, string output) = Verify(key, "-Json");
        JsonElement report = JsonDocument.Parse(output).RootElement;
        string[] checks =
        [
            .. report.GetProperty("checks").EnumerateArray().Select(check =>
                $"{check.GetProperty("check")} {check.GetProperty("name")} {check.GetProperty("state")}"),
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero);
            Assert.That(report.GetProperty("problems").GetInt32(), Is.Zero);
            Assert.That(report.GetProperty("lacking").GetArrayLength(), Is.Zero);
            Assert.That(output, Has.All.LessThan('\u007f'));
            Assert.That(checks, Is.EqualTo(new[]
            {
                "signature SHA256SUMS PASS", "checksum a.zip NOT CHECKED", "checksum b-setup.exe PASS",
                "checksum gr\u00fcn.txt NOT CHECKED", "authenticode b-setup.exe NOT CHECKED",
            }));
        }
    }

    // PowerShell takes the names in a dictionary for its members
    [Test]
    public void A_file_may_have_any_name()
    {
        folder.Write("release/Keys", "a");
        folder.Write("release/Count", "b");
        ReleaseChecksums.Write(folder["release"]);
        folder.Write("release/b-setup.exe", "other");
        (int code, string output) = Verify(string.Empty);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Match("(?m)^FAIL +b-setup.exe: ").And.Match("(?m)^PASS +Keys: ").And.Match("(?m)^PASS +Count: "));
    }

    [Test]
    public void A_changed_file_fails()
    {
        folder.Write("release/b-setup.exe", "other");
        Refused(Verify(key), "(?m)^FAIL +b-setup.exe: its sha256 is [0-9a-f]{64}, expected [0-9a-f]{64}");
    }

    [Test]
    public void Changed_checksums_fail()
    {
        folder.Write("release/b-setup.exe", "other");
        byte[] signature = File.ReadAllBytes(folder["release/SHA256SUMS.p256"]);
        ReleaseChecksums.Write(folder["release"]); // they fit the file now
        File.WriteAllBytes(folder["release/SHA256SUMS.p256"], signature);
        Refused(Verify(key), "(?m)^FAIL +SHA256SUMS: SHA256SUMS.p256 is not the signature of this SHA256SUMS");
    }

    [Test]
    public void Another_key_fails() => Refused(Verify(Sign("other", keep: true)), "(?m)^FAIL +SHA256SUMS: ");

    [TestCase("", "is not a signature of 64 bytes")]
    [TestCase("AAAA\n", "is not a signature of 64 bytes")]
    [TestCase("no base64!", "is not a signature of 64 bytes")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", "is not the signature")]
    public void What_is_no_signature_fails(string text, string problem)
    {
        folder.Write("release/SHA256SUMS.p256", text);
        Refused(Verify(key), "(?m)^FAIL +SHA256SUMS: SHA256SUMS.p256 " + problem);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Without_a_key_or_a_signature_nothing_is_called_signed(bool hasKey)
    {
        if (hasKey)
        {
            File.Delete(folder["release/SHA256SUMS.p256"]);
        }

        (int code, string output) = Verify(hasKey ? key : string.Empty);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That(output, Does.Match("(?m)^NOT CHECKED +SHA256SUMS: ").And.Contain("Who made SHA256SUMS was NOT CHECKED"));
            Assert.That(output, Does.Not.Contain("Verified:"));
        }

        Refused(Verify(hasKey ? key : string.Empty, "-Require", "signature"), "(?m)^FAIL +the signature was not verified");
    }

    [Test]
    public void A_folder_without_files_of_the_release_is_not_verified()
    {
        File.Delete(folder["release/a.zip"]);
        File.Delete(folder["release/b-setup.exe"]);
        Refused(Verify(key), "(?m)^FAIL +no file of the folder was verified");
        File.Delete(folder["release/SHA256SUMS"]);
        (int code, string output) = Verify(key);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain("SHA256SUMS is not there, and nothing can be verified without it"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Every_file_has_to_be_there_and_listed_where_that_is_required(bool surplus)
    {
        if (surplus)
        {
            folder.Write("release/c.exe", "c");
        }
        else
        {
            File.Delete(folder["release/a.zip"]);
        }

        Assert.That(Verify(key).ExitCode, Is.Zero);
        Refused(Verify(key, "-Require", "complete"), "(?m)^FAIL +not every file was compared");
    }

    [TestCase("nonsense")]
    [TestCase("")]
    [TestCase("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  ../a.zip")]
    [TestCase("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  C:a.zip")]
    public void Damaged_checksums_are_named(string line)
    {
        folder.Write("release/SHA256SUMS", line + "\n");
        (int code, string output) = Verify(key);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain($"found \"{line}\", expected a sha256"));
    }

    [TestCase("Valid", "PASS +b-setup.exe: signed by CN=somebody", 0, 0)]
    [TestCase("NotSigned", "NOT CHECKED +b-setup.exe: it is not signed", 0, 1)]
    [TestCase("HashMismatch", "FAIL +b-setup.exe: Windows says HashMismatch: that is HashMismatch", 1, 1)]
    [TestCase("NotTrusted", "FAIL +b-setup.exe: Windows says NotTrusted", 1, 1)]
    public void What_Windows_says_of_programs_is_told(string state, string line, int code, int codeWhereRequired)
    {
        var machine = new PreparedMachine(folder["machine"])
        {
            Answers = { ["signatures"] = new Dictionary<string, string> { ["b-setup.exe"] = state } },
        };
        var script = new UtilsScript(folder, UtilsStamp.None with { VerifyKey = key }, machine);
        (int found, string output) = script.Run("-Verify", folder["release"]);
        Assert.That(output, Does.Match("(?m)^" + line));
        Assert.That(found, Is.EqualTo(code));
        Assert.That(script.Run("-Verify", folder["release"], "-Require", "authenticode").ExitCode, Is.EqualTo(codeWhereRequired));
    }

    [Test]
    public void What_is_required_must_be_a_kind_of_check()
    {
        Assert.That(Verify(key, "-Require", "all").Output, Does.Contain("-Require all: signature, authenticode or complete is expected"));
        Assert.That(
            new UtilsScript(folder, UtilsStamp.None).RunFailing("-Require", "signature"), Does.Contain("-Require to -Verify"));
    }

    [Test]
    public void The_commands_of_the_guide_verify()
    {
        folder.Write("qcw-utils.ps1", UtilsScript.Text(UtilsStamp.None with { VerifyKey = key }));
        string[] commands = GuidePage.Commands("docs/verifying.md", "-Verify ");
        Assert.That(commands, Has.Length.EqualTo(2).And.All.StartsWith("powershell "));
        foreach (string command in commands)
        {
            ProcessResult result = Pwsh.Run(folder.Path, command.Split(' ')[1..]);
            Assert.That(result.ExitCode, Is.Zero, command + "\n" + result.StandardOutput + result.StandardError);
        }

        File.Delete(folder["release/SHA256SUMS.p256"]);
        Assert.That(
            commands.Select(command => Pwsh.Run(folder.Path, command.Split(' ')[1..]).ExitCode), Is.EqualTo(new[] { 0, 1 }));
    }

    [Test]
    public void A_session_gets_an_error_where_nothing_is_verified()
    {
        folder.Write("release/b-setup.exe", "other");
        var script = new UtilsScript(folder, UtilsStamp.None with { VerifyKey = key }) { Mode = "text" };
        Assert.That(script.RunFailing("-Verify", folder["release"]), Does.Contain("qcw-utils: this release is not verified"));
    }

    private static void Refused((int ExitCode, string Output) result, string pattern)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
            Assert.That(result.Output, Does.Match(pattern).And.Contain("This release is NOT VERIFIED."));
        }
    }

    private (int ExitCode, string Output) Verify(string verifyKey, params string[] options) =>
        new UtilsScript(folder, UtilsStamp.None with { VerifyKey = verifyKey }).Run(["-Verify", folder["release"], .. options]);

    /// <summary>Signs the release with a new key.</summary>
    /// <returns>The public key, as the build writes it into the script.</returns>
    private string Sign(string name, bool keep = false)
    {
        ProcessRunner.Run(new ProcessRequest("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-f", folder[name]));
        var signing = SigningKey.Read(folder[name]);
        if (!keep)
        {
            ReleaseSignatures.Write(folder["release"], signing, folder["signing"]);
        }

        return Convert.ToHexStringLower(EcdsaSignature.ReadPublicKey(folder.Write("public.pem", EcdsaSignature.PublicKey(signing))));
    }
}
