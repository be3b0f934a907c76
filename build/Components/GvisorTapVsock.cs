using System.Text.RegularExpressions;
using Cake.Frosting;
using Qcw.Build.Compiling.Go;

namespace Qcw.Build.Components;

/// <summary>
/// gvisor-tap-vsock: both of its programs, without console windows, as upstream builds them: Podman starts them in the background.
/// </summary>
internal static class GvisorTapVsock
{
    public static readonly GoDefinition Definition = new(
        "gvisor-tap-vsock", "gvisor-tap-vsock", "The gvisor-tap-vsock authors",
        new GoProgram("gvproxy", "./cmd/gvproxy", "Network of a virtual machine, in user space") { Windowless = true },
        new GoProgram("win-sshproxy", "./cmd/win-sshproxy", "Forwards a Windows named pipe to a socket over SSH") { Windowless = true })
    {
        Purpose = "gvproxy and win-sshproxy, the network of Podman's machines",
        Arm64 = true,
    };

    public static readonly Product Zip = Product.Zip("gvisor-tap-vsock-{version}-windows-{arch}.zip");
}

[TaskDescription("Fetches the gvisor-tap-vsock that Podman's source names"), IsDependentOn(typeof(PodmanPatch))]
public sealed class GvisorTapVsockFetch() : FetchTask(GvisorTapVsock.Definition)
{
    protected override Task MakeAsync(BuildContext context)
    {
        BundledGvisor.Check(context.TreeOf(Podman.Definition.In(context.Line)).Path, ComponentOf(context), context.Messages);
        return base.MakeAsync(context);
    }
}

[TaskDescription("Compiles gvproxy.exe and win-sshproxy.exe for Windows"), IsDependentOn(typeof(GvisorTapVsockFetch))]
public sealed class GvisorTapVsockCompile() : GoCompileTask(GvisorTapVsock.Definition);

[TaskDescription("Makes the zip of gvproxy and win-sshproxy"), IsDependentOn(typeof(GvisorTapVsockCompile))]
public sealed class GvisorTapVsockArchive() : GoArchiveTask(GvisorTapVsock.Definition, GvisorTapVsock.Zip);

/// <summary>
/// The gvisor-tap-vsock that Podman bundles is named by Podman's own source: the <c>GV_SHA</c> line of its Makefile, or go.mod in newer
/// versions. The line pins the same one, and both have to agree.
/// </summary>
public static partial class BundledGvisor
{
    private const string Module = "github.com/containers/gvisor-tap-vsock";

    /// <summary>Compares what Podman names with what the line pins.</summary>
    /// <param name="podman">Podman's source tree.</param>
    /// <param name="gvisor">The component as the line has it.</param>
    /// <param name="log">Gets a line.</param>
    /// <exception cref="BuildException">They differ, or Podman names none; the message has both values.</exception>
    public static void Check(string podman, Component gvisor, BuildLog log)
    {
        (string file, string named) = NamedIn(podman);
        if (gvisor.Source is not GitSource git)
        {
            log.Warn($"Podman's {file} names gvisor-tap-vsock {named}; whether {gvisor.Source.Location} is that version cannot be checked");
            return;
        }

        bool same = IsCommit(named) ? git.Commit == named : gvisor.Version == named.TrimStart('v');
        if (!same)
        {
            throw new BuildException(
                $"Podman's {file} names gvisor-tap-vsock {named}, but the line pins {(IsCommit(named) ? git.Commit : gvisor.Version)}: " +
                "put the version that Podman names into the versions file (build/Catalog/Versions)");
        }

        log.Step(gvisor.Name, "fetch", $"Podman's {file} names {named}, as the line does");
    }

    /// <summary>The commit or version that a Podman source tree names, and the file that does.</summary>
    /// <exception cref="BuildException">None does.</exception>
    public static (string File, string Named) NamedIn(string podman)
    {
        string makefile = Path.Combine(podman, "Makefile");
        if (File.Exists(makefile) && MakefileLine().Match(File.ReadAllText(makefile)) is { Success: true } line)
        {
            return ("Makefile", line.Groups[1].Value);
        }

        string goMod = Path.Combine(podman, "go.mod");
        return File.Exists(goMod) && GoModLine().Match(File.ReadAllText(goMod)) is { Success: true } module
            ? ("go.mod", module.Groups[1].Value)
            : throw new BuildException(
                $"{podman} does not say which gvisor-tap-vsock Podman bundles: "
                    + $"expected GV_SHA=<commit> in Makefile, or {Module} in go.mod");
    }

    private static bool IsCommit(string text) => text.Length == 40;

    [GeneratedRegex("^GV_SHA *[:?]?= *([0-9a-f]{40})\\s*$", RegexOptions.Multiline)]
    private static partial Regex MakefileLine();

    [GeneratedRegex("^\\s*(?:require\\s+)?github\\.com/containers/gvisor-tap-vsock (v[0-9][0-9A-Za-z.+-]*)", RegexOptions.Multiline)]
    private static partial Regex GoModLine();
}
