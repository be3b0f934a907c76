using Cake.Frosting;
using Qcw.Build.Components;
using Qcw.Build.Releasing;
using Qcw.Build.Releasing.Manifests;

namespace Qcw.Build.Host;

/// <summary>Writes what winget and Scoop are told about the release.</summary>
[TaskDescription("Writes manifests for winget and Scoop, for a release that is published under --tag=TAG (experimental)")]
[IsDependentOn(typeof(Checksums)), Requires(Requirement.Tag)]
public sealed class Manifests : FrostingTask<HostContext>, INeedsTools
{
    public IEnumerable<string> ToolsFor(ReleaseLine line, TaskGraph graph) =>
        line.Components.Any(component => ComponentCatalog.Find(component.Name).PackageReadsMsis) ? ["msiinfo-manifests"] : [];

    public override void Run(HostContext context)
    {
        var addresses = ManifestAddresses.Of(context.Options.Tag);
        ManifestFile[] files =
        [
            .. Packages(context)
                .SelectMany(package => WingetManifests.Write(package, addresses).Append(ScoopManifest.Write(package, addresses))),
        ];
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

    private static IEnumerable<Package> Packages(HostContext context)
    {
        var release = new ReleasedFiles(context.Paths.Release);
        foreach (Component component in context.Line.Components.Where(component => ComponentCatalog.Find(component.Name).HasPackage))
        {
            (Product, ReleasedFile)[] files =
            [
                .. context.Graph.Nodes.Where(node => node.Product is not null && node.Work!.Definition?.Name == component.Name)
                    .SelectMany(node => Files(context, release, node).Select(file => (node.Product!, file))),
            ];
            if (files.Length > 0 && ComponentCatalog.Find(component.Name).PackageOf(component, files) is { } package)
            {
                yield return package;
            }
        }

        foreach (TaskNode node in context.Graph.Nodes.Where(node => node.Product is not null && node.Work!.Definition is null
            && node.Work.HasPackage && node.HasWorkFor(context.Line, context.Paths.Architecture)))
        {
            yield return node.Work!.PackageOf(context.Line, [.. Files(context, release, node)])!;
        }
    }

    /// <summary>What a task makes for the architecture of this run, and for others where that is in the release folder too.</summary>
    private static IEnumerable<ReleasedFile> Files(HostContext context, ReleasedFiles release, TaskNode node)
    {
        foreach (Architecture architecture in Architecture.All.Where(architecture => node.HasWorkFor(context.Line, architecture)))
        {
            string name = node.FileNameFor(context.Line, architecture);
            if (architecture == context.Paths.Architecture || release.Has(name))
            {
                yield return new ReleasedFile(
                    Path.Combine(context.Paths.Release, name),
                    node.Product!.FileName.Replace("{arch}", architecture.Name, StringComparison.Ordinal), architecture,
                    release.HashOf(name, node.Name));
            }
        }
    }
}
