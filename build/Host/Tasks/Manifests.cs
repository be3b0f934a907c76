using Cake.Frosting;
using Qcw.Build.Components;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Releasing.Manifests;

namespace Qcw.Build.Host;

/// <summary>Writes what winget and Scoop are told about the release.</summary>
[TaskName(nameof(Manifests))]
[TaskDescription("Writes manifests for winget and Scoop, for a release that is published under --tag=TAG")]
[PartOf("qemu", "podman", Arm64 = true)]
[IsDependentOn(typeof(Checksums))]
[Needs("msiinfo-manifests")]
public sealed class Manifests : ComponentTask
{
    public override void Run(BuildContext context)
    {
        var addresses = ManifestAddresses.Of(context.Options.Tag);
        ManifestFile[] files = [.. Packages(context).SelectMany(package => WingetManifests.Write(package, addresses).Append(ScoopManifest.Write(package, addresses)))];
        var fingerprint = new Fingerprint();
        foreach (ManifestFile file in files)
        {
            fingerprint.Add(file.Path, file.Text); // it is made in no time
        }

        context.Steps.RunReplacing(new Step("release", "manifests", context.Paths.Manifests, fingerprint), partial =>
        {
            foreach (ManifestFile file in files)
            {
                string target = Path.Combine(partial, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.WriteAllText(target, file.Text);
            }
        });
        foreach (ManifestFile file in files)
        {
            context.Messages.Info($"  {file.Path}");
        }
    }

    private static IEnumerable<Package> Packages(BuildContext context)
    {
        ReleasedFile[] setups = [.. Files(context, nameof(QemuInstaller))];
        if (setups.Length > 0)
        {
            yield return QemuPackage.From(context.Line.Component("qemu").Version, setups);
        }

        (MsiEdition Edition, ReleasedFile File)[] msis =
        [
            .. Files(context, nameof(PodmanInstaller)).Select(file => (MsiEdition.PerMachine, file)),
            .. Files(context, nameof(PodmanUserInstaller)).Select(file => (MsiEdition.PerUser, file)),
        ];
        if (msis.Length > 0)
        {
            yield return PodmanPackage.From(context.Line.Component("podman").Version, [.. msis.Select(msi => (msi.Edition, msi.File, MsiPackage.Read(msi.File.Path)))]);
        }
    }

    /// <summary>What a task makes for the architecture of this run, and for others where that is in the release folder too.</summary>
    private static IEnumerable<ReleasedFile> Files(BuildContext context, string task)
    {
        TaskNode node = context.Graph.Find(task);
        var release = new ReleasedFiles(context.Paths.Release);
        foreach (Architecture architecture in Architecture.All.Where(architecture => node.HasWorkFor(context.Line, architecture)))
        {
            string name = node.Produces!.FileNameFor(context.Line, architecture);
            if (architecture == context.Paths.Architecture || release.Has(name))
            {
                yield return new ReleasedFile(
                    Path.Combine(context.Paths.Release, name), node.Produces.FileName.Replace("{arch}", architecture.Name, StringComparison.Ordinal), architecture, release.HashOf(name, task));
            }
        }
    }
}
