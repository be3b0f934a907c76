using Qcw.Build.Compiling.Builders.Container;

namespace Qcw.Build.Tests.Compiling.Builders.Container;

public sealed class LeftoversTests
{
    private static readonly ContainerOwner Current = new("boot", "1", 100, "5000");

    [TestCase("boot/1/100/5000", true, false, "this run's own")]
    [TestCase("boot/1/200/6000", true, false, "a run that is at work")]
    [TestCase("boot/1/300/7000", true, true, "a run that was killed")]
    [TestCase("boot/1/200/1", true, true, "its number belongs to another program now")]
    [TestCase("other/1/300/7000", true, false, "on another machine, it seems: it runs")]
    [TestCase("other/1/300/7000", false, true, "from before a restart")]
    [TestCase("boot/2/300/7000", true, false, "of a build in a container, whose processes are not seen here")]
    [TestCase("nonsense", true, false, "not written by this program")]
    public void Only_what_nobody_waits_for_is_removed(string owner, bool runs, bool removed, string why)
    {
        ListedContainer[] containers = [new("id", runs, owner)];
        IEnumerable<ListedContainer> found = Leftovers.Among(
            containers,
            Current,
            process =>
                process switch
                {
                    100 => "5000",
                    200 => "6000",
                    _ => null,
                });
        Assert.That(found.Any(), Is.EqualTo(removed), why);
    }

    [Test]
    public void On_windows_a_process_is_known_by_the_time_of_its_start()
    {
        string? started = ContainerOwner.StartByTime(Environment.ProcessId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(started, Does.Match("^[0-9]+$").And.EqualTo(ContainerOwner.StartByTime(Environment.ProcessId)));
            Assert.That(ContainerOwner.StartByTime(int.MaxValue), Is.Null);
        }
    }

    [Test]
    [Platform("Linux")]
    public void The_label_names_this_process_and_can_be_read_back()
    {
        var owner = ContainerOwner.Current();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ContainerOwner.Parse(owner.ToString()), Is.EqualTo(owner));
            Assert.That(owner.Process, Is.EqualTo(Environment.ProcessId));
            Assert.That(ContainerOwner.StartOf(owner.Process), Is.EqualTo(owner.Started));
            Assert.That(ContainerOwner.StartOf(int.MaxValue), Is.Null);
        }
    }
}
