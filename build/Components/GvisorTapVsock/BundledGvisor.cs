using System.Text.RegularExpressions;

namespace Qcw.Build.Components;

/// <summary>
/// The gvisor-tap-vsock that Podman bundles is named by Podman's own source: the <c>GV_SHA</c> line of its Makefile, or go.mod in
/// newer versions. The line pins the same one, and both have to agree.
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
            : throw new BuildException($"{podman} does not say which gvisor-tap-vsock Podman bundles: expected GV_SHA=<commit> in Makefile, or {Module} in go.mod");
    }

    private static bool IsCommit(string text) => text.Length == 40;

    [GeneratedRegex("^GV_SHA *[:?]?= *([0-9a-f]{40})\\s*$", RegexOptions.Multiline)]
    private static partial Regex MakefileLine();

    [GeneratedRegex("^\\s*(?:require\\s+)?github\\.com/containers/gvisor-tap-vsock (v[0-9][0-9A-Za-z.+-]*)", RegexOptions.Multiline)]
    private static partial Regex GoModLine();
}
