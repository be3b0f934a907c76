using Cake.Core;
using Cake.Frosting;

namespace Qcw.Build;

/// <summary>What every task is given.</summary>
public sealed class BuildContext(ICakeContext context) : FrostingContext(context);
