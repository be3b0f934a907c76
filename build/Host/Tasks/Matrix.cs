using Cake.Frosting;
using Qcw.Build.Releasing.Jobs;

namespace Qcw.Build.Host;

/// <summary>
/// Prints the jobs of the release workflow. <see cref="Startup"/> does it before Cake starts: Cake's report would be printed too.
/// </summary>
[TaskDescription("Prints the jobs that make a release of the line on several machines, as JSON and nothing else")]
public sealed class Matrix : FrostingTask<HostContext>
{
    /// <summary>
    /// What makes a file of the release from sources alone. What is made from such a file (qcw-utils.ps1 knows a checksum), notes and
    /// checksums are left to the job that collects them.
    /// </summary>
    public static IEnumerable<JobTarget> JobsOf(TaskGraph graph, ReleaseLine line, Architecture architecture)
    {
        foreach (TaskNode node in graph.Nodes.Where(node => node.Product is not null && node.HasWorkFor(line, architecture)))
        {
            IReadOnlyList<TaskNode> tasks = graph.Closure(node.Name);
            if (tasks.All(other => other == node || other.Product is null))
            {
                yield return new JobTarget(
                    node.Name, node.FileNameFor(line, architecture), node.Work!.Compiled!.In(line), tasks.Any(task => task.UsesBuilder),
                    Mirror.SelectionOf(line, node.Name, tasks))
                {
                    IsOfSeveral = node.Work.Definition is null,
                };
            }
        }
    }
}
