namespace Qcw.Build.Sources.Patches;

/// <summary>Reads the lines of a patch that say which file is meant and what becomes of it.</summary>
internal static class PatchHeader
{
    private const string Nothing = "/dev/null";

    /// <summary><c>diff --git a/x b/x</c>: counts only where nothing below names the file, and then both names are the same.</summary>
    public static void ReadGitLine(PatchSection section, string line)
    {
        string names = line["diff --git ".Length..];
        if (names.StartsWith('"') && names.IndexOf("\" ", StringComparison.Ordinal) is > 0 and int end)
        {
            SetBoth(section, names[..(end + 1)], names[(end + 2)..]);
            return;
        }

        int middle = names.Length / 2;
        if (names.Length % 2 == 1 && names[middle] == ' ' && Strip(names[..middle]) == Strip(names[(middle + 1)..]))
        {
            SetBoth(section, names[..middle], names[(middle + 1)..]);
            return;
        }

        foreach (string part in names.Split(' '))
        {
            section.WrittenPaths.Add(QuotedPath.Unquote(part));
        }
    }

    /// <summary><c>--- a/x</c> and <c>+++ b/x</c>.</summary>
    public static void ReadFileLines(PatchSection section, string oldLine, string newLine)
    {
        section.HasFileLines = true;
        section.OldPath = FilePath(section, oldLine);
        section.NewPath = FilePath(section, newLine);
    }

    /// <summary>Git's own lines between those two: modes, renames, copies, binary data.</summary>
    public static void ReadExtendedLine(PatchSection section, string line)
    {
        if (section.Hunks.Count > 0)
        {
            return; // the mail's signature
        }

        if (After(line, "rename from ", "copy from ") is { } from)
        {
            section.OldPath = QuotedPath.Unquote(from);
            section.ChangesWithoutHunks = true;
        }
        else if (After(line, "rename to ", "copy to ") is { } to)
        {
            section.NewPath = QuotedPath.Unquote(to);
            section.ChangesWithoutHunks = true;
        }
        else if (After(line, "old mode ", "new mode ", "new file mode ", "deleted file mode ") is { } mode)
        {
            section.Modes.Add(mode.Trim());
            section.ChangesWithoutHunks = true;
        }
        else if (After(line, "index ") is { } index && index.Split(' ') is [_, var kept])
        {
            section.Modes.Add(kept);
        }
        else if (line == "GIT binary patch")
        {
            section.ChangesWithoutHunks = true;
        }
    }

    private static void SetBoth(PatchSection section, string oldName, string newName)
    {
        section.WrittenPaths.UnionWith([QuotedPath.Unquote(oldName), QuotedPath.Unquote(newName)]);
        section.OldPath = Strip(QuotedPath.Unquote(oldName));
        section.NewPath = Strip(QuotedPath.Unquote(newName));
    }

    private static string? FilePath(PatchSection section, string line)
    {
        string name = line[4..];
        name = QuotedPath.Unquote(name.StartsWith('"') ? name.TrimEnd() : name.Split('\t')[0]); // diff writes the time behind a tab
        if (name == Nothing)
        {
            return null;
        }

        section.WrittenPaths.Add(name);
        return Strip(name);
    }

    private static string? After(string line, params ReadOnlySpan<string> starts)
    {
        foreach (string start in starts)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return line[start.Length..];
            }
        }

        return null;
    }

    // as git apply -p1
    private static string Strip(string name) => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
