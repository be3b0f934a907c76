using Cake.Core;
using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>What happens once around all tasks: two builds must not work in the same output folder.</summary>
public sealed class BuildLifetime(Outcome outcome) : FrostingLifetime<BuildContext>, IDisposable
{
    private FileLock? guard;

    public override void Setup(BuildContext context, ISetupContext info)
    {
        if (context.Options.PlansOnly)
        {
            return;
        }

        guard = FileLock.TakeOrRefuse(
            Path.Combine(context.Paths.Artifacts, ".lock"),
            $"another build is using {context.Paths.Artifacts}: wait for it, or give this one --artifacts=DIR");

        if (context.Builder is not null)
        {
            // a missing base image is reported now, not when everything is fetched
            context.Compiler.Prepare();
        }
    }

    public override void Teardown(BuildContext context, ITeardownContext info)
    {
        outcome.Failure = info.ThrownException;
        Dispose();
    }

    public void Dispose() => guard?.Dispose();
}
