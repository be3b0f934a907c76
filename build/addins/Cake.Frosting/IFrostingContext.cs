using Cake.Core;

namespace Cake.Frosting;

/// <summary>A context of a Frosting build: Cake's services, and what the build adds to them.</summary>
public interface IFrostingContext : ICakeContext;
