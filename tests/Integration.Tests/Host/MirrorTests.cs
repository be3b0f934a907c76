using Qcw.Build.Fetching;

namespace Qcw.Integration.Tests.Host;

/// <summary>A closed network, through the whole host: one run writes a mirror, another one without network fetches from it.</summary>
public sealed class MirrorTests
{
    // Debian's archive of the source, and the one with its patches
    private static readonly string[] Xz = [.. Input.Of(Repository.Lines.Load("debian13").Component("xz")).Select(input => input.Name)];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void A_target_is_fetched_offline_from_what_was_written_for_it()
    {
        string written = HostProcess.RunOk(folder["open"], "--target=Mirror", "--line=debian13", "--for=XzArchive",
            $"--mirror={folder["mirror"]}");
        string read = HostProcess.RunOk(folder["closed"], "--target=XzFetch", "--line=debian13", "--offline",
            $"--mirror={folder["mirror"]}");
        using (Assert.EnterMultipleScope())
        {
            string inventory = File.ReadAllText(folder["mirror/inventory/debian13.json"]);
            Assert.That(written, Does.Contain(": 2 written, 0 up to date, 0 missing; "));
            Assert.That(inventory, Does.Not.Contain("qemu"));
            foreach (string file in Xz)
            {
                Assert.That(written, Does.Contain(file + ": written"));
                Assert.That(read, Does.Contain("from " + folder["mirror/archives/" + file]));
                Assert.That(inventory, Does.Contain(file));
            }
        }
    }

    [TestCase("--mirror=DIR is missing")]
    [TestCase("not onto a server", "--mirror=https://example.org/mirror")]
    [TestCase("unknown target XzArchiv; did you mean XzArchive?", "--for=XzArchiv", "--mirror=mirror")]
    [TestCase("--for=Doctor: nothing is fetched for this target in the line debian13", "--for=Doctor", "--mirror=mirror")]
    public void Wrong_usage_ends_with_2_and_one_sentence(string message, params string[] arguments)
    {
        string[] inFolder = [.. arguments
            .Select(argument => argument.Replace("=mirror", "=" + folder["mirror"], StringComparison.Ordinal))];
        (int code, string output) = HostProcess.Run(folder["artifacts"], ["--target=Mirror", "--line=debian13", .. inFolder]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(output, Does.Contain(message));
            Assert.That(folder["mirror"], Does.Not.Exist);
        }
    }

    [Test]
    public void What_is_missing_offline_is_listed_and_ends_with_1()
    {
        (int code, string output) = HostProcess
            .Run(folder["artifacts"], "--target=Mirror", "--line=2023.04", "--offline", "--for=XzArchive", $"--mirror={folder["mirror"]}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(output, Does.Contain("signatures/xz-5.2.9.tar.xz.sig").And.Contain(": 0 written, 0 up to date"));
        }
    }
}
