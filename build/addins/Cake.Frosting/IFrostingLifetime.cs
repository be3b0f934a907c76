using Cake.Core;

namespace Cake.Frosting;

/// <summary>What runs once before the first task, as the engine sees it.</summary>
public interface IFrostingSetup
{
    void Setup(ICakeContext context, ISetupContext info);
}

/// <summary>What runs once after the last task, as the engine sees it.</summary>
public interface IFrostingTeardown
{
    void Teardown(ICakeContext context, ITeardownContext info);
}

/// <summary>What runs around a whole build.</summary>
public interface IFrostingLifetime : IFrostingSetup, IFrostingTeardown;
