namespace Qcw.Acceptance.Tests.Journey;

/// <summary>
/// Programs are ended at 20 moments of a start or a stop, and a guest does not listen. Never do two QEMUs have one disk, the disk stays
/// undamaged, and the next start works, or says what to do, and doing that works.
/// </summary>
[TestFixture]
[Explicit("each of its moments starts the machine at least once: an hour on two idle cores")]
internal sealed class InterruptionTests() : JourneyStory(Installation.Usual)
{
    private const string Podman = "podman";
    private const string Gvproxy = Machine.Gvproxy;
    private const string Qemu = Machine.Qemu;
    private const string Start = "start";
    private const string Stop = "stop";

    private static readonly Moment[] Moments =
    [
        new(Start, Podman, "its settings say that it starts", command => command.State.IsStarting),
        new(Start, Podman, "gvproxy is there", command => command.Runs(Gvproxy)),
        new(Start, Podman, "QEMU is there", command => command.Runs(Qemu)),
        new(Start, Podman, "QEMU has its monitor", command => command.State.HasMonitor),
        new(Start, Podman, "QEMU has its pid file", command => command.State.HasEmulatorPid, 20),
        new(Start, Podman, "the guest answers", command => command.IsAnswered),
        new(Start, Gvproxy, "gvproxy has its pid file", command => command.State.HasProxyPid),
        new(Start, Gvproxy, "QEMU has its monitor", command => command.State.HasMonitor),
        new(Start, Gvproxy, "the guest is ready, and podman tries ssh", command => command.TriesSsh),
        new(Start, Qemu, "QEMU is there", command => command.Runs(Qemu)),
        new(Start, Qemu, "QEMU has its monitor", command => command.State.HasMonitor),
        new(Start, Qemu, "QEMU has its pid file", command => command.State.HasEmulatorPid, 30),
        new(Start, Qemu, "the guest is ready, and podman tries ssh", command => command.TriesSsh),
        new(Stop, Podman, "it waits", command => command.Waits),
        new(Stop, Podman, "it waits", command => command.Waits, 4),
        new(Stop, Podman, "QEMU has ended", command => command.Waits && !command.Runs(Qemu)),
        new(Stop, Gvproxy, "it waits", command => command.Waits),
        new(Stop, Gvproxy, "it waits", command => command.Waits, 4),
        new(Stop, Qemu, "it waits", command => command.Waits),
        new(Stop, Qemu, "it waits", command => command.Waits, 4),
    ];

    private static readonly TestCaseData[] Cases = [.. Moments.Select(moment => new TestCaseData(moment).SetName(moment.ToString()))];

    private readonly List<string> seen = [];
    private MachineState state = null!;

    protected override bool EndsWithFirstFailure => false;

    [OneTimeSetUp]
    public void MakeTheMachine()
    {
        new SharedFolder(Windows.Session, Machine).Create();
        Machine.Init(Image, Windows.SharesFolders ? SharedFolder.Options : string.Empty);
        state = new MachineState(Windows.Session, Machine.DefaultName);
    }

    [OneTimeTearDown]
    public void PrintWhatWasSeen()
    {
        TestContext.Progress.WriteLine("| moment | the command said | what it left | the next start said |\n| --- | --- | --- | --- |");
        seen.ForEach(TestContext.Progress.WriteLine);
    }

    [TestCaseSource(nameof(Cases)), Order(1)]
    public void The_next_start_works_and_there_are_never_two_emulators(Moment moment)
    {
        Prepare(isRunning: moment.Command == Stop);
        using var most = new MostEmulators(Machine);
        RunningCommand command = Begin(moment.Command);
        Wait.Until(() => moment.IsReached(command), $"{moment}\n{command.Said}", LongestWait);
        Thread.Sleep(TimeSpan.FromSeconds(moment.Seconds));
        IReadOnlyList<HostedProcess> victims = MachineProcesses.Find(Windows.Session.Prefix, moment.Victim);
        foreach (HostedProcess process in victims)
        {
            MachineProcesses.Kill(process);
        }

        Steps.Run("the command ends", WaitForPodman);
        string left = string.Join(
            ", ",
            [
                .. Machine.Emulators.Concat(Machine.Proxies).Select(process => process.Program),
                .. state.Files,
                .. state.IsStarting ? (string[])["Starting"] : [],
            ]);
        if (Machine.Emulators.Count == 0)
        {
            AssertDiskIsUndamaged();
        }

        Report(moment.ToString(), command.Said, left, StartAgain());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(victims, Is.Not.Empty, $"{moment.Victim} had ended before");
            Assert.That(most.Seen, Is.EqualTo(1));
        }
    }

    [Test, Order(2)]
    public void A_guest_that_ignores_the_power_button_is_ended()
    {
        Prepare(isRunning: true);
        Machine.Ssh(
            "sudo mkdir -p /run/systemd/logind.conf.d && printf '[Login]\\nHandlePowerKey=ignore\\n' | " +
            "sudo tee /run/systemd/logind.conf.d/ignore.conf && sudo systemctl restart systemd-logind");
        using var most = new MostEmulators(Machine);

        BeginToStop();
        MachineProcesses.Kill(MachineProcesses.Find(Windows.Session.Prefix, Podman).Single());
        WineResult after = Machine.Try("podman machine start");
        Report("a start after a killed stop, the guest ignores the button", string.Empty, string.Empty, LastLine(after.Output));

        RunningCommand stop = BeginToStop();
        WineResult beside = Machine.Try("podman machine start");
        Steps.Run("stop, to its limit", WaitForPodman);
        Report("a start beside a stop, the guest ignores the button", stop.Said, string.Empty, LastLine(beside.Output));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.ExitCode, Is.Not.Zero);
            Assert.That(IsRefused(after.Output), Is.True, after.Output);
            Assert.That(stop.Said, Does.Contain("did not shut down in 3m0s: ending QEMU").And.Contain("stopped successfully"));
            Assert.That(most.Seen, Is.EqualTo(1));
        }

        if (PodmanUnderTest.Major < 5)
        {
            AssertWasRefusedAndNothingRuns(beside);
            AssertDiskIsUndamaged();
            StartAgain();
        }
        else
        {
            // it has waited for the end of the stop, as commands for one machine do
            Assert.That(beside.ExitCode, Is.Zero, beside.Output);
            Assert.That(Machine.Emulators, Has.Count.EqualTo(1));
        }
    }

    [Test, Order(3)]
    public void Its_disk_is_undamaged()
    {
        Machine.Stop();
        AssertDiskIsUndamaged();
    }

    private void AssertWasRefusedAndNothingRuns(WineResult start)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(start.ExitCode, Is.Not.Zero);
            Assert.That(IsRefused(start.Output), Is.True, start.Output);
            Assert.That(Machine.Emulators, Is.Empty);
            Assert.That(Machine.Proxies, Is.Empty);
            Assert.That(state.Files, Is.Empty);
        }
    }

    // because a QEMU of the machine runs
    private static bool IsRefused(string output) =>
        output.Contains(PodmanUnderTest.Major < 5 ? "run 'podman machine stop" : "already running", StringComparison.Ordinal);

    private static int LongestWait => (int)Steps.Left.TotalSeconds;

    // whatever the test before has left
    private void Prepare(bool isRunning)
    {
        WaitForPodman();
        bool runs = Machine.Emulators.Count == 1 && Machine.Proxies.Count == 1 && !state.IsStarting;
        if (!isRunning || !runs)
        {
            Machine.Stop();
            AssertDiskIsUndamaged();
        }

        if (isRunning && !runs)
        {
            StartAgain();
        }
    }

    private RunningCommand Begin(string command) =>
        new(Windows.Session.Prefix, state, Windows.StartInPrompt($"podman machine {command}"));

    private RunningCommand BeginToStop()
    {
        RunningCommand stop = Begin(Stop);
        Wait.Until(() => stop.Waits, "the stop has begun", LongestWait);
        return stop;
    }

    // as a person does, who does what a refusal says; gvproxy gives up a guest that is slow (docs/known-issues.md)
    private string StartAgain()
    {
        List<string> said = [];
        for (WineResult start = Machine.Try("podman machine start"); ; start = Machine.Try("podman machine start"))
        {
            said.Add(LastLine(start.Output));
            if (start.ExitCode == 0)
            {
                break;
            }

            bool isRefused = IsRefused(said[^1]);
            bool isSlow = said[^1].Contains("its log is", StringComparison.Ordinal);
            Assert.That(isRefused || (isSlow && said.Count < 6), Is.True, string.Join('\n', said));
            said.Add(isRefused ? "(stop:) " + Machine.Stop() : "(its log:) " + LastLine(state.ProxyLog));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(said[^1], Does.Contain("started successfully"));
            Assert.That(Machine.Emulators, Has.Count.EqualTo(1));
            Assert.That(Machine.Proxies, Has.Count.EqualTo(1));
            Assert.That(Machine.Ssh("echo it answers"), Is.EqualTo("it answers\n"));
        }

        return string.Join('\n', said);
    }

    // before it stands what every start prints
    private static string LastLine(string output) => output.TrimEnd().Split('\n')[^1];

    private void WaitForPodman() =>
        Wait.Until(() => MachineProcesses.Find(Windows.Session.Prefix, Podman).Count == 0, "podman has ended", LongestWait);

    private void Report(string moment, string command, string left, string start)
    {
        seen.Add($"| {moment} | {command} | {left} | {RunningCommand.InOneLine(start)} |");
        TestContext.Progress.WriteLine(seen[^1]);
    }
}
