namespace Qcw.Build.Sources.Archives;

/// <summary>Which names a file of a source tree may have.</summary>
internal static class EntryPath
{
    /// <summary>The parts of a name between slashes; <c>.</c> and empty parts are left out.</summary>
    public static string[] Segments(string name) => [.. name.Split('/').Where(part => part is not ("" or "."))];

    /// <summary>Why a name is refused, or null where it is fine.</summary>
    /// <param name="name">With slashes, relative to the tree or to the folder above it.</param>
    /// <param name="windows">True: also what Windows cannot store is refused.</param>
    public static string? Problem(string name, bool windows)
    {
        if (name.Length == 0)
        {
            return "its name is empty";
        }

        if (name[0] == '/')
        {
            return "its path is absolute";
        }

        if (name.Contains('\\', StringComparison.Ordinal))
        {
            return "its path has a backslash, which Windows treats as a folder separator";
        }

        if (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]))
        {
            return "its path starts with a drive letter";
        }

        // names that are not UTF-8 reach us with this character in place of the bad bytes. Neither Windows nor .NET can store them: .NET
        // could not even delete the tree again
        if (name.Contains('\uFFFD', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal))
        {
            return "its path is not valid UTF-8";
        }

        return Segments(name).Select(part => SegmentProblem(part, windows)).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>True for <c>.git</c> in every spelling that some file system takes for it.</summary>
    public static bool IsGitFolder(string segment)
    {
        // HFS+ ignores some invisible characters; NTFS ignores dots and spaces at the end, and what follows a colon
        string plain = string.Concat(segment.Where(c => c is not (
            (>= '\u200c' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u206a' and <= '\u206f') or '\ufeff')));
        plain = plain.Split(':')[0].TrimEnd('.', ' ');
        return plain.Equals(".git", StringComparison.OrdinalIgnoreCase) || plain.Equals("git~1", StringComparison.OrdinalIgnoreCase);
    }

    private static string? SegmentProblem(string part, bool windows)
    {
        if (part == "..")
        {
            return "its path goes up (..)";
        }

        if (IsGitFolder(part))
        {
            return "it would be part of a .git folder";
        }

        return windows ? WindowsProblem(part) : null;
    }

    private static string? WindowsProblem(string part)
    {
        if (part.Any(c => c < ' ' || c is '<' or '>' or ':' or '"' or '|' or '?' or '*'))
        {
            return "its path has a character that Windows does not allow in names";
        }

        if (part[^1] is '.' or ' ')
        {
            return "a part of its path ends with a dot or a space, which Windows drops";
        }

        return WindowsNames.Device(part) is not null ? $"{part} is the name of a device on Windows" : null;
    }
}
