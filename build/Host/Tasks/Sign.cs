using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Makes the release with signatures that are there: what <see cref="Checksums"/> does too where they are named.</summary>
[TaskDescription("Attaches the Authenticode signatures of --signatures=DIR to what is in artifacts/release, and writes the checksums")]
[IsDependentOn(typeof(Provenance)), Requires(Requirement.Signatures), Needs(SignableRelease.Tool)]
public sealed class Sign : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => Checksums.Write(context);
}
