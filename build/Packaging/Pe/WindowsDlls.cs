namespace Qcw.Build.Packaging.Pe;

/// <summary>
/// The DLLs that need not be shipped because Windows has them, from the committed list <c>windows-dlls.txt</c>. The list says why each is
/// on it.
/// </summary>
public sealed class WindowsDlls
{
    private const string OptionalMark = "optional ";

    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> prefixes = [];
    private readonly Dictionary<string, string> optional = new(StringComparer.OrdinalIgnoreCase);

    private WindowsDlls(string listFile) => ListFile = listFile;

    /// <summary>The path of the list, for messages.</summary>
    public string ListFile { get; }

    /// <summary>Reads a list.</summary>
    /// <exception cref="BuildException">A line is neither a name, a pattern, a remark nor empty.</exception>
    public static WindowsDlls Load(string listFile)
    {
        var dlls = new WindowsDlls(listFile);
        int number = 0;
        foreach (string line in File.ReadLines(listFile).Select(line => line.Trim()))
        {
            number++;
            if (line.Length > 0 && line[0] != '#' && !dlls.Add(line))
            {
                throw new BuildException(
                    $"{listFile}, line {number}: '{line}' is neither a file name nor a prefix ending in '*' nor 'optional <name>  <why>'");
            }
        }

        return dlls;
    }

    /// <summary>True if every supported Windows has the DLL.</summary>
    public bool Contains(string dll) =>
        names.Contains(dll) || prefixes.Exists(prefix => dll.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The Windows feature that installs a DLL which only some Windows have, as the end of a sentence. Null for all other names.
    /// </summary>
    public string? OptionalBecauseOf(string dll) => optional.GetValueOrDefault(dll);

    private bool Add(string line)
    {
        if (line.StartsWith(OptionalMark, StringComparison.Ordinal))
        {
            string[] parts = line[OptionalMark.Length..]
                .Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return parts.Length == 2 && optional.TryAdd(parts[0], parts[1]);
        }

        if (line.Any(char.IsWhiteSpace))
        {
            return false;
        }

        if (line.EndsWith('*'))
        {
            prefixes.Add(line[..^1]);
            return line.IndexOf('*', StringComparison.Ordinal) == line.Length - 1 && line.Length > 1;
        }

        return !line.Contains('*', StringComparison.Ordinal) && names.Add(line);
    }
}
