using Cake.Core;

namespace Cake.Frosting;

/// <summary>What runs around each task, as the engine sees it.</summary>
/// <remarks>The package splits it into IFrostingTaskSetup and IFrostingTaskTeardown; the build uses neither alone.</remarks>
public interface IFrostingTaskLifetime
{
    void Setup(ICakeContext context, ITaskSetupContext info);

    void Teardown(ICakeContext context, ITaskTeardownContext info);
}
