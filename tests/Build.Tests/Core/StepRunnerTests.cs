namespace Qcw.Build.Tests.Core;

public sealed class StepRunnerTests
{
    private TemporaryFolder folder = null!;
    private StringWriter output = null!;
    private StepRunner runner = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        output = new StringWriter();
        runner = new StepRunner(new BuildLog(output, interactive: false));
    }

    [TearDown]
    public void TearDown()
    {
        folder.Dispose();
        output.Dispose();
    }

    [Test]
    public void Runs_once_for_the_same_inputs()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Make("1"), Is.True);
            Assert.That(Make("1"), Is.False);
            Assert.That(output.ToString(), Does.Contain("up to date"));
        }
    }

    [Test]
    public void Says_which_input_changed()
    {
        Make("1");
        Assert.That(Make("2"), Is.True);
        Assert.That(output.ToString(), Does.Contain("changed: recipe"));
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
    public void A_missing_predecessor_names_the_task_to_run() =>
        Assert.That(() => Stamp.HashOf(Target, "QemuPatch"), Throws.TypeOf<BuildException>().With.Message.Contains("--target=QemuPatch"));

    private string Target => Path.Combine(folder.Path, "stage", "out");

    private Step Step(string recipe) => new("c", "p", Target, new Fingerprint().Add("recipe", recipe));

    private bool Make(string recipe) => runner.RunReplacing(Step(recipe), partial => File.WriteAllText(partial, recipe));
}
