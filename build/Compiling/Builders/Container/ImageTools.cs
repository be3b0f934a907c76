namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>The tools of an image and their versions: asked once, by a container.</summary>
public static class ImageTools
{
    /// <summary>The script that answers.</summary>
    public const string Script = "image-tools.sh";

    /// <summary>What bash is told: the script, then what to ask each tool, as the script expects it.</summary>
    public static IReadOnlyList<string> Arguments(string script, IEnumerable<Tool> tools) =>
        [script, .. tools.Select(tool => string.Join('|', [tool.Name, string.Join(',', tool.Commands), .. tool.VersionArguments]))];

    /// <summary>Reads the answer.</summary>
    /// <exception cref="BuildException">A tool is missing or too old.</exception>
    public static IReadOnlyDictionary<string, FoundTool> Read(string answer, IReadOnlyCollection<Tool> tools, string image)
    {
        var said = answer
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Where(parts => parts.Length == 3)
            .DistinctBy(parts => parts[0])
            .ToDictionary(parts => parts[0], parts => (Path: parts[1], Text: parts[2]));
        var found = tools.ToDictionary(
            tool => tool.Name,
            tool =>
                said.TryGetValue(tool.Name, out (string Path, string Text) line)
                    ? ToolFinder.Read(tool, line.Path, line.Text)
                    : new FoundTool(tool, null, string.Empty, null));
        string[] unfit =
        [
            .. found
                .Values.Where(tool => !tool.Fits)
                .Select(tool =>
                    tool.Path is null
                        ? $"{tool.Tool.Name} is missing"
                        : $"{tool.Tool.Name} {tool.Version} is older than {tool.Tool.Minimum}"),
        ];
        return unfit.Length == 0
            ? found
            : throw new BuildException(
                $"the image {image} does not fit: {string.Join(", ", unfit)}; "
                    + "its packages are listed in build/Compiling/Builders/Container/packages.txt");
    }
}
