using Cake.Core;

namespace Cake.Frosting;

/// <summary>What runs around a whole build, as the engine sees it.</summary>
/// <remarks>The package splits it into IFrostingSetup and IFrostingTeardown; the build uses neither alone.</remarks>
public interface IFrostingLifetime
{
    void Setup(ICakeContext context, ISetupContext info);

    void Teardown(ICakeContext context, ITeardownContext info);
}
