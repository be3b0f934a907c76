using Qcw.Build.Components;
using Qcw.Build.Host;

namespace Qcw.Build.Tests.Host;

public sealed class SideBySideTests
{
    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(4, 2)]
    [TestCase(16, 8)]
    public void Machines_with_processors_to_spare_work_side_by_side(int processors, int number) =>
        Assert.That(SideBySide.DefaultFor(processors), Is.EqualTo(number));

    [TestCase("--target=Fetch --parallel", true)]
    [TestCase("--target=Fetch --parallel=3", true)]
    [TestCase("--target=Fetch --parallel=1", false)]
    [TestCase("--target=Fetch --parallel=3 --exclusive", false)]
    [TestCase("--target=Fetch --parallel=3 --dryrun", false)]
    [TestCase("--target=Fetch --parallel=3 --description", false)]
    [TestCase("--target=Clean --parallel=3", false)]
    public void Plans_exclusive_targets_and_single_tasks_keep_their_order(string arguments, bool sideBySide) =>
        Assert.That(SideBySide.IsAskedFor(new OptionParser("/").Parse(arguments.Split(' ')), TaskGraph.OfHost()), Is.EqualTo(sideBySide));

    [TestCase("--parallel=0")]
    [TestCase("--parallel=many")]
    [TestCase("--parallel=")]
    public void A_number_that_is_none_is_wrong_usage(string argument) => Assert.That(
        () => new OptionParser("/").Parse([argument]), Throws.TypeOf<UsageException>().With.Message.Contains("--parallel"));

    [TestCase("debian13")]
    [TestCase("2026.11")]
    public void What_the_end_waits_for_longest_is_the_most_urgent(string name)
    {
        ReleaseLine line = new ReleaseLines(Repository.Paths).Load(name);
        var graph = TaskGraph.OfHost();
        IReadOnlyDictionary<string, int> urgency = SideBySide.Urgency(graph.Closure(nameof(Release)), line);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(urgency[nameof(SysrootCompile)], Is.GreaterThan(urgency[nameof(QemuCompile)]));
            Assert.That(urgency[nameof(QemuCompile)], Is.GreaterThan(urgency[nameof(XzCompile)]));
            Assert.That(urgency[nameof(QcwSetup)], Is.GreaterThan(urgency[nameof(Checksums)]));
            foreach (TaskNode node in graph.Closure(nameof(Release)))
            {
                Assert.That(
                    node.Predecessors.Where(before => urgency[before] <= urgency[node.Name]), Is.Empty, $"before {node.Name}");
            }
        }
    }

    [TestCase("Clean Release", "Clean")]
    [TestCase("Release Readme Clean", "Clean Readme")]
    [TestCase("Release", "")]
    [TestCase("QemuFetch XzFetch", "")]
    public void Of_several_targets_those_that_work_for_no_component_go_first(string targets, string alone)
    {
        var graph = TaskGraph.OfHost();
        string[] names = targets.Split(' ');
        Assert.That(string.Join(' ', SideBySide.Alone(graph.Closure(names), names).Select(node => node.Name)), Is.EqualTo(alone));
    }

    [Test]
    public void Only_tasks_without_work_are_aggregates()
    {
        TaskNode[] aggregates = [.. TaskGraph.OfHost().Nodes.Where(node => node.IsAggregate)];
        Assert.That(aggregates.Select(node => node.Name), Is.EquivalentTo(
            [nameof(Archives), nameof(Compile), nameof(Fetch), nameof(Installers), nameof(Matrix), nameof(Patch)]));
    }
}
