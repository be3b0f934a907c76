using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Zip;
using Qcw.Build.Releasing;

namespace Qcw.Build.Components;

/// <summary>Zips what compiling a Go component left: its programs and licences.</summary>
internal static class GoArchive
{
    /// <summary>Makes the zip that a task produces.</summary>
    public static void Make(BuildContext context, string task, Component component)
    {
        string stage = context.Paths.Stage(component);
        Fingerprint fingerprint = new Fingerprint().Add("stage", Stamp.HashOf(stage, "Compile")).Add("format", DeterministicZip.Format);
        context.Packager.Make(component.Name, "archive", context.FileNameOf(task), fingerprint, new PackageFacts().AddToolsOf(stage, "Compile", "go"), zip =>
        {
            var files = new InstallerFiles();
            files.AddFolder(stage);
            DeterministicZip.Write(zip, [.. files.All], context.Line.SourceDateEpoch);
        });
    }
}
