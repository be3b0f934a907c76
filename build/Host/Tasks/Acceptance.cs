using Cake.Frosting;
using Qcw.Build.Components;
using Qcw.Build.Releasing;

namespace Qcw.Build.Host;

/// <summary>Installs and uses what Release made, as a person would, under Wine.</summary>
[TaskDescription(
    "Installs, uses and uninstalls what Release made (or one target, --for=TARGET), under Wine (installs Wine where it is missing)")]
[Needs(
    "7zz", "busybox", "cpio", "go-tests", "mingw-w64", "mingw-w64-binutils", "mke2fs", "mkfs.vfat", "mmdebstrap", "msibuild", "msiextract",
    "msiinfo", "mtools", "node", "npm", "qemu-img", "sfdisk", "ssh-keygen", "syslinux", "unzip", "wine64", "wixl", "xz",
    InstallsThem = true)]
public sealed class Acceptance : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        string? target = context.Options.For;
        Artifact[] artifacts = [.. target is null ? context.ExpectedArtifacts : context.ArtifactsOf(context.Graph.Closure(target))];
        if (artifacts.Length == 0)
        {
            throw new UsageException($"--for={target}: it makes nothing of the line {context.Line.Name} that could be tested");
        }

        if (artifacts.FirstOrDefault(artifact => !File.Exists(artifact.Path)) is { } missing)
        {
            throw new BuildException(
                $"{missing.Name} is not in {context.Paths.Release}: run --target={target ?? "Release"} --line={context.Line.Name} first");
        }

        // the tests of a component have its name as their category, those of a file that is made from none the file's; checksums and notes
        // belong to the whole
        string[] parts =
        [
            .. artifacts.Select(artifact =>
                artifact.Component?.Name ?? artifact.Category ?? Path.GetFileNameWithoutExtension(artifact.Name)).Distinct(),
        ];
        // a machine is made, started and used with Podman from the prompt of qcw-utils; its QEMU may be another line's
        bool journey = parts.Contains("podman") && parts.Contains("qcw-utils");
        IEnumerable<string> categories =
        [
            .. parts,
            .. target is null ? (string[])["release"] : [],
            .. journey ? (string[])["journey"] : [],
            .. artifacts.Select(artifact => artifact.Component).FirstOrDefault(component => component?.Name == "qemu") is { } qemu
                ? [.. OfFeatures(context.Line, qemu), .. IsTriedWithLima(qemu, context.Messages) ? ["lima"] : (string[])[]]
                : (string[])[],
        ];
        string filter = $"({string.Join('|', categories.Select(category => "TestCategory=" + category))})";
        new TestRun(context.Paths, context.Messages).Run(
            [new TestPart("Acceptance.Tests")], context.Options.Filter is { } given ? $"{filter}&({given})" : filter);
    }

    /// <summary>
    /// Whether Lima 2.2 and newer take a QEMU on Windows: one that calls itself 11.0.0 or newer. Candidates for 11.0.0 call themselves
    /// 10.2.9x.
    /// </summary>
    /// <exception cref="BuildException">The text is not a version.</exception>
    public static bool LimaTakes(string version)
    {
        var qemu = UpstreamVersion.Parse(version);
        bool isCandidate = qemu.Order is { } order
            && order.StartsWith("11.0.0.0.", StringComparison.Ordinal) && !order.StartsWith("11.0.0.0.3.", StringComparison.Ordinal);
        return qemu.FileVersion.Major >= 11 && !isCandidate;
    }

    // a QEMU that has one of these libraries has them all: lines differ in whether it has any
    private static string[] OfFeatures(ReleaseLine line, Component qemu) =>
        line.DependenciesOf(qemu).Any(library => library.Name == "curl") ? ["qemu-features"] : [];

    private static bool IsTriedWithLima(Component qemu, BuildLog log)
    {
        bool isNew = LimaTakes(qemu.Version);
        if (!isNew)
        {
            log.Info($"the tests with Lima are left out: Lima needs QEMU 11.0.0 or newer, and this is {qemu.Version}");
        }

        return isNew;
    }
}
