using Cake.Frosting;
using Qcw.Build.Components;
using Qcw.Build.Sources.Patches.Lifecycle;

namespace Qcw.Build.Host;

/// <summary>Brings the patches of a component onto another version.</summary>
[TaskDescription("Brings the patches of --for=NAME onto another version (--against) by merging; leaves a work tree where they conflict")]
[Requires(Requirement.PatchesAgainst), Needs("git", "git-merge-tree")]
public sealed class PatchRefresh : AsyncFrostingTask<HostContext>
{
    /// <summary>The folder that is written.</summary>
    /// <exception cref="UsageException">It is there already.</exception>
    public static string FolderOf(BuildOptions options, Paths paths, Component component) =>
        PatchSessions.RequireNew(options.To ?? paths.RefreshedPatches(component.Name), "--to=DIR");

    public override async Task RunAsync(HostContext context)
    {
        var selection = PatchSelection.Of(context.Options, context.Line, onlyOne: true);
        Component component = selection.Components[0];
        string folder = FolderOf(context.Options, context.Paths, component);
        string bench = Path.Combine(folder, "tree");
        RefreshResult result;
        PatchRefresher refresher;
        try
        {
            PatchSession session = await PatchSessions.OpenAsync(context, component, bench);
            UpstreamSource source = session.Source(context.Options.Against, context.Options.Upstream);
            refresher = new PatchRefresher(session, source, folder, context.Messages);
            result = refresher.Run(selection.Patch);
        }
        catch
        {
            Files.Delete(folder); // it was not there before
            throw;
        }

        foreach (string file in result.Written)
        {
            context.Messages.Info($"written: {file}");
        }

        foreach (PatchVerdict verdict in result.Dropped)
        {
            context.Messages.Info($"not written: {verdict.Patch.Name}: {verdict.Detail}");
        }

        if (result.Left is not { } left)
        {
            Files.Delete(bench);
            return;
        }

        string others = string.Join(", ", result.Waiting.Select(one => one.Patch.Name));
        string waiting = others.Length == 0 ? string.Empty
            : $"\n  These conflict too; run this again when the line has the patch above: {others}";
        throw new BuildException(
            $"""
            {left.Patch.Name} {left.Detail}
              The work tree {bench} has the conflict, as git cherry-pick leaves it. Mend the files, then
                git -C {bench} add --all
                git -C {bench} -c core.editor=true cherry-pick --continue
                {refresher.FormatCommand(left)}
              The second command may stop at the next mail: mend that and repeat the first two.{waiting}
            """);
    }
}
