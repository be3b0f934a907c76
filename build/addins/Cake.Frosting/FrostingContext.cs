using Cake.Core;

namespace Cake.Frosting;

/// <summary>Base of a build's own context; hands Cake's services through.</summary>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext;
