namespace Qcw.Build.Sources.Patches;

/// <summary>Reads the lines of a patch that say which file is meant and what becomes of it.</summary>
internal static class PatchHeader
{
    private const string Nothing = "/dev/null";

    /// <summary><c>diff --git a/x b/x</c>: names the file only where both names are the same; else the lines below do.</summary>
    public static void ReadGitLine(PatchSection section, string line)
    {
        if (Names(line["diff --git ".Length..]) is (var before, var after) && Strip(before) == Strip(after))
        {
            section.WrittenPaths.UnionWith([before, after]);
            section.OldPath = section.NewPath = Strip(before);
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

    /// <summary>
    /// Both names, unquoted; null where neither has quotes and they are not equally long, so that no blank is known to part them.
    /// </summary>
    private static (string Before, string After)? Names(string names)
    {
        if (names.StartsWith('"'))
        {
            (string first, string rest) = QuotedPath.Split(names);
            return (first, QuotedPath.Unquote(rest.TrimStart(' ')));
        }

        // a name that has a double quote in it is written in quotes: so this one begins the second name
        if (names.IndexOf(" \"", StringComparison.Ordinal) is >= 0 and int quoted)
        {
            return (names[..quoted], QuotedPath.Unquote(names[(quoted + 1)..]));
        }

        int middle = names.Length / 2;
        return names.Length % 2 == 1 && names[middle] == ' ' ? (names[..middle], names[(middle + 1)..]) : null;
    }

    private static string? FilePath(PatchSection section, string line)
    {
        string name = line[4..];
        name = name.StartsWith('"') ? QuotedPath.Split(name).Path : name.Split('\t')[0]; // diff writes the time behind a tab
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
