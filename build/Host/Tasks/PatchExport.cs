using Cake.Frosting;
using Qcw.Build.Components;
using Qcw.Build.Sources.Patches.Lifecycle;

namespace Qcw.Build.Host;

/// <summary>Writes the patches of a component in a form that other tools take.</summary>
[TaskDescription("Writes the patches of --for=NAME into the new folder --to=DIR, for quilt, git am or git send-email (--form)")]
[Requires(Requirement.PatchesTo), Needs("git")]
public sealed class PatchExport : AsyncFrostingTask<HostContext>
{
    public override async Task RunAsync(HostContext context)
    {
        var selection = PatchSelection.Of(context.Options, context.Line, onlyOne: true);
        string folder = PatchSessions.RequireNew(context.Options.To!, "--to");
        PatchForm form = context.Options.Form switch
        {
            "mbox" => PatchForm.Mbox,
            "send-email" => PatchForm.SendEmail,
            _ => PatchForm.Quilt,
        };
        PatchSession session = await PatchSessions.OpenAsync(context, selection.Components[0]);
        IReadOnlyList<string> names = new PatchExporter(session).Write(form, selection.Patch, folder);
        Files.Delete(session.Bench.Root);
        context.Messages.Info($"{folder}: {names.Count} files. {Advice(form, folder)}");
    }

    private static string Advice(PatchForm form, string folder) => form switch
    {
        PatchForm.Mbox => $"In a repository with the pristine source: git am --keep-cr {folder}/patches.mbox",
        PatchForm.SendEmail =>
            "Read the cover letter, add your Signed-off-by to each mail where upstream wants it, and choose the addresses:\n"
                + $"  git send-email --to=LIST {folder}/*.patch",
        _ => $"In the pristine source: QUILT_PATCHES={folder} quilt push -a --fuzz=0",
    };
}
