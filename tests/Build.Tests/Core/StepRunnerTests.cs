namespace Qcw.Build.Tests.Core;

public sealed class StepRunnerTests
{
    private TemporaryFolder folder = null!;
    private RecordingLog log = null!;
    private StepRunner runner = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        log = new RecordingLog();
        runner = new StepRunner(log.Log);
    }

    [TearDown]
    public void TearDown()
    {
        folder.Dispose();
        log.Dispose();
    }

    [Test]
    public void Runs_once_for_the_same_inputs()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Make("1"), Is.True);
            Assert.That(Make("1"), Is.False);
            Assert.That(log.Text, Does.Contain("up to date"));
        }
    }

    [Test]
    public void Says_which_input_changed()
    {
        Make("1");
        Assert.That(Make("2"), Is.True);
        Assert.That(log.Text, Does.Contain("changed: recipe"));
    }

    [Test]
    public void Runs_again_where_the_output_is_gone()
    {
        Make("1");
        File.Delete(Target);
        Assert.That(Make("1"), Is.True);
        Assert.That(Target, Does.Exist);
    }

    [Test]
    public void Runs_again_where_the_stamp_is_damaged()
    {
        Make("1");
        File.WriteAllText(Stamp.PathFor(Target), "{ \"hash\": ");
        Assert.That(Make("1"), Is.True);
    }

    [Test]
    public void A_failed_step_leaves_the_old_output_but_not_its_stamp()
    {
        Make("1");
        Assert.That(
            () => runner.RunReplacing(Step("2"), partial =>
            {
                File.WriteAllText(partial, "half");
                throw new BuildException("broken");
            }),
            Throws.TypeOf<BuildException>());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllText(Target), Is.EqualTo("1"));
            Assert.That(Make("1"), Is.True, "without a stamp nothing is known of the output");
            Assert.That(File.Exists(Target + ".partial"), Is.False);
        }
    }

    [Test]
    public void What_an_interrupted_step_left_does_not_get_into_the_next_output()
    {
        Directory.CreateDirectory(Target + ".partial");
        File.WriteAllText(Path.Combine(Target + ".partial", "stale"), "stale");
        runner.RunReplacing(Step("1"), partial =>
        {
            Directory.CreateDirectory(partial);
            File.WriteAllText(Path.Combine(partial, "fresh"), "fresh");
        });
        Assert.That(Directory.GetFiles(Target).Select(Path.GetFileName), Is.EqualTo(["fresh"]));
    }

    [Test]
    public void What_has_not_been_made_says_whose_it_is_and_which_phase_makes_it() =>
        Assert.That(
            () => Made.Read(Target, "qemu", Phase.Patch),
            Throws
                .TypeOf<NotMadeException>()
                .With.Message.Contains(Target)
                .And.Property(nameof(NotMadeException.Owner))
                .EqualTo("qemu")
                .And.Property(nameof(NotMadeException.Phase))
                .EqualTo(Phase.Patch));

    [Test]
    public void Where_tools_come_from_is_asked_when_a_step_runs()
    {
        Made made = runner.RunReplacing(Step("1") with { Toolchain = Packages("1") }, partial => File.WriteAllText(partial, "1"));
        Made again = runner.RunReplacing(Step("1") with { Toolchain = Packages("2") }, _ => Assert.Fail("it is up to date"));
        Assert.That(
            new[] { made, again, Made.Read(Target, "c", Phase.Compile) }.Select(one => one.By.Packages.Single().Version),
            Is.All.EqualTo("1"), "what compiled it counts, not what is installed now");
    }

    [Test]
    public void Where_tools_come_from_is_asked_while_a_step_runs()
    {
        using var asked = new ManualResetEventSlim();
        runner.RunReplacing(
            Step("1") with
            {
                Toolchain = () =>
                {
                    asked.Set();
                    return Provenance.None;
                },
            },
            partial =>
            {
                Assert.That(asked.Wait(TimeSpan.FromMinutes(1)), "the step waits for an answer that is asked for when it is done");
                File.WriteAllText(partial, "1");
            });
    }

    [Test]
    public void A_step_that_fails_says_why_and_ends_after_what_it_asked([Values] bool doesAnswer)
    {
        bool isAnswered = false;
        using var failing = new ManualResetEventSlim();
        Step step = Step("1") with
        {
            Toolchain = () =>
            {
                failing.Wait(TimeSpan.FromMinutes(1));
                isAnswered = true;
                return doesAnswer ? Provenance.None : throw new BuildException("no dpkg");
            },
        };
        BuildException failure = Assert.Throws<BuildException>(() => runner.RunReplacing(step, _ =>
        {
            failing.Set();
            throw new BuildException("no compiler");
        }))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Message, Is.EqualTo("no compiler"));
            Assert.That(isAnswered);
        }
    }

    [Test]
    public void A_step_whose_tools_cannot_be_found_is_not_done()
    {
        Step step = Step("1") with { Toolchain = () => throw new BuildException("no dpkg") };
        Assert.That(
            () => runner.RunReplacing(step, partial => File.WriteAllText(partial, "1")),
            Throws.TypeOf<BuildException>().With.Message.EqualTo("no dpkg"));
        Assert.That(Stamp.Read(Target), Is.Null);
    }

    [Test]
    public void A_record_without_packages_is_completed_once()
    {
        Make("1");
        string stamp = Stamp.PathFor(Target);
        File.WriteAllText(
            stamp, File.ReadAllText(stamp).Replace("\"hasToolchain\": true", "\"hasToolchain\": false", StringComparison.Ordinal));
        Made again = runner.RunReplacing(Step("1") with { Toolchain = Packages("1") }, _ => Assert.Fail("it is up to date"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.By.Packages.Single().Version, Is.EqualTo("1"));
            Assert.That(Made.Read(Target, "c", Phase.Compile).By.Packages, Is.EqualTo(again.By.Packages));
            Assert.That(Made.Read(Target, "c", Phase.Compile).Hash, Is.EqualTo(again.Hash));
        }
    }

    private static Func<Provenance> Packages(string version) =>
        () => new Provenance { Packages = [new ToolPackage("meson", "meson", version, "all", "debian")] };

    [Test]
    public void How_it_was_made_is_read_again_where_it_is_up_to_date()
    {
        Provenance by = Provenance.None.WithTool("meson", "1.0.1") with
        {
            Patches = [new PatchRecord("c", "0001-a", "hash")],
            Msys2Packages = ["bash 5"],
        };
        Step step = Step("1") with { By = by };
        Made first = runner.RunReplacing(step, partial => File.WriteAllText(partial, "1"));
        Made again = runner.RunReplacing(step with { By = Provenance.None }, _ => Assert.Fail("it is up to date"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.IsNew, again.IsNew), Is.EqualTo((true, false)));
            Assert.That(again.Hash, Is.EqualTo(first.Hash));
            Assert.That(again.By.Tools, Is.EqualTo(by.Tools));
            Assert.That(again.By.Patches, Is.EqualTo(by.Patches));
            Assert.That(again.By.Msys2Packages, Is.EqualTo(by.Msys2Packages));
        }
    }

    [Test]
    public void Records_of_several_steps_are_one_sorted_record()
    {
        Provenance one = Provenance.None.WithTool("b", "first") with { Libraries = ["z", "a"] };
        Provenance two = Provenance.None.WithTool("b", "second").WithTool("a", "1") with
        {
            Libraries = ["a"],
            Firmware = new Dictionary<string, string> { ["seabios"] = "1" },
        };
        Provenance both = one.With(two);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(both.Tools.Select(tool => $"{tool.Key} {tool.Value}"), Is.EqualTo(["a 1", "b first"]));
            Assert.That(both.Libraries, Is.EqualTo(["a", "z"]));
            Assert.That(both.Firmware.Keys, Is.EqualTo(["seabios"]));
        }
    }

    private string Target => Path.Combine(folder.Path, "stage", "out");

    private Step Step(string recipe) => new("c", "p", Target, new Fingerprint().Add("recipe", recipe));

    private bool Make(string recipe) => runner.RunReplacing(Step(recipe), partial => File.WriteAllText(partial, recipe)).IsNew;
}
