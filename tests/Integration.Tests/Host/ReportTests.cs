namespace Qcw.Integration.Tests.Host;

/// <summary>What a build says at its end, the report that it leaves, and the one in a release.</summary>
public sealed class ReportTests
{
    private TemporaryFolder folder = null!;
    private string output = null!;

    private string Page => folder["one/report/index.html"];

    [OneTimeSetUp]
    public void MakeRelease()
    {
        folder = new TemporaryFolder();
        SmallCheckout.Make(folder["checkout"]);
        SmallCheckout.MakeStage(folder["one"]);
        output = Release("one");
    }

    [OneTimeTearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void A_build_ends_with_what_it_made_how_long_it_took_the_slowest_step_and_the_report() =>
        Assert.That(
            output, Does.Match(
                @"\nMade:    1 file of the release, [\d.]+ k?B; 3 steps ran, 0 up to date\nTook:    [\d.]+ s\n"
                    + @"Slowest: (xz|release) \w+, [\d.]+ s\nReport:  " + Page + @"\n\z"));

    [TestCase("--help"), TestCase("--target=Report"), TestCase("--target=Doctor", "--offline"), TestCase("--target=Matrix")]
    [TestCase("--tree")]
    public void What_builds_nothing_is_quiet(params string[] arguments)
    {
        string before = File.ReadAllText(folder["one/report/steps.jsonl"]);
        (_, string said) = HostProcess.RunIn(folder["checkout"], folder["one"], [.. arguments, "--line=" + SmallCheckout.Line]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said, Does.Not.Contain("Took:").And.Not.Contain("Slowest:"));
            Assert.That(File.ReadAllText(folder["one/report/steps.jsonl"]), Is.EqualTo(before));
        }
    }

    [Test]
    public void An_old_record_in_another_folder_is_drawn_as_it_was()
    {
        Run("one", "--target=Report");
        string drawn = File.ReadAllText(Page);
        foreach (string part in (string[])["release", "facts", "report/steps.jsonl"])
        {
            Directory.CreateDirectory(folder["a longer name/report"]);
            ProcessRunner.Run(new ProcessRequest("cp", "-R", folder["one/" + part], folder["a longer name/" + part]));
        }

        Run("a longer name", "--target=Report");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllText(folder["a longer name/report/index.html"]), Is.EqualTo(drawn));
            Assert.That(drawn, Does.Contain("id=\"timeline\"").And.Contain(SmallCheckout.Zip).And.Not.Contain(folder.Path));
            Assert.That(folder["a longer name/report/trace.json"], Does.Exist);
        }
    }

    [Test]
    public void The_report_of_a_release_has_the_same_bytes_wherever_it_is_made_and_is_covered()
    {
        // compiling the same again gives other bytes here: it is not this project's compiler
        Directory.CreateDirectory(folder["another folder"]);
        ProcessRunner.Run(new ProcessRequest("cp", "-R", folder["one/stage"], folder["another folder/stage"]));
        Release("another folder");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                File.ReadAllText(folder["another folder/release/RELEASE-REPORT.html"]),
                Is.EqualTo(File.ReadAllText(folder["one/release/RELEASE-REPORT.html"])));
            Assert.That(File.ReadAllText(folder["one/release/SHA256SUMS"]), Does.Contain("  RELEASE-REPORT.html\n"));
            Assert.That(File.ReadAllText(folder["one/release/provenance.json"]), Does.Contain("\"RELEASE-REPORT.html\""));
        }
    }

    [Test]
    public void A_release_is_compared_with_another_one()
    {
        ProcessRunner.Run(new ProcessRequest("cp", "-R", folder["one/release"], folder["old"]));
        string bom = folder["old/" + SmallCheckout.Zip + ".cdx.json"];
        File.WriteAllText(bom, File.ReadAllText(bom).Replace("doc/a-b.txt", "doc/gone.txt", StringComparison.Ordinal));
        Run("one", "--target=Report", "--against=" + folder["old"]);
        Assert.That(File.ReadAllText(Page), Does.Contain("1 files added, 1 removed, 0 changed").And.Contain("<bdi>doc/gone.txt</bdi>"));
    }

    [TestCase("Report"), TestCase("Release")]
    public void A_folder_that_is_no_release_cannot_be_compared_with(string target)
    {
        (int code, string said) = HostProcess.RunIn(
            folder["checkout"], folder["one"], $"--target={target}", "--line=" + SmallCheckout.Line, "--against=" + folder["checkout"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(said, Does.Contain("found no release there").And.Contain(".cdx.json"));
        }
    }

    [Test]
    public void Without_a_record_there_is_nothing_to_draw()
    {
        (int code, string said) = HostProcess.RunIn(
            folder["checkout"], folder["empty"], "--target=Report", "--line=" + SmallCheckout.Line);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(said, Does.Contain("steps.jsonl has no record of a build: build something first"));
        }
    }

    private string Release(string name) => Run(
        name, "--target=XzArchive", "--target=Sbom", "--target=ReleaseNotes", "--target=ReleaseReport", "--target=Provenance",
        "--target=Checksums", "--exclusive");

    private string Run(string name, params string[] arguments)
    {
        (int code, string said) = HostProcess.RunIn(folder["checkout"], folder[name], [.. arguments, "--line=" + SmallCheckout.Line]);
        Assert.That(code, Is.Zero, said);
        return said;
    }
}
