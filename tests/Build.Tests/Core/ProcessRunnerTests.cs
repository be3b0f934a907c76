namespace Qcw.Build.Tests.Core;

/// <summary>How programs are run, with the programs that every system has.</summary>
[Platform("Linux,Unix")]
public sealed class ProcessRunnerTests
{
    [Test]
    public void Both_streams_are_kept_apart_and_logged_together()
    {
        using var folder = new TemporaryFolder();
        string log = Path.Combine(folder.Path, "logs", "x.log");
        ProcessResult result = ProcessRunner.Run(Shell("echo out; echo err >&2") with { LogFile = log });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.StandardOutput, Is.EqualTo("out\n"));
            Assert.That(result.StandardError, Is.EqualTo("err\n"));
            Assert.That(File.ReadAllText(log), Does.StartWith("$ /bin/sh -c ").And.Contain("out\n").And.Contain("err\n"));
        }
    }

    [Test]
    public void A_failure_shows_the_last_lines_and_the_log()
    {
        using var folder = new TemporaryFolder();
        string log = Path.Combine(folder.Path, "x.log");
        Assert.That(
            () => ProcessRunner.Run(Shell("i=0; while [ $i -lt 50 ]; do echo line $i; i=$((i+1)); done; exit 3") with { LogFile = log }),
            Throws.TypeOf<ProcessFailedException>()
                .With.Property(nameof(ProcessFailedException.ExitCode)).EqualTo(3)
                .And.Message.Contains("failed with exit code 3")
                .And.Message.Contains("line 49")
                .And.Message.Not.Contains("line 29\n")
                .And.Message.Contains($"full output: {log}"));
    }

    [Test]
    public void A_program_that_is_not_there_is_named() =>
        Assert.That(
            () => ProcessRunner.Run(new ProcessRequest("qcw-no-such-program")),
            Throws.TypeOf<ProcessFailedException>().With.Message.Contains("qcw-no-such-program could not be started"));

    [Test]
    public void Arguments_arrive_as_they_are()
    {
        ProcessResult result = ProcessRunner.Run(new ProcessRequest("/bin/echo", "a b", "$HOME", "*", "'"));
        Assert.That(result.StandardOutput, Is.EqualTo("a b $HOME * '\n"));
    }

    [Test]
    public void A_cleared_environment_has_only_what_is_given()
    {
        ProcessResult result = ProcessRunner.Run(new ProcessRequest("/usr/bin/env")
        {
            ClearEnvironment = true,
            Environment = new Dictionary<string, string?> { ["ONE"] = "1" },
        });
        Assert.That(result.StandardOutput, Is.EqualTo("ONE=1\n"));
    }

    [Test]
    public void What_takes_too_long_is_killed() =>
        Assert.That(
            () => ProcessRunner.Run(Shell("sleep 60") with { Timeout = TimeSpan.FromMilliseconds(100) }),
            Throws.TypeOf<ProcessFailedException>().With.Message.Contains("did not end within"));

    [Test]
    public void Standard_input_is_handed_on() =>
        Assert.That(ProcessRunner.Run(new ProcessRequest("/bin/cat") { StandardInput = "text" }).StandardOutput, Is.EqualTo("text\n"));

    [Test]
    public async Task Without_holding_a_thread_the_result_is_the_same()
    {
        ProcessResult result = await ProcessRunner.RunAsync(
            Shell("cat; echo err >&2; exit 3") with
            {
                StandardInput = "in",
                AllowFailure = true,
            },
            CancellationToken.None);
        Assert.That(result, Is.EqualTo(new ProcessResult(3, "in\n", "err\n")));
        Assert.That(
            async () => await ProcessRunner.RunAsync(Shell("echo why; exit 3"), CancellationToken.None),
            Throws
                .TypeOf<ProcessFailedException>()
                .With.Property(nameof(ProcessFailedException.ExitCode))
                .EqualTo(3)
                .And.Message.Contains("why"));
        Assert.That(
            async () =>
                await ProcessRunner.RunAsync(Shell("sleep 60") with { Timeout = TimeSpan.FromMilliseconds(100) }, CancellationToken.None),
            Throws.TypeOf<ProcessFailedException>().With.Message.Contains("did not end within"));
    }

    [Test]
    public void What_is_cancelled_is_killed_with_its_children()
    {
        using var cancel = new CancellationTokenSource();
        int child = 0;
        ProcessRequest request = Shell("sleep 60 & echo $!; wait") with
        {
            OnLine = line =>
            {
                child = int.Parse(line, System.Globalization.CultureInfo.InvariantCulture);
                cancel.Cancel();
            },
        };
        Assert.That(async () => await ProcessRunner.RunAsync(request, cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        string state = $"/proc/{child}/stat";
        Assert.That(!File.Exists(state) || File.ReadAllText(state).Contains(") Z ", StringComparison.Ordinal), "the child has ended");
        Assert.That(
            async () => await ProcessRunner.RunAsync(Shell("exit 1"), cancel.Token), Throws.InstanceOf<OperationCanceledException>(),
            "nothing is started");
    }

    [Test]
    [Platform("Linux")]
    public void What_does_nothing_for_too_long_is_ended_with_its_children()
    {
        int child = 0;
        ProcessRequest idle = Shell("sleep 60 & echo $!; wait") with
        {
            Patience = TimeSpan.FromSeconds(1),
            OnLine = line => child = int.Parse(line, System.Globalization.CultureInfo.InvariantCulture),
        };
        Assert.That(
            async () => await ProcessRunner.RunAsync(idle, CancellationToken.None),
            Throws.TypeOf<ProcessFailedException>().With.Message.Contains("did nothing for 1 s and was ended"));
        Wait.Until(
            () => !File.Exists($"/proc/{child}/stat")
                || File.ReadAllText($"/proc/{child}/stat").Contains(") Z ", StringComparison.Ordinal),
            "the child has ended");
    }

    [Platform("Linux")]
    [TestCase("while [ $((i = i + 1)) -lt 400000 ]; do :; done", TestName = "A program that computes is not idle")]
    [TestCase("for i in 1 2 3 4 5 6; do echo; sleep 0.4; done", TestName = "A program that prints is not idle")]
    [TestCase("for i in 1 2 3 4 5 6; do cat /etc/passwd >/dev/null; sleep 0.4; done", TestName = "A program that reads is not idle")]
    public void What_does_something_is_left_alone(string script) =>
        Assert.That(ProcessRunner.Run(Shell(script) with { Patience = TimeSpan.FromSeconds(1) }).ExitCode, Is.Zero);

    private static ProcessRequest Shell(string script) => new("/bin/sh", "-c", script);
}
