using System.Globalization;

namespace Qcw.Acceptance.Tests.Journey;

/// <summary>
/// Programs are ended at any moment of a start or a stop, and a guest does not listen. Never may two QEMUs have one disk, and the next
/// start works.
/// </summary>
[TestFixture]
[Explicit("each of its moments starts the machine at least once: about an hour")]
internal sealed class InterruptionTests() : JourneyStory(Installation.Usual)
{
    private const string Podman = "podman";
    private const string Gvproxy = "gvproxy";
    private const string Qemu = "qemu-system-x86_64w";

    private static readonly TestCaseData[] Starts =
    [
        .. Moments("start", Podman, 1, 3, 6, 10, 20, 40, 60), .. Moments("start", Gvproxy, 2, 15, 45), .. Moments("start", Qemu, 4, 15, 45),
    ];

    private static readonly TestCaseData[] Stops =
        [.. Moments("stop", Podman, 1, 2, 4, 8), .. Moments("stop", Gvproxy, 1), .. Moments("stop", Qemu, 1, 4)];

    [Test, Order(1)]
    public void A_machine_is_made() => Machine.Init(Image);

    [TestCaseSource(nameof(Starts)), Order(2)]
    public void After_an_interrupted_start_the_next_one_works(string program, double seconds)
    {
        Machine.Stop();
        Interrupt("podman machine start", program, seconds);
        Recover();
    }

    [TestCaseSource(nameof(Stops)), Order(3)]
    public void After_an_interrupted_stop_the_next_start_works(string program, double seconds)
    {
        Interrupt("podman machine stop", program, seconds);
        Recover();
    }

    [Test, Order(4)]
    public void A_guest_that_ignores_the_power_button_is_ended()
    {
        Machine.Ssh(
            "sudo mkdir -p /run/systemd/logind.conf.d && printf '[Login]\\nHandlePowerKey=ignore\\n' | " +
            "sudo tee /run/systemd/logind.conf.d/ignore.conf && sudo systemctl restart systemd-logind");
        Windows.StartInPrompt("podman machine stop");
        Wait.Until(() => Programs(Podman) == 1, "the stop has begun");
        WineResult beside = Machine.Try("podman machine start");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Machine.Emulators, Has.Count.LessThanOrEqualTo(1), beside.Output);
            WaitForPodman();
            Machine.Stop();
            Assert.That(Machine.Emulators, Is.Empty);
        }

        Recover();
    }

    [Test, Order(5)]
    public void Its_disk_is_undamaged()
    {
        Machine.Stop();
        AssertDiskIsUndamaged();
    }

    private static IEnumerable<TestCaseData> Moments(string command, string program, params double[] seconds) =>
        seconds.Select(second => new TestCaseData(program, second)
            .SetName(string.Create(CultureInfo.InvariantCulture, $"{program} is ended {second} s into podman machine {command}")));

    private void Interrupt(string command, string program, double seconds)
    {
        Windows.StartInPrompt(command);
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        foreach (HostedProcess process in MachineProcesses.Find(Windows.Session.Prefix, program))
        {
            MachineProcesses.Kill(process);
        }

        Assert.That(Machine.Emulators, Has.Count.LessThanOrEqualTo(1));
    }

    // a start that was not interrupted itself may still wait for the machine; a person starts the machine again, and asks no further
    private void Recover()
    {
        WaitForPodman();
        WineResult again = Machine.Try("podman machine start");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Output, again.ExitCode == 0 ? Does.Contain("started successfully") : Does.Contain("already running"));
            Assert.That(Machine.Emulators, Has.Count.EqualTo(1));
            Assert.That(Machine.Ssh("echo it answers"), Is.EqualTo("it answers\n"));
        }
    }

    private void WaitForPodman() => Wait.Until(() => Programs(Podman) == 0, "podman has ended", (int)Steps.Left.TotalSeconds);

    private int Programs(string name) => MachineProcesses.Find(Windows.Session.Prefix, name).Count;
}
