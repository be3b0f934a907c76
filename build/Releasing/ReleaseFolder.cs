using Qcw.Build.Attesting;

namespace Qcw.Build.Releasing;

/// <summary>A file of the release.</summary>
/// <param name="Path">Full path under <c>artifacts/release</c>.</param>
/// <param name="Component">The component it was made from; null: it is qcw's own.</param>
/// <param name="HowTo">How it is installed: Markdown that continues a line after the file's name.</param>
public sealed record Artifact(string Path, Component? Component, string HowTo)
{
    /// <summary>The category of its tests where it was made from no component; null: its name without the ending.</summary>
    public string? Category { get; init; }

    /// <summary>Its name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);
}

/// <summary>The folder that is given to people: it holds what belongs to one line, and nothing else.</summary>
public sealed class ReleaseFolder(string folder, BuildLog log)
{
    /// <summary>The release notes' file name.</summary>
    public const string NotesName = "RELEASE-NOTES.md";

    /// <summary>The file name of the page that shows what is in the release.</summary>
    public const string ReportName = "RELEASE-REPORT.html";

    /// <summary>Copies a package into the folder unless the same bytes are there already.</summary>
    public void Publish(string package)
    {
        string target = Path.Combine(folder, Path.GetFileName(package));
        if (!File.Exists(target) || !Files.SameBytes(package, target))
        {
            Files.Copy(package, target);
        }
    }

    /// <summary>Those of a line's artifacts that are there.</summary>
    public static IReadOnlyList<Artifact> Present(IEnumerable<Artifact> expected) =>
        [.. expected.Where(artifact => File.Exists(artifact.Path))];

    /// <summary>Ends the run where a file is not there: what is published must be whole.</summary>
    /// <exception cref="BuildException">Names all that are missing.</exception>
    public void RequireAll(IEnumerable<string> names, ReleaseLine line)
    {
        string[] missing = [.. names.Where(name => !File.Exists(Path.Combine(folder, name)))];
        if (missing.Length > 0)
        {
            throw new BuildException(
                $"the release of the line {line.Name} is not complete: {folder} lacks {string.Join(", ", missing)}; "
                    + "make them, or leave out --complete");
        }
    }

    /// <summary>
    /// Removes what an earlier run left for another line or version: checksums must not cover two releases at once. The packages themselves
    /// stay in <c>artifacts/packages</c>.
    /// </summary>
    public void RemoveOthers(IEnumerable<string> expectedNames)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        var keep = new HashSet<string>(
            [
                .. expectedNames, .. ReleaseChecksums.FileNames, ReleaseChecksums.UnsignedName, .. ReleaseSignatures.FileNames, NotesName,
                ReportName, ReleaseProvenance.FileName,
            ],
            StringComparer.Ordinal);
        foreach (string file in Directory.GetFiles(folder).Where(file => !keep.Contains(Path.GetFileName(file))))
        {
            log.Step("release", "clean", $"{Path.GetFileName(file)} does not belong to this line: removed");
            File.Delete(file);
        }
    }
}
