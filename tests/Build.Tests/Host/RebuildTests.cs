using Qcw.Build.Host;
using Qcw.Build.Tests.Attesting;

namespace Qcw.Build.Tests.Host;

public sealed class RebuildTests
{
    private TemporaryFolder folder = null!;
    private RecordingLog log = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        log = new RecordingLog();
    }

    [TearDown]
    public void TearDown()
    {
        folder.Dispose();
        log.Dispose();
    }

    [Test]
    public void Line_and_tag_come_from_the_provenance()
    {
        BuildOptions options = Rebuild().Apply(new BuildOptions());
        Assert.That((options.Line, options.Architecture, options.Tag), Is.EqualTo(("test", Architecture.X64, "v1")));
    }

    [Test]
    public void Another_line_on_the_command_line_is_refused() =>
        Assert.That(
            () => Rebuild().Apply(new BuildOptions { Line = "2023.04" }),
            Throws.TypeOf<UsageException>().With.Message.Contains("--line=2023.04").And.Message.Contains("says test"));

    [Test]
    public void A_one_off_has_to_be_given_again_and_gets_its_version()
    {
        string archive = folder.Write("mine.tar", [1, 2]);
        var source = new LocalSource(archive, Sample.Sha256([1, 2]));
        var sample = new ProvenanceSample(folder)
        {
            Line = Sample.Line([Sample.Component("program", "1.1", source) with { IsOneOff = true }]),
            By = new Qcw.Build.Core.Provenance { Sources = [new SourceRecord("program", "1.1", source.Pin, source.Location)] },
        };
        Rebuild rebuild = Rebuild(sample);
        SourceOverride given = new("program", null, archive);
        BuildOptions options = rebuild.Apply(new BuildOptions { Overrides = [given] });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Overrides, Is.EqualTo([given with { Version = "1.1" }]));
            Assert.That(() => rebuild.RequirePins(sample.Line), Throws.Nothing);
            Assert.That(
                () => rebuild.Apply(new BuildOptions()),
                Throws.TypeOf<UsageException>().With.Message.Contains("--program-source=PATH").And.Message.Contains(source.ContentHash));
            Assert.That(
                () => rebuild.Apply(new BuildOptions { Overrides = [given with { Version = "2" }] }),
                Throws.TypeOf<UsageException>().With.Message.Contains("--program-version=2"));
            Assert.That(
                () => Rebuild().Apply(new BuildOptions { Overrides = [given] }),
                Throws.TypeOf<UsageException>().With.Message.Contains("names no one-off of program"));
        }
    }

    [Test]
    public void The_same_pins_are_accepted_and_others_are_named()
    {
        var sample = new ProvenanceSample(folder);
        Assert.That(() => Rebuild(sample).RequirePins(sample.Line), Throws.Nothing);
        ReleaseLine other = Sample.Line(
            [sample.Line.Components[0] with { Source = Sample.Archive([2], new Uri("https://example.org/program-1.0.tar.xz")) }]);
        Assert.That(
            () => Rebuild(sample).RequirePins(other),
            Throws.TypeOf<UsageException>().With.Message.Contains(Sample.Sha256([1])).And.Message.Contains(Sample.Sha256([2]))
                .And.Message.Contains(ProvenanceSample.Commit));
    }

    [Test]
    public void Another_commit_is_refused_and_so_are_changes()
    {
        const string wanted = ProvenanceSample.Commit;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Rebuild().RequireRecipe(wanted, changed: false), Throws.Nothing);
            foreach ((string? commit, bool changed) in new[] { (wanted, true), (null, false), (new string('a', 40), false) })
            {
                Assert.That(
                    () => Rebuild().RequireRecipe(commit, changed),
                    Throws.TypeOf<BuildException>().With.Message.Contains($"git checkout {wanted}"));
            }

            Assert.That(
                () => Rebuild(new ProvenanceSample(folder) { RecipeChanged = true }).RequireRecipe(wanted, changed: false),
                Throws.TypeOf<BuildException>().With.Message.Contains("nobody can make the files again"));
        }
    }

    [Test]
    public void A_tool_of_another_package_is_named()
    {
        Rebuild().ReportTools(
            names => names.ToDictionary(name => name, name => name == "gcc-12" ? "13.1-1" : "2.36-9"), log.Log);
        Rebuild().ReportTools(_ => null, log.Log);
        Assert.That(
            log.Text,
            Does.Contain("gcc-12 is 13.1-1 here, and was 12.2.0-14").And.Contain("1 of 2 packages are those")
                .And.Contain("there is no dpkg"));
    }

    [Test]
    public void A_file_is_compared_with_the_subject()
    {
        Rebuild rebuild = Rebuild();
        string made = folder[ProvenanceSample.File];
        rebuild.Compare(made, log.Log);
        Assert.That(log.Text, Does.Contain("the same bytes"));
        File.WriteAllBytes(made, [9]);
        Assert.That(() => rebuild.Compare(made, log.Log), Throws.TypeOf<BuildException>().With.Message.Contains(Sample.Sha256([9])));
    }

    private Rebuild Rebuild(ProvenanceSample? sample = null) =>
        new(folder["provenance.json"], (sample ?? new ProvenanceSample(folder)).Make());
}
