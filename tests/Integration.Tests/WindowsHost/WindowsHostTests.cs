using Qcw.Integration.Tests.Host;

namespace Qcw.Integration.Tests.WindowsHost;

/// <summary>The build host as a Windows program, under Wine: what needs no other program works there, and gives the same bytes.</summary>
public sealed class WindowsHostTests
{
    private const string Made = "made there"; // with a space: nothing is compiled in it

    private WindowsFixture fixture = null!;
    private TemporaryFolder here = null!;

    [OneTimeSetUp]
    public void Release()
    {
        here = new TemporaryFolder();
        fixture = new WindowsFixture();
        fixture.Prepare();
        SmallCheckout.MakeStage(here.Path);
        Directory.CreateDirectory(fixture.Artifacts(Made));
        ProcessRunner.Run(new ProcessRequest("cp", "-R", here["stage"], fixture.Artifacts(Made)));
        string[] arguments =
        [
            "--target=XzArchive", "--target=UtilsScript", "--target=ReleaseNotes", "--target=ReleaseReport", "--target=Provenance",
            "--target=Checksums", "--target=Release",
            "--exclusive", "--line=" + SmallCheckout.Line, "--tag=1.0",
        ];
        fixture.RunOk(Made, string.Join(' ', arguments));
        fixture.RunHereOk(here.Path, arguments);
    }

    [OneTimeTearDown]
    public void TearDown()
    {
        fixture.Dispose();
        here.Dispose();
    }

    [Test]
    public void It_is_one_file() => Assert.That(fixture.ProgramFiles.Select(Path.GetFileName), Is.EqualTo(["Build.exe"]));

    [TestCase("")]
    [TestCase("--help")]
    public void The_help_shows_targets_options_and_lines(string arguments) =>
        Assert.That(
            fixture.RunOk("out", arguments),
            Does.Contain("QemuInstaller").And.Contain("--mirror=DIR|URL").And.Contain("debian13").And.Contain("build.ps1"));

    [TestCase("--description", "XzFetch", "Fetches the source of XZ Utils")]
    [TestCase("--tree", "QemuInstaller", "-QemuFetch")]
    public void The_graph_can_be_looked_at(string arguments, string task, string other) =>
        Assert.That(fixture.RunOk("out", arguments), Does.Contain(task).And.Contain(other));

    [TestCase("2023.04")]
    [TestCase("debian13")]
    public void The_plan_of_a_release_is_that_of_linux(string line)
    {
        string there = fixture.RunOk("out", $"--dryrun --target=Release --line={line}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Lines(there), Is.EqualTo(Lines(fixture.RunHereOk(here["plan"], "--dryrun", "--target=Release", "--line=" + line))));
            Assert.That(there, Does.Contain("QemuInstaller").And.Contain("Checksums"));
            Assert.That(fixture.Artifacts("out"), Does.Not.Exist, "a plan leaves nothing behind");
        }
    }

    [TestCase("--tagret=Release", "error: unknown option --tagret; did you mean --target?")]
    [TestCase("--target=QemuInstal1er", "error: unknown target QemuInstal1er; did you mean QemuInstaller?")]
    [TestCase(@"--target=Mirror --mirror=C:\work\qcw\LICENSE", @"--mirror C:\work\qcw\LICENSE is a file")]
    [TestCase("--target=PodmanDocumentation --exclusive", "python3 is missing")]
    public void Wrong_usage_ends_with_2_and_one_sentence(string arguments, string message)
    {
        WineResult result = fixture.Run("out", arguments);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(2), result.Output);
            Assert.That(result.Output, Does.Contain(message).And.Not.Contain("   at "));
        }
    }

    [Test]
    public void A_signed_archive_is_fetched_from_a_mirror_and_verified()
    {
        string fetch = $"--target=XzFetch --line={SmallCheckout.Line} --offline \"--mirror={WindowsFixture.Mirror}\"";
        string first = fixture.RunOk("fetched", fetch);
        string sha256 = Files.Sha256(Repository.Fixture("openpgp", SmallCheckout.Archive));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Does.Contain($@"from {WindowsFixture.Mirror}\archives\{SmallCheckout.Archive}"));
            Assert.That(fixture.Output("fetched", $"downloads/{sha256}/{SmallCheckout.Archive}"), Does.Exist);
            Assert.That(fixture.RunOk("fetched", fetch), Does.Contain($"{SmallCheckout.Archive}: up to date"));
        }
    }

    [Test]
    public void What_a_mirror_has_wrong_is_refused_and_not_kept()
    {
        SmallCheckout.MakeMirror(fixture.Windows.HostPath(@"C:\bad"));
        File.AppendAllText(fixture.Windows.HostPath($@"C:\bad\archives\{SmallCheckout.Archive}"), "more");
        WineResult result = fixture.Run("refused", $@"--target=XzFetch --line={SmallCheckout.Line} --offline --mirror=C:\bad");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Output, Does.Contain($@"C:\bad\archives\{SmallCheckout.Archive}").And.Contain("wrong sha256"));
            Assert.That(
                Directory.GetFiles(fixture.Output("refused", "downloads"), SmallCheckout.Archive, SearchOption.AllDirectories), Is.Empty);
        }
    }

    [Test]
    public void What_comes_from_debian_is_asked_of_the_mirror_not_of_apt()
    {
        WineResult result = fixture.Run("debian", $"--target=XzFetch --line=debian13 --offline \"--mirror={WindowsFixture.Mirror}\"");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Output, Does.Contain("in a mirror: archives/xz-utils_5.8.1.orig.tar.xz").And.Not.Contain("apt-get"));
        }
    }

    [TestCase(SmallCheckout.Zip)]
    [TestCase("qcw-utils.ps1")]
    [TestCase("RELEASE-NOTES.md")]
    [TestCase("SHA256SUMS")]
    [TestCase("SHA512SUMS")]
    [TestCase("provenance.json")]
    [TestCase("RELEASE-REPORT.html")]
    public void A_file_of_the_release_has_the_same_bytes_as_on_linux(string name) =>
        Assert.That(
            File.ReadAllBytes(fixture.Output(Made, "release/" + name)), Is.EqualTo(File.ReadAllBytes(here["release/" + name])));

    [Test]
    public void A_second_run_has_nothing_to_do() =>
        Assert.That(
            fixture.RunOk(Made, $"--target=XzArchive --exclusive --line={SmallCheckout.Line}"), Does.Match(@"xz +archive +up to date"));

    [Test]
    public void Clean_deletes_what_git_has_made_read_only()
    {
        string readOnly = fixture.Output("cleaned", "sources/xz/.git/objects/ab/cd");
        Directory.CreateDirectory(Path.GetDirectoryName(readOnly)!);
        File.WriteAllText(readOnly, "an object");
        File.SetAttributes(readOnly, FileAttributes.ReadOnly);
        fixture.RunOk("cleaned", "--target=Clean");
        Assert.That(fixture.Output("cleaned", "sources"), Does.Not.Exist);
    }

    private static string[] Lines(string output) => [.. output.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
}
