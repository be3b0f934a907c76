using Cake.Core;
using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>What happens once around all tasks: two builds must not work in the same output folder.</summary>
public sealed class BuildLifetime(Outcome outcome) : FrostingLifetime<BuildContext>, IDisposable
{
    private FileStream? guard;

    public override void Setup(BuildContext context, ISetupContext info)
    {
        if (context.Options.PlansOnly)
        {
            return;
        }

        Directory.CreateDirectory(context.Paths.Artifacts);
        string path = Path.Combine(context.Paths.Artifacts, ".lock");
        try
        {
            guard = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new BuildException($"another build is at work in {context.Paths.Artifacts}: wait for it, or give this one --artifacts=DIR ({e.Message})", e);
        }

        if (context.Builder is not null)
        {
            // a base image that is missing is said now, not when everything is fetched
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
