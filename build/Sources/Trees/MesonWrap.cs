namespace Qcw.Build.Sources.Trees;

/// <summary>
/// A file <c>subprojects/NAME.wrap</c>: it says what meson would download into <c>subprojects/NAME</c>. A build must not download, so a
/// line pins the same as a submodule.
/// </summary>
/// <remarks>Source of the format: https://mesonbuild.com/Wrap-dependency-system-manual.html.</remarks>
internal sealed class MesonWrap
{
    private const string Folder = "subprojects/";
    private const string Git = "wrap-git";

    private readonly string section;
    private readonly Dictionary<string, string> values;

    private MesonWrap(string section, Dictionary<string, string> values) => (this.section, this.values) = (section, values);

    /// <summary>The commit, or what else git knows, of a repository that meson would fetch; null: it would fetch something else.</summary>
    public string? Revision => section == Git ? values.GetValueOrDefault("revision") : null;

    /// <summary>The wrap file of a folder, a path from the top of the tree; null where the folder is not one of a subproject.</summary>
    public static string? PathFor(string folder) =>
        folder.StartsWith(Folder, StringComparison.Ordinal) && folder.IndexOf('/', Folder.Length) < 0 ? folder + ".wrap" : null;

    /// <summary>Reads the text of a wrap file: its first section, which names the kind. Others say what the subproject provides.</summary>
    public static MesonWrap Parse(string text)
    {
        string section = string.Empty;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] is '#' or ';')
            {
                continue;
            }

            if (line[0] == '[')
            {
                if (section.Length > 0)
                {
                    break;
                }

                section = line.Trim('[', ']');
            }
            else if (line.Split('=', 2, StringSplitOptions.TrimEntries) is [var key, var value])
            {
                values.TryAdd(key, value);
            }
        }

        return new MesonWrap(section, values);
    }

    /// <summary>
    /// What it names as the content of a folder, for a message: <c>the commit ID</c> where meson would check out that commit there and do
    /// nothing else.
    /// </summary>
    /// <param name="folder">The folder, a path from the top of the tree.</param>
    public string Names(string folder)
    {
        string file = Path.GetFileName(folder) + ".wrap";
        if (section != Git || !values.TryGetValue("revision", out string? revision))
        {
            return $"no git repository in {file} (it has [{section}], and [{Git}] with a revision is expected)";
        }

        if (values.TryGetValue("directory", out string? directory) && directory != Path.GetFileName(folder))
        {
            return $"not the folder of {file} (that is {Folder}{directory})";
        }

        // meson changes the files only where it has downloaded them itself
        return values.Keys.FirstOrDefault(key => key is "patch_directory" or "patch_url" or "patch_filename" or "diff_files") is { } changed
            ? $"more than the commit {revision} ({file} has {changed}, and qcw does not apply it)"
            : $"the commit {revision}";
    }
}
