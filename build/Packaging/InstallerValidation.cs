using System.Text.RegularExpressions;

namespace Qcw.Build.Packaging;

/// <summary>
/// Finds everything that is wrong with an installer's description before any tool runs. Here are the rules that hold for every format; each
/// format adds its own.
/// </summary>
/// <param name="description">The description.</param>
/// <param name="format">What is made from it, for messages: <c>MSI</c>.</param>
/// <param name="isAscii">Whether the format holds only printable ASCII, and treats brackets, braces and quotes as syntax.</param>
internal sealed partial class InstallerValidation(InstallerDescription description, string format, bool isAscii)
{
    /// <summary>The length limit of texts that have no smaller one, in characters.</summary>
    public const int LongestText = 250;

    private const int LongestName = 100;
    private const int LongestTitle = 64;

    /// <summary>Files that the format itself installs, by their paths inside the install folder.</summary>
    public IReadOnlyList<string> OwnFiles { get; init; } = [];

    /// <summary>Targets of shortcuts besides the installed files.</summary>
    public IReadOnlyList<string> OwnTargets { get; init; } = [];

    /// <summary>The kind of text that the format holds, for messages.</summary>
    public string Characters => isAscii ? "ASCII characters without brackets, braces and quotes" : "characters";

    /// <summary>The end of a sentence about a name: the kind of text that it must be, if not every text will do.</summary>
    public string InCharacters => isAscii ? " in " + Characters : string.Empty;

    /// <summary>Checks the description.</summary>
    /// <param name="more">What the format itself has found.</param>
    /// <exception cref="BuildException">It cannot become an installer; the message names every problem.</exception>
    public void Check(IEnumerable<string> more)
    {
        string[] problems = [.. About(), .. Sections(), .. Files(), .. Shortcuts(), .. more];
        if (problems.Length > 0)
        {
            throw new BuildException($"the {format} of {description.Name} cannot be made:\n  {string.Join("\n  ", problems)}");
        }
    }

    /// <summary>True for one line that the format can hold.</summary>
    public bool IsText(string text, int longest = LongestText) =>
        text.Length > 0 && text.Length <= longest && text.All(c => isAscii ? c is >= ' ' and <= '~' : !char.IsControl(c));

    /// <summary>True for one line in which the format replaces nothing.</summary>
    public bool IsPlain(string text, int longest = LongestText) =>
        IsText(text, longest) && !(isAscii && text.AsSpan().ContainsAny("[]{}\""));

    /// <summary>True for a name that a file or folder can have.</summary>
    public bool IsFileName(string name) =>
        WindowsNames.Problem(name) is null && !name.Contains('/', StringComparison.Ordinal) && IsPlain(name);

    /// <summary>The names that occur more than once on Windows, which ignores letter case.</summary>
    public static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key);

    private IEnumerable<string> About()
    {
        if (!IsFileName(description.Id))
        {
            yield return $"its id '{description.Id}' cannot be the name of a folder{InCharacters}";
        }

        if (!IsFileName(description.MenuFolder))
        {
            yield return $"'{description.MenuFolder}' cannot be the name of a folder in the Start menu{InCharacters}";
        }

        foreach (string text in new[] { description.Name, description.Publisher }.Where(text => !IsPlain(text, LongestName)))
        {
            yield return $"'{text}' is not a line of 1 to {LongestName} {Characters}";
        }

        if (description.SourceDateEpoch < 0)
        {
            yield return "the time of its files is before 1970";
        }

        if (description.DisplayIcon is { } icon && !description.Files.Any(file => IsSame(file.Target, icon)))
        {
            yield return $"the file of its icon, '{icon}', is not installed by any section";
        }
    }

    private IEnumerable<string> Sections()
    {
        if (description.Sections.Count == 0)
        {
            yield return "it has no sections";
        }

        foreach (string id in description.Sections.Concat(description.MorePaths.Select(path => path.Section)).Select(section => section.Id)
            .Where(id => !SectionId().IsMatch(id) || id == InstallerPath.Id))
        {
            yield return $"'{id}' cannot be the id of a section (a lower-case letter, then lower-case letters, digits and '_', "
                + $"at most 38 characters, not '{InstallerPath.Id}')";
        }

        foreach (InstallerSection section in description.AllSections
            .Where(section => !IsPlain(section.Title, LongestTitle) || !IsPlain(section.Description)))
        {
            yield return $"the section {section.Id} needs a title of at most {LongestTitle} and a description of at most {LongestText} "
                + $"{Characters}, each on one line";
        }

        foreach (string twice in Repeated(description.AllSections.Select(section => section.Id)))
        {
            yield return $"two sections have the id {twice}";
        }

        foreach (InstallerPath path in description.Paths.Where(path => path.Choice == SectionChoice.Required))
        {
            yield return $"the section {path.SectionId} cannot be required";
        }
    }

    private IEnumerable<string> Files()
    {
        InstalledFile[] files = [.. description.Files];
        foreach (InstalledFile file in files)
        {
            if (WindowsNames.Problem(file.Target) is { } problem)
            {
                yield return $"the target '{file.Target}' {problem}";
            }
            else if (!IsText(file.Target))
            {
                yield return $"the target '{file.Target}' is not ASCII";
            }

            if (!File.Exists(file.Source))
            {
                yield return $"{file.Source} (for {file.Target}) does not exist";
            }
        }

        foreach (string twice in Repeated(files.Select(file => file.Target).Concat(OwnFiles)))
        {
            yield return $"two files would be installed as {twice} (Windows ignores letter case)";
        }

        var names = files.Select(file => file.Target).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (string folder in InstallFolders.Of(files).Where(names.Contains))
        {
            yield return $"{folder} would be both a file and a folder";
        }
    }

    private IEnumerable<string> Shortcuts()
    {
        foreach (InstallerShortcut shortcut in description.Shortcuts)
        {
            if (!IsFileName(shortcut.Name))
            {
                yield return $"the shortcut '{shortcut.Name}' needs a name that a file can have{InCharacters}";
            }

            bool hasDescription = shortcut.Description.Length == 0 || IsPlain(shortcut.Description);
            bool hasArguments = shortcut.Arguments.Length == 0 || IsText(shortcut.Arguments);
            if (!hasDescription || !hasArguments)
            {
                yield return $"the shortcut '{shortcut.Name}' needs a description and arguments of at most {LongestText} {Characters}; "
                    + $"only the arguments may have '{InstallerShortcut.InstallFolder}' and quotes";
            }

            if (!OwnTargets.Contains(shortcut.Target) && !description.Files.Any(file => IsSame(file.Target, shortcut.Target)))
            {
                yield return $"the shortcut '{shortcut.Name}' leads to '{shortcut.Target}', which no section installs";
            }

            if (description.Sections.All(section => section.Id != shortcut.Section))
            {
                yield return $"the shortcut '{shortcut.Name}' belongs to the section '{shortcut.Section}', which does not exist";
            }
        }

        foreach (string twice in Repeated(description.Shortcuts.Select(shortcut => shortcut.Name)))
        {
            yield return $"two shortcuts have the name {twice}";
        }
    }

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,37}\z")]
    private static partial Regex SectionId();
}
