using System.Text.RegularExpressions;

namespace Qcw.Build.Components;

/// <summary>
/// What Podman's own Makefile says of the remote client: its build tags, and the variables that the linker sets. Their full names have the
/// path of Podman's module in them, which changes with each major version.
/// </summary>
/// <param name="Tags">The build tags, in the Makefile's order.</param>
/// <param name="Variables">Full names of the variables, in the Makefile's order, each once.</param>
public sealed partial record PodmanSource(IReadOnlyList<string> Tags, IReadOnlyList<string> Variables)
{
    // the signature library of RPM-based systems, which needs a build tag of its own
    private const string OnlyWithSequoia = "sequoia.sequoiaLibraryDir";

    // far more than any name needs
    private const int MostReferences = 20;
    private const int LongestName = 2000;

    /// <summary>Reads a source tree.</summary>
    /// <param name="folder">The tree, with <c>Makefile</c> and <c>go.mod</c>.</param>
    /// <exception cref="BuildException">A file is missing, or does not say what is looked for; the message names it.</exception>
    public static PodmanSource Read(string folder)
    {
        string module = Module(Text(folder, "go.mod"), folder);
        string makefile = Text(folder, "Makefile").Replace("\\\r\n", " ", StringComparison.Ordinal)
            .Replace("\\\n", " ", StringComparison.Ordinal);
        Dictionary<string, string> values = Assignment().Matches(makefile)
            .GroupBy(match => match.Groups["name"].Value)
            .ToDictionary(group => group.Key, group => group.First().Groups["value"].Value.Trim());
        string[] tags = Value("REMOTETAGS").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] variables =
        [
            .. LinkerVariable().Matches(Value("LDFLAGS_PODMAN")).Select(match => Expand(match.Groups["name"].Value)).Distinct()
                .Where(name => !name.EndsWith(OnlyWithSequoia, StringComparison.Ordinal)),
        ];
        if (tags.Length == 0 || variables.Length == 0)
        {
            throw new BuildException(
                $"{folder}/Makefile: REMOTETAGS names {tags.Length} build tags and LDFLAGS_PODMAN {variables.Length} variables (-X name=), "
                    + "expected at least one of each");
        }

        // a wrong path is no error for the linker: the variable would stay empty
        return variables.Any(name => name.StartsWith(module + '/', StringComparison.Ordinal))
            ? new PodmanSource(tags, variables)
            : throw new BuildException(
                $"{folder}: no variable of LDFLAGS_PODMAN in Makefile is in the module {module} of go.mod, but in {variables[0]}");

        string Value(string name) => values.GetValueOrDefault(name)
            ?? throw new BuildException($"{folder}/Makefile does not set {name}: is it Podman's source?");

        string Expand(string text)
        {
            string expanded = text;
            for (int round = 0; Reference().IsMatch(expanded); round++)
            {
                expanded = round < MostReferences && expanded.Length < LongestName
                    ? Reference().Replace(expanded, match => Value(match.Groups["name"].Value))
                    : throw new BuildException($"{folder}/Makefile: {text} refers to itself");
            }

            return expanded;
        }
    }

    private static string Module(string goMod, string folder) => ModuleLine().Match(goMod) is { Success: true } line
        ? line.Groups[1].Value
        : throw new BuildException($"{folder}/go.mod names no module: is it Podman's source?");

    private static string Text(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllText(path) : throw new BuildException($"{path} is missing: is {folder} Podman's source?");
    }

    [GeneratedRegex(@"^module[ \t]+(\S+)[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex ModuleLine();

    [GeneratedRegex(@"^(?<name>\w+)[ \t]*[:?]?=(?<value>[^\r\n]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"-X[ \t]+""?(?<name>[^\s""=]+)=", RegexOptions.ExplicitCapture)]
    private static partial Regex LinkerVariable();

    [GeneratedRegex(@"\$[({](?<name>\w+)[)}]", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
