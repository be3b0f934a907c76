using Qcw.Build.Releasing;
using Qcw.Build.Signing;
using Qcw.Build.Verifying;

namespace Qcw.Build.Tests.Verifying;

/// <summary>Sums and signatures of a release, good and bad.</summary>
public sealed class SumsCheckTests
{
    private static readonly Dictionary<string, FileResult> NoProblems = [];

    private TemporaryFolder folder = null!;

    private string Release => folder["release"];

    [SetUp]
    public void MakeRelease()
    {
        folder = new TemporaryFolder();
        folder.Write("release/a.zip", "a");
        folder.Write("release/b.zip", "b");
        ReleaseChecksums.Write(Release);
        ReleaseSignatures.Write(Release, TestKeys.Of("qcw"), folder["keys"]);
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void A_whole_release_passes()
    {
        StepResult result = Sums();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Pass));
            Assert.That(result.Reason, Is.EqualTo("2 of 2 files are those that SHA256SUMS and SHA512SUMS list"));
        }
    }

    [Test]
    public void A_changed_file_fails_by_name()
    {
        folder.Write("release/b.zip", "c");
        AssertBad(Sums(), Verdict.Fail, "b.zip", "it is not the file that SHA256SUMS lists");
    }

    [Test]
    public void A_file_that_only_the_longer_sums_know_otherwise_fails()
    {
        string file = Path.Combine(Release, "SHA512SUMS");
        File.WriteAllText(file, File.ReadAllText(file).Replace("  b.zip", "  c.zip", StringComparison.Ordinal));
        AssertBad(Sums(), Verdict.Fail, "b.zip", "SHA512SUMS does not list it");
    }

    [Test]
    public void A_file_that_is_missing_was_not_checked()
    {
        File.Delete(Path.Combine(Release, "b.zip"));
        AssertBad(Sums(), Verdict.NotChecked, "b.zip", "it is not there");
    }

    [Test]
    public void A_file_that_is_not_listed_fails()
    {
        folder.Write("release/c.zip", "c");
        AssertBad(Sums(), Verdict.Fail, "c.zip", "SHA256SUMS does not list it: it is not of this release");
    }

    [Test]
    public void An_empty_folder_and_a_missing_one_pass_nothing()
    {
        foreach (string path in (string[])[folder.Create("empty"), folder["nowhere"]])
        {
            var release = new Published(path, path);
            Assert.That(SumsCheck.Files(release, _ => true, NoProblems), Is.EqualTo(
                StepResult.NotChecked(Check.Sums, "the folder is empty")).Using<StepResult>((one, other) => one.Reason == other.Reason));
            Assert.That(SumsCheck.Signature(release, Keys("qcw.pub"), "x").Verdict, Is.EqualTo(Verdict.NotChecked));
        }
    }

    [TestCase("qcw.pub"), TestCase("allowed_signers")]
    public void A_signature_passes_with_either_file_of_the_key(string file) =>
        Assert.That(Signature(Keys(file)).Verdict, Is.EqualTo(Verdict.Pass));

    [Test]
    public void Without_a_key_a_signature_was_not_checked() =>
        Assert.That(Signature([]).Verdict, Is.EqualTo(Verdict.NotChecked));

    [Test]
    public void A_release_without_signatures_has_none_to_check()
    {
        foreach (string name in ReleaseSignatures.FileNames)
        {
            File.Delete(Path.Combine(Release, name));
        }

        Assert.That(Signature(Keys("qcw.pub")).Verdict, Is.EqualTo(Verdict.NotChecked));
    }

    [Test]
    public void Another_key_a_changed_byte_and_a_truncated_signature_fail()
    {
        var other = TestKeys.Of("other");
        folder.Write("keys/other.pub", Minisign.PublicKey(other));
        string sums = Path.Combine(Release, "SHA256SUMS");
        string text = File.ReadAllText(sums);
        using (Assert.EnterMultipleScope())
        {
            AssertBothFail(Signature(Keys("other.pub")));
            File.WriteAllText(sums, text.Replace("a.zip", "c.zip", StringComparison.Ordinal));
            AssertBothFail(Signature(Keys("qcw.pub")));
            File.WriteAllText(sums, text);
            foreach (string name in new[] { "SHA256SUMS.minisig", "SHA256SUMS.sig" })
            {
                string file = Path.Combine(Release, name);
                File.WriteAllText(file, File.ReadAllText(file)[..^20]);
            }

            AssertBothFail(Signature(Keys("qcw.pub")));
        }
    }

    [Test]
    public void A_trusted_comment_that_was_changed_fails()
    {
        string file = Path.Combine(Release, "SHA256SUMS.minisig");
        File.WriteAllText(file, File.ReadAllText(file).Replace("file:SHA256SUMS", "file:OTHERSUMS", StringComparison.Ordinal));
        AssertBad(Signature(Keys("qcw.pub")), Verdict.Fail, "SHA256SUMS.minisig", "its trusted comment has changed");
    }

    [Test]
    public void A_key_that_may_not_sign_files_signs_none()
    {
        string line = File.ReadAllText(folder["keys/allowed_signers"]).Replace("\"file\"", "\"git\"", StringComparison.Ordinal);
        folder.Write("keys/git", line);
        AssertBad(Signature(Keys("git")), Verdict.Fail, "SHA256SUMS.sig", "the key is not trusted for the namespace file");
    }

    [TestCase("")]
    [TestCase("ssh-rsa AAAA me\n")]
    [TestCase("qcw cert-authority ssh-ed25519 AAAA\n")]
    [TestCase("untrusted comment: minisign public key\nRWQ\n")]
    public void A_file_that_has_no_such_key_is_refused(string text) =>
        Assert.That(
            () => PublicKey.ReadAll(folder.Write("bad", text)),
            Throws.TypeOf<BuildException>().With.Message.Contains("expected an Ed25519 public key"));

    private static void AssertBothFail(StepResult result) =>
        Assert.That(result.Files.Select(file => file.Verdict), Is.EqualTo(new[] { Verdict.Fail, Verdict.Fail }));

    private static void AssertBad(StepResult result, Verdict verdict, string name, string reason)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Verdict, Is.EqualTo(verdict));
            FileResult bad = result.Files.Single(file => file.Verdict != Verdict.Pass);
            Assert.That((bad.Name, bad.Verdict, bad.Reason), Is.EqualTo((name, verdict, reason)));
        }
    }

    private StepResult Sums() => SumsCheck.Files(new Published(Release, Release), _ => true, NoProblems);

    private StepResult Signature(IReadOnlyList<PublicKey> keys) => SumsCheck.Signature(new Published(Release, Release), keys, "no keys");

    private IReadOnlyList<PublicKey> Keys(string name) => PublicKey.ReadAll(folder["keys/" + name]);
}
