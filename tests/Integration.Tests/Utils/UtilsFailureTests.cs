using System.Text;
using Qcw.Build.Components;

namespace Qcw.Integration.Tests.Utils;

/// <summary>What goes wrong is said, and leaves nothing behind.</summary>
public sealed class UtilsFailureTests
{
    private const string ZipPath = $"/download/{UtilsRelease.Tag}/{UtilsRelease.XzFile}";
    private UtilsRelease release = null!;

    [SetUp]
    public void MakeRelease() => release = new UtilsRelease();

    [TearDown]
    public void Nothing_is_left_behind()
    {
        string[] left = Directory.GetFileSystemEntries(release.Script.WorkingDirectory);
        release.Dispose();
        Assert.That(left, Is.Empty);
    }

    [Test]
    public void A_file_that_the_server_does_not_have()
    {
        release.Server.On(ZipPath, HttpReply.Status(404));
        Assert.That(
            release.Script.RunFailing(),
            Does.StartWith($"downloading ").And.Contain("qcw-utils: ").And.Contain(ZipPath).And.Contain("the server says 404"));
    }

    [Test]
    public void A_download_that_breaks_off()
    {
        release.Server.On(ZipPath, HttpReply.Truncated(release.Zip, 100));
        Assert.That(release.Script.RunFailing("-Target", "deep/er/tools"), Does.Contain("cannot be downloaded").And.Contain("-Offline"));
    }

    [Test]
    public void A_server_that_is_not_there() =>
        Assert.That(
            new UtilsScript(release.Folder, release.Stamp with { Downloads = "http://localhost:1" }).RunFailing(),
            Does.Contain("cannot be downloaded"));

    [TestCase("file"), TestCase("text")]
    public void Other_bytes_than_those_that_were_released(string mode)
    {
        release.Server.On(ZipPath, HttpReply.OtherBytes(release.Zip));
        Assert.That(
            new UtilsScript(release.Folder, release.Stamp) { Mode = mode }.RunFailing("-Force"),
            Does.Contain("wrong checksum").And.Contain($"expected sha256 {release.Sha256}, got ").And.Contain("Nothing was installed"));
    }

    [Test]
    public void A_sign_in_page_instead_of_the_file()
    {
        release.Server.On(ZipPath, HttpReply.Html("Sign in"));
        Assert.That(release.Script.RunFailing(), Does.Contain("It is a web page"));
    }

    [Test]
    public void An_archive_that_is_none()
    {
        byte[] bytes = Encoding.ASCII.GetBytes("not a zip");
        release.Server.On(ZipPath, HttpReply.File(bytes));
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        Assert.That(new UtilsScript(release.Folder, release.Stamp with { XzSha256 = sha256 }).RunFailing(), Does.Contain("qcw-utils: "));
    }

    [Test]
    public void A_folder_that_cannot_be_written() =>
        Assert.That(
            release.Script.RunFailing("-Target", "/proc/qcw-utils"),
            Does.Contain("/proc/qcw-utils.qcw-partial cannot be made").And.Contain("-Target"));

    [Test]
    public void A_target_that_is_a_file() =>
        Assert.That(release.Script.RunFailing("-Target", release.Folder[UtilsRelease.XzFile]), Does.Contain("is a file"));

    [TestCase("a;b"), TestCase("a;b/tools")]
    public void A_target_that_PATH_cannot_hold(string target) =>
        Assert.That(release.Script.RunFailing("-Target", target), Does.Contain("contains a semicolon").And.Contain("-Target"));

    [Test]
    public void An_address_that_is_not_https() =>
        Assert.That(
            new UtilsScript(release.Folder, release.Stamp with { Downloads = "http://downloads.invalid" }).RunFailing(),
            Does.Contain("is not https"));

    [Test]
    public void Checksums_beside_the_archive_do_not_outweigh_those_in_the_script()
    {
        string offline = release.OfflineFolder(release.Sha256);
        Assert.That(
            new UtilsScript(release.Folder, release.Stamp with { XzSha256 = new string('a', 64) }).RunFailing("-Offline", offline),
            Does.Contain("wrong checksum"));
    }

    [Test]
    public void An_unreleased_script_refuses_a_folder_with_other_checksums() =>
        Assert.That(
            new UtilsScript(release.Folder, UtilsStamp.None).RunFailing("-Offline", release.OfflineFolder(new string('b', 64))),
            Does.Contain("wrong checksum"));

    [Test]
    public void An_offline_folder_without_what_is_needed()
    {
        string empty = Directory.CreateDirectory(release.Folder["empty"]).FullName;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(release.Script.RunFailing("-Offline", empty), Does.Contain($"{empty}/{UtilsRelease.XzFile} is not there"));
            Assert.That(
                new UtilsScript(release.Folder, UtilsStamp.None).RunFailing("-Offline", empty), Does.Contain("SHA256SUMS is not there"));
        }
    }

    [TestCase("../0.0.1"), TestCase("a b")]
    public void A_version_that_is_no_tag(string version) =>
        Assert.That(release.Script.RunFailing("-Version", version), Does.Contain("the tag of a release is expected"));

    [Test]
    public void A_parameter_that_does_not_exist() => // PowerShell's own error: the script does not even start
        Assert.That(release.Script.RunFailing("-Traget", "x"), Does.Contain("Traget").And.Not.Contain("downloading"));
}
