using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Prints the jobs of the release workflow. <see cref="Startup"/> does it, before Cake starts: Cake's report would be printed too.</summary>
[TaskName(nameof(Matrix))]
[TaskDescription("Prints the jobs that make a release of the line on several machines, as JSON and nothing else")]
public sealed class Matrix : FrostingTask<BuildContext>;
