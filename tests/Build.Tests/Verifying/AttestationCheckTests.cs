using System.Text;
using System.Text.Json;
using Qcw.Build.Releasing;
using Qcw.Build.Signing;
using Qcw.Build.Verifying;

namespace Qcw.Build.Tests.Verifying;

/// <summary>Builders' bundles, good and bad, and programs that stand for GitHub's.</summary>
public sealed class AttestationCheckTests
{
    private const string PayloadType = "application/vnd.in-toto+json";

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeRelease()
    {
        folder = new TemporaryFolder();
        folder.Write("release/a.zip", "a");
        folder.Write("release/b.zip", "b");
        ReleaseChecksums.Write(folder["release"]);
        folder.Write(
            "builders", "# who builds\n" + SshSignature.AllowedSigner(TestKeys.Of("one"), "one")
                + SshSignature.AllowedSigner(TestKeys.Of("two"), "two"));
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void Files_are_counted_one_by_one()
    {
        Attest("one", Subject("a.zip", "a"), Subject("b.zip", "b"));
        Attest("two", Subject("a.zip", "a"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Run(1).Verdict, Is.EqualTo(Verdict.Pass));
            StepResult two = Run(2);
            Assert.That(two.Verdict, Is.EqualTo(Verdict.NotChecked));
            Assert.That(two.Files[0].Reason, Is.EqualTo("2 of 2 builders: one, two"));
            Assert.That(two.Files[1].Reason, Does.StartWith("1 of 2 builders attest it, 2 are needed; two does not name it"));
        }
    }

    [Test]
    public void A_builder_who_made_another_file_fails_it()
    {
        Attest("one", Subject("a.zip", "other"), Subject("b.zip", "b"));
        AssertFirst(Verdict.Fail, "one made another file, ");
    }

    [Test]
    public void A_statement_that_was_changed_fails()
    {
        string bundle = Attest("one", Subject("a.zip", "a"));
        File.WriteAllText(bundle, File.ReadAllText(bundle).Replace(
            Convert.ToBase64String(Statement(Subject("a.zip", "a"))), Convert.ToBase64String(Statement(Subject("a.zip", "z"))),
            StringComparison.Ordinal));
        AssertFirst(Verdict.Fail, "one.sigstore.json is not signed by one, or has changed");
    }

    [Test]
    public void A_builder_in_the_name_of_another_fails()
    {
        Attest("one", TestKeys.Of("two"), Subject("a.zip", "a"));
        AssertFirst(Verdict.Fail, "one.sigstore.json is not signed by one, or has changed");
    }

    [Test]
    public void A_builder_whom_nobody_trusts_does_not_count()
    {
        Attest("three", Subject("a.zip", "a"));
        AssertFirst(Verdict.NotChecked, "three is not trusted");
    }

    [Test]
    public void Without_bundles_and_programs_nothing_was_checked()
    {
        StepResult none = Run(1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(none.Verdict, Is.EqualTo(Verdict.NotChecked));
            Assert.That(none.Reason, Does.Contain("has no *.sigstore.json; GitHub's attestations need gh 2.67 or newer"));
            Assert.That(Run(1, tag: null).Reason, Does.StartWith("no tag is known"));
        }
    }

    [Test]
    public void A_bundle_that_is_damaged_is_named()
    {
        folder.Write("attestations/v1/one.sigstore.json", "{}");
        Assert.That(() => Run(1), Throws.TypeOf<BuildException>().With.Message.Contains("one.sigstore.json: mediaType"));
    }

    [TestCase("exit 0", false, Description = "it ends well and names nothing, as old versions did")]
    [TestCase("echo '[]'", false)]
    [TestCase("echo '[{\"verificationResult\":{}}]'", true)]
    [TestCase("echo '[{\"verificationResult\":{}}]'; echo 'no attestations found' >&2; exit 1", false)]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public void What_gh_says_is_not_taken_on_its_exit_code_alone(string script, bool passes)
    {
        string gh = folder.Write(
            "bin/gh",
            "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'gh version 2.70.0'; exit; fi\n"
                + $"echo \"$@\" >>'{folder["asked"]}'\n{script}\n");
        File.SetUnixFileMode(gh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.That(Run(1).Verdict, Is.EqualTo(passes ? Verdict.Pass : Verdict.NotChecked));
        Assert.That(
            File.ReadAllLines(folder["asked"])[0],
            Is.EqualTo($"attestation verify {folder["release/a.zip"]} --repo arixmkii/qcw --format json"));
        Assert.That(Run(1, offline: true).Verdict, Is.EqualTo(Verdict.NotChecked), "the network is forbidden");
    }

    [Test]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public void A_gh_that_is_too_old_is_not_asked()
    {
        string gh = folder.Write("bin/gh", "#!/bin/sh\necho 'gh version 2.23.0'\n");
        File.SetUnixFileMode(gh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.That(Run(1).Reason, Does.Contain("gh is gh version 2.23.0"));
    }

    private void AssertFirst(Verdict verdict, string reason)
    {
        FileResult first = Run(1).Files[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Verdict, Is.EqualTo(verdict));
            Assert.That(first.Reason, Does.Contain(reason));
        }
    }

    private StepResult Run(int needed, string? tag = "v1", bool offline = false) =>
        new AttestationCheck(
            new Published("x", folder["release"], tag), folder["attestations"], folder["builders"],
            new ToolFinder([folder["bin"]]), offline)
            .Run(["a.zip", "b.zip"], needed);

    private string Attest(string builder, params object[] subjects) => Attest(builder, TestKeys.Of(builder), subjects);

    private string Attest(string builder, SigningKey key, params object[] subjects)
    {
        byte[] payload = Statement(subjects);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"DSSEv1 {PayloadType.Length} {PayloadType} {payload.Length} "), .. payload];
        return folder.Write($"attestations/v1/{builder}.sigstore.json", JsonSerializer.Serialize(new
        {
            mediaType = "application/vnd.dev.sigstore.bundle.v0.3+json",
            verificationMaterial = new { publicKey = new { hint = "x" } },
            dsseEnvelope = new
            {
                payload = Convert.ToBase64String(payload),
                payloadType = PayloadType,
                signatures = new[] { new { sig = Convert.ToBase64String(key.Sign(signed)) } },
            },
        }));
    }

    private static byte[] Statement(params object[] subjects) => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
    {
        ["_type"] = "https://in-toto.io/Statement/v1",
        ["subject"] = subjects,
        ["predicateType"] = "https://slsa.dev/provenance/v1",
        ["predicate"] = new { },
    });

    private static object Subject(string name, string content) => new { name, digest = new { sha256 = Sample.Sha256(content) } };
}
