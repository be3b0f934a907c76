using Cake.Core;

namespace Cake.Frosting;

/// <summary>One node of the build's graph, as the engine sees it.</summary>
/// <remarks>
/// The package's members are public, and there are more of them. Here nobody but the two base classes can implement the interface, so that
/// no task compiles here that would lack a member there.
/// </remarks>
public interface IFrostingTask
{
    internal Task RunAsync(ICakeContext context);

    internal bool ShouldRun(ICakeContext context);
}
