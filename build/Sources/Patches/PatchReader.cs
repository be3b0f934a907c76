using System.Security.Cryptography;
using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Sources.Patches;

/// <summary>Reads a patch file and refuses, by name, what is no patch or wants to write where it may not.</summary>
internal static class PatchReader
{
    private const string SubmoduleMode = "160000";

    /// <summary>Reads and checks a patch.</summary>
    /// <exception cref="BuildException">It is refused; the message says why.</exception>
    public static PatchText Read(PatchFile patch)
    {
        if (!File.Exists(patch.Path))
        {
            throw Refused(patch, "the file is not there");
        }

        byte[] bytes = File.ReadAllBytes(patch.Path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (hash != patch.Sha256)
        {
            throw Refused(patch, $"its sha256 is {hash}, not {patch.Sha256}");
        }

        if (!bytes.AsSpan().ContainsAnyExcept(" \t\r\n"u8))
        {
            throw Refused(patch, "it is empty");
        }

        if (BodySniffer.Describe(bytes) is { } page)
        {
            throw Refused(patch, $"it is {page}: the URL does not lead to the patch itself");
        }

        PatchText text = PatchText.Parse(bytes);
        if (Problem(text) is { } problem)
        {
            throw Refused(patch, problem);
        }

        return text;
    }

    /// <summary>The failure for a patch that is not even tried, or whose result is not taken.</summary>
    public static BuildException Refused(PatchFile patch, string why) => new($"patch {patch.Title} is refused: {why}\n  {patch.Path}");

    private static string? Problem(PatchText text)
    {
        if (text.HasCarriageReturns)
        {
            return "its lines end with CR LF. A patch must keep its bytes: "
                + "fetch it again, or mark it -text in .gitattributes and check it out again";
        }

        foreach (PatchMail mail in text.Mails)
        {
            if (mail.Headers.TryGetValue("Content-Transfer-Encoding", out string? encoding)
                && (encoding.Equals("quoted-printable", StringComparison.OrdinalIgnoreCase)
                    || encoding.Equals("base64", StringComparison.OrdinalIgnoreCase)))
            {
                return $"the mail that begins in line {mail.FirstLine} is encoded ({encoding}): decode it with git mailinfo";
            }

            if (mail.AmbiguousLine is { } line)
            {
                return $"there are diffs before and after its line {line}, a --- that ends a mail's message: "
                    + "take that line out, or the diff that is part of the message";
            }
        }

        PatchSection[] sections = [.. text.Mails.SelectMany(mail => mail.Sections)];
        if (sections.FirstOrDefault(section => section.LacksData) is { } binary)
        {
            return $"{binary.Paths.FirstOrDefault("a file")} (line {binary.Line}) is binary and differs, and the patch has no data of it: "
                + "make it with git diff --binary";
        }

        return sections.Any(section => section.Hunks.Count > 0 || section.ChangesWithoutHunks)
            ? sections.Select(SectionProblem).FirstOrDefault(problem => problem is not null)
            : "it has no hunks";
    }

    private static string? SectionProblem(PatchSection section)
    {
        foreach (string path in section.WrittenPaths.Concat(section.Paths))
        {
            if (EntryPath.Problem(path, OperatingSystem.IsWindows()) is { } problem)
            {
                return $"it changes {path} (line {section.Line}): {problem}";
            }
        }

        return section.Modes.Contains(SubmoduleMode)
            ? $"it changes {section.Paths.FirstOrDefault()} (line {section.Line}), which is a submodule: a source tree has files only"
            : null;
    }
}

/// <summary>A patch to apply: its bytes are on this machine.</summary>
/// <param name="Name">
/// The file's name without its ending, for people: <c>0001-Updating-deps</c>; of a patch of Debian's, its name below <c>debian/patches</c>.
/// </param>
/// <param name="Path">Full path of the file.</param>
/// <param name="Sha256">Of its bytes, 64 lower-case hex digits.</param>
public sealed record PatchFile(string Name, string Path, string Sha256)
{
    /// <summary>
    /// Full path of the file that a refreshed one is written to: a remote patch has its bytes in the downloads, where nobody may write.
    /// </summary>
    public string Home { get; init; } = Path;

    /// <summary>The file of Debian's source package that it was taken from; null: it is a file of its own.</summary>
    public string? From { get; init; }

    /// <summary>Who wrote it where the patch itself does not say; null: nobody knows.</summary>
    public string? Author => From is null ? null : "Debian";

    /// <summary>How messages name it.</summary>
    public string Title => From is null ? Name : $"{Name} of {From}";
}
