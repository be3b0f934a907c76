using Cake.Frosting;
using Qcw.Build.Components;
using Qcw.Build.Sources.Patches.Lifecycle;

namespace Qcw.Build.Host;

/// <summary>Holds patches against a source, and the verdicts against the records.</summary>
[TaskDescription("Says whether the patches apply to a source (--against), are merged or obsolete; fails where a record says otherwise")]
[Requires(Requirement.Patches), Needs("git", "git-merge-tree")]
public sealed class PatchStatus : AsyncFrostingTask<HostContext>
{
    public override async Task RunAsync(HostContext context)
    {
        var selection = PatchSelection.Of(context.Options, context.Line, onlyOne: false);
        var reviews = new List<PatchReview>();
        foreach (Component component in selection.Components)
        {
            PatchSession session = await PatchSessions.OpenAsync(context, component);
            UpstreamSource source = session.Source(context.Options.Against, context.Options.Upstream);
            PatchReview review = PatchReview.Of(session, source).Only(selection.Patch);
            Files.Delete(session.Bench.Root);
            reviews.Add(review);
            foreach (string line in review.Lines())
            {
                context.Messages.Info(line);
            }
        }

        if (context.Options.To is { } file)
        {
            Files.Write(file, JsonText.Of(new { Line = context.Line.Name, Components = reviews.Select(review => review.ToRecord()) }));
        }

        string[] differing =
        [
            .. from review in reviews
               from verdict in review.Verdicts
               where verdict.Differs is not null
               select $"patches/{review.Component.Name}/{Path.GetFileName(verdict.Patch.Description?.File ?? verdict.Patch.File.Home)}",
        ];
        if (differing.Length > 0)
        {
            throw new BuildException(
                $"{differing.Length} patches are not what their records say: mend the record (upstream in .json, fields in .patch), "
                    + $"or take the patch off the line's list\n  {string.Join("\n  ", differing)}");
        }
    }
}
