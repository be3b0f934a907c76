using Qcw.Build.Attesting;

namespace Qcw.Build.Verifying.Explanation;

/// <summary>Why two files may differ, as far as two records of how they were made tell.</summary>
/// <param name="known">False: the release does not say how it was made.</param>
/// <param name="inputs">Sources and patches that differ, one line each, which begins with the component's name.</param>
/// <param name="tools">Tools that differ, one line each, which begins with the tool's name.</param>
public sealed class Cause(bool known, IReadOnlyList<string> inputs, IReadOnlyList<string> tools)
{
    // parts of the names of packages and programs that make a kind of file
    private static readonly Dictionary<FileKind, string[]> Makers = new()
    {
        [FileKind.Nsis] = ["nsis"],
        [FileKind.Msi] = ["wixl", "msitools", "msibuild", "MSI builder", "wix"],
        [FileKind.Pe] = ["mingw", "binutils", "golang", "go"],
    };

    /// <summary>One line.</summary>
    /// <param name="kind">What the file is.</param>
    /// <param name="owners">The components whose files differ in it.</param>
    /// <param name="own">True: something that the packager wrote differs.</param>
    public string Of(FileKind kind, IReadOnlyCollection<string> owners, bool own)
    {
        if (!known)
        {
            return $"probable cause: not known: the release has no {ReleaseProvenance.FileName} that says how it was made";
        }

        string? found = inputs.FirstOrDefault(line => owners.Any(owner => line.StartsWith(owner, StringComparison.Ordinal)))
            ?? (own ? ToolFor(kind) : null)
            ?? (owners.Count > 0 ? ToolFor(FileKind.Pe) : null)
            ?? inputs.Concat(tools).FirstOrDefault();
        return found is not null
            ? "probable cause: " + found
            : "probable cause: none known: it is said to be made of the same inputs with the same tools, so it was changed afterwards, or "
                + "depends on something that is not recorded";
    }

    private string? ToolFor(FileKind kind) => Makers.GetValueOrDefault(kind) is { } makers
        ? tools.FirstOrDefault(line => makers.Any(maker => line.Split(':')[0].Contains(maker, StringComparison.OrdinalIgnoreCase)))
        : null;
}
