using System.Text.Encodings.Web;
using System.Text.Json;
using Qcw.Build.Graph;
using Qcw.Build.Model;

namespace Qcw.Build.Releasing.Jobs;

/// <summary>
/// The jobs that make a release on several machines: one for each installer and archive. What is made from such a file (qcw-utils.ps1 knows
/// a checksum), notes and checksums are left to the job that collects them.
/// </summary>
/// <param name="paths">Where recipes stand, and the architecture.</param>
/// <param name="line">The versions.</param>
/// <param name="graph">The graph of tasks.</param>
public sealed class JobMatrix(Paths paths, Line line, TaskGraph graph)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a + in a file name stays one
    };

    /// <summary>Where recipes run.</summary>
    public BuildMachine Recipes { get; init; } = BuildMachine.Debian;

    /// <summary>The jobs, sorted by target.</summary>
    /// <exception cref="UsageException">
    /// There are none, the command line replaces a source by a local one, which other machines do not have, or one is to run on Windows and needs Debian's packages.
    /// </exception>
    public IReadOnlyList<ReleaseJob> Jobs()
    {
        if (line.Components.Concat(line.Libraries).FirstOrDefault(component => component.IsOneOff) is { } oneOff)
        {
            throw new UsageException($"--{oneOff.Name}-source: the machines of the matrix do not have this local source; leave it out");
        }

        ReleaseJob[] jobs = [.. graph.Nodes.Where(IsJob).Select(JobOf)];

        // a workflow would only say that its matrix is empty
        return jobs.Length > 0 ? jobs : throw new UsageException($"the line {line.Name} has nothing that is built for {paths.Architecture}");
    }

    /// <summary>What <c>strategy.matrix</c> of a workflow takes, in one line.</summary>
    public string Json() => JsonSerializer.Serialize(new { Include = Jobs() }, Format);

    private ReleaseJob JobOf(TaskNode node)
    {
        IReadOnlyList<TaskNode> tasks = graph.Closure(node.Name);
        BuildMachine machine = tasks.Any(task => task.UsesBuilder) ? Recipes : BuildMachine.Debian;
        if (machine.IsWindows && NeedsDebian(node.Produces!.ComponentOf(line)!))
        {
            throw new UsageException(
                $"--builder={machine.Builder}: in the line {line.Name} {node.Name} takes packages of Debian, and Windows has neither apt nor dpkg-deb: leave the option out, or choose another line");
        }

        return new ReleaseJob(
            node.Name, node.Produces!.FileNameFor(line, paths.Architecture), line.Name, paths.Architecture.Name,
            machine.Runner, machine.Container, machine.Builder, new CacheKeys(paths, line, machine).Of(node, tasks));
    }

    // libraries come with MSYS2
    private bool NeedsDebian(Component component) =>
        component.Source is DebianSource || (component.Name == FirmwarePackage.ComponentName && line.Firmware.Count > 0);

    private bool IsJob(TaskNode node) =>
        node.Produces is not null && node.HasWorkFor(line, paths.Architecture)
        && graph.Closure(node.Name).All(other => other == node || other.Produces is null);
}
