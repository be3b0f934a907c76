using System.Globalization;
using System.Text;
using Qcw.Build.Attesting;
using Qcw.Build.Compiling.Builders.Msys2;

namespace Qcw.Build.Releasing;

/// <summary>Writes <c>RELEASE-NOTES.md</c>: a function of the release's inputs, so two builds of the same inputs agree.</summary>
public static class ReleaseNotesText
{
    /// <summary>The whole text, lines ended by LF.</summary>
    public static string Write(ReleaseFacts facts)
    {
        var text = new StringBuilder();
        Component[] components = [.. facts.Artifacts.Select(artifact => artifact.Component).OfType<Component>().Distinct()];
        text.Append(CultureInfo.InvariantCulture, $"# qcw {facts.Line.Name}\n\n{facts.Line.Description}\n\n");
        Contents(text, facts);
        OneOffs(text, components.Concat(facts.Line.Libraries));
        Patches(text, facts, [.. components.Concat(facts.Libraries)]);
        Security(text, facts, components);
        Install(text, facts);
        Verify(text);
        MadeFrom(text, facts, components);
        return text.ToString();
    }

    private static void Contents(StringBuilder text, ReleaseFacts facts)
    {
        text.Append("## What is in it\n\n| file | component | version |\n| --- | --- | --- |\n");
        foreach (Artifact artifact in facts.Artifacts.OrderBy(artifact => artifact.Path, StringComparer.Ordinal))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{Path.GetFileName(artifact.Path)}` | {artifact.Component?.Name ?? "qcw"} | "
                    + $"{artifact.Component?.Version ?? facts.Tag} |\n");
        }

        if (facts.Msys2Packages.Count > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{Msys2Packages.FileName}` | names and versions of the packages of MSYS2 that programs were compiled with | |\n");
        }

        text.Append("\nBeside each is its bill of materials (CycloneDX), with `.cdx.json` behind the name: all that is inside.\n"
            + $"`{ReleaseFolder.ReportName}` shows sizes, patches and what changed as a page for a browser.\n\n");
    }

    private static void OneOffs(StringBuilder text, IEnumerable<Component> components)
    {
        Component[] oneOffs = [.. components.Where(component => component.IsOneOff)];
        if (oneOffs.Length == 0)
        {
            return;
        }

        text.Append("## Not the line's own sources\n\nThis is a one-off build. The command line replaced the pinned source of:\n\n");
        foreach (Component component in oneOffs)
        {
            // the folder it stood in belongs to the build machine; its content is what counts
            text.Append(
                CultureInfo.InvariantCulture,
                $"- {component.Name} {component.Version}: `{Path.GetFileName(component.Source.Location)}`, {component.Source.Pin}\n");
        }

        text.Append('\n');
    }

    private static void Patches(StringBuilder text, ReleaseFacts facts, Component[] components)
    {
        text.Append("## Patches\n\n");
        if (!components.Any(component => component.Patches.Count > 0))
        {
            text.Append("None: every component is upstream's source as it is.\n\n");
            return;
        }

        text.Append("| component | patch | from | state upstream |\n| --- | --- | --- | --- |\n");
        foreach (Component component in components)
        {
            foreach (SourcePatch patch in component.Patches)
            {
                foreach ((string name, string from, string state) in Rows(facts, component, patch))
                {
                    text.Append(CultureInfo.InvariantCulture, $"| {component.Name} | {name} | {from} | {state} |\n");
                }
            }
        }

        text.Append('\n');
    }

    private static IEnumerable<(string Name, string From, string State)> Rows(ReleaseFacts facts, Component component, SourcePatch patch) =>
        patch switch
        {
            RemotePatch remote => [(remote.Name, remote.From, remote.State)],
            DebianPatches debian => Names(facts, component, debian)
                .Select(name => (name, $"Debian's {debian.Revision}", $"carried by Debian ({debian.Archive.Suite})")),
            _ => [(patch.Name, "qcw", "ours")],
        };

    /// <summary>The line names them; where it takes all, what was applied tells.</summary>
    private static IEnumerable<string> Names(ReleaseFacts facts, Component component, DebianPatches debian)
    {
        string[] applied =
        [
            .. facts.Patches.Where(record => record.Component == component.Name && record.From == debian.Archive.File)
                .Select(record => record.Name),
        ];
        return applied.Length > 0 ? applied : debian.Take.Count > 0 ? debian.Take : ["all of debian/patches/series"];
    }

    /// <summary>
    /// What is said of vulnerabilities is never written by hand here: it is the answers of the repository and what patches say of
    /// themselves, as in the bills of materials.
    /// </summary>
    private static void Security(StringBuilder text, ReleaseFacts facts, Component[] components)
    {
        string[] known = [.. components.Concat(facts.Libraries).SelectMany(component => Vulnerabilities(facts, component))];
        string[] notes =
        [
            .. known.Length > 0 ? known
                : ["- Nothing is recorded of vulnerabilities in these versions, which does not say that there are none.\n"],
            .. components.SelectMany(component => component.Patches.OfType<RemotePatch>().Where(patch => patch.Security is not null)
                .Select(patch => $"- {component.Name}, {patch.Name}: {patch.Security}"
                    + (patch.Upstream is { } upstream ? $" State upstream: {upstream}." : string.Empty) + "\n")),
            .. components.SelectMany(component => component.Notes.Select(note => $"- {component.Name}: {note}\n")),
            "- Windows SmartScreen warns of programs that few people have started yet, more so of unsigned ones: verify the download as "
                + "shown below. The installers are signed where `SHA256SUMS.unsigned` is beside this file, with the checksums of the "
                + "same files without signatures.\n",
        ];
        text.Append("## Security considerations and other notes\n\n").AppendJoin(string.Empty, notes).Append('\n');
    }

    private static IEnumerable<string> Vulnerabilities(ReleaseFacts facts, Component component)
    {
        Advisory[] answers =
        [
            .. facts.Advisories.Where(one => one.Component == component.Name && one.Versions.Contains(component.Version))
                .OrderBy(one => one.Id, StringComparer.Ordinal).ThenBy(one => one.Module, StringComparer.Ordinal),
        ];
        foreach (Advisory answer in answers)
        {
            string module = answer.Module is null ? string.Empty : $", Go module {answer.Module}";
            string verb = answer.State switch
            {
                "exploitable" => "has",
                "in_triage" => "may have",
                "resolved" => "is patched against",
                _ => "is not affected by",
            };
            string update = answer.Response.Contains("update") ? " A newer version fixes it." : string.Empty;
            yield return $"- {component.Name} {component.Version}{module} {verb} {answer.Id}. {answer.Detail}{update}\n";
        }

        string[] patched =
        [
            .. facts.PatchFacts.Where(patch => patch.Component == component.Name).SelectMany(patch => patch.Vulnerabilities)
                .Except(answers.Select(answer => answer.Id)).Distinct().Order(StringComparer.Ordinal),
        ];
        if (patched.Length > 0)
        {
            yield return $"- {component.Name} {component.Version} is patched against {string.Join(", ", patched)}.\n";
        }
    }

    private static void Install(StringBuilder text, ReleaseFacts facts)
    {
        text.Append("## How to install\n\n");
        foreach (Artifact artifact in facts.Artifacts.OrderBy(artifact => artifact.Path, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"- `{artifact.Name}`: {artifact.HowTo}\n");
        }

        text.Append("\nWindows 10 version 1803 or newer, 64 bit.\n\n");
    }

    private static void Verify(StringBuilder text) => text.Append("""
        ## How to verify a download

        With `SHA256SUMS` beside the file. On Windows, in PowerShell, with the file's name or path in place of FILE:

            $file = Get-Item -LiteralPath FILE
            $line = @(Get-Content -LiteralPath "$($file.DirectoryName)\SHA256SUMS") -like "*  $($file.Name)"
            $hash = (Get-FileHash -LiteralPath $file.FullName).Hash
            if (-not $line) { 'not listed' } elseif ("$line".Split(' ')[0] -eq $hash) { 'same' } else { 'differs' }

        It prints `same`, `differs`, or `not listed`. Elsewhere:

            sha256sum --check --strict --ignore-missing SHA256SUMS

        `SHA512SUMS` has the longer checksums of the same files.


        """.ReplaceLineEndings("\n"));

    private static void MadeFrom(StringBuilder text, ReleaseFacts facts, Component[] components)
    {
        text.Append("## What it was made from\n\n| what | version | pin | fetched from |\n| --- | --- | --- | --- |\n");
        foreach (Component component in components.Concat(facts.Libraries))
        {
            SourceRecord? source = facts.Sources.FirstOrDefault(source => source.Name == component.Name);
            string pin = source?.Pin ?? component.Source.Pin;
            string alternative = pin == component.Source.Pin ? string.Empty : " (an alternative of the line)";
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {component.Name} | {component.Version} | {pin}{alternative} | {source?.ServedBy} |\n");
            foreach (DebianPatches debian in component.Patches.OfType<DebianPatches>())
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| Debian's patches on {component.Name} | {debian.Revision} | {debian.Archive.Pin} | |\n");
            }
        }

        foreach ((string name, string version) in facts.Firmware)
        {
            text.Append(CultureInfo.InvariantCulture, $"| firmware package {name} | {version} | signature of the Debian archive | |\n");
        }

        if (facts.Msys2Packages.Count > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| MSYS2, {facts.Msys2Packages.Count} packages | `{Msys2Packages.FileName}` | signatures of MSYS2's packagers | |\n");
        }

        foreach ((string name, string version) in facts.Tools)
        {
            text.Append(CultureInfo.InvariantCulture, $"| tool {name} | {version} | | |\n");
        }

        string changed = facts.RecipeChanged ? ", with changes that are not committed" : string.Empty;
        string recipe = facts.RecipeCommit is null ? "unknown (no commit of a git checkout)" : facts.RecipeCommit + changed;
        text.Append(CultureInfo.InvariantCulture, $"| qcw's own recipe | {recipe} | | |\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"\nThe only time in any file: {DateTimeOffset.FromUnixTimeSeconds(facts.Line.SourceDateEpoch):yyyy-MM-dd'T'HH:mm:ss'Z'} "
                + $"(SOURCE_DATE_EPOCH {facts.Line.SourceDateEpoch}).\n");
    }
}
