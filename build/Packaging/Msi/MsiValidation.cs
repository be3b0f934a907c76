using System.Text.RegularExpressions;

namespace Qcw.Build.Packaging.Msi;

/// <summary>Finds everything that is wrong with an MSI's description before any tool runs.</summary>
public static partial class MsiValidation
{
    /// <summary>What most columns of text hold.</summary>
    internal const int LongestText = 255;

    private const int LongestFeatureTitle = 64;

    /// <summary>Checks a description.</summary>
    /// <exception cref="BuildException">It cannot become an MSI; the message names every problem.</exception>
    public static void Validate(MsiDescription description)
    {
        string[] problems = [.. About(description), .. Features(description), .. MsiContentValidation.Problems(description), .. MsiSettingsValidation.Problems(description)];
        if (problems.Length > 0)
        {
            throw new BuildException($"the MSI of {description.Name} cannot be made:\n  {string.Join("\n  ", problems)}");
        }
    }

    /// <summary>True for a line of printable ASCII: the tables have no code page.</summary>
    internal static bool IsText(string text, int longest) => text.Length > 0 && text.Length <= longest && text.All(c => c is >= ' ' and <= '~');

    /// <summary>True for a text in which Windows Installer expands nothing.</summary>
    internal static bool IsPlain(string text, int longest) => IsText(text, longest) && text.IndexOfAny(['[', ']', '{', '}', '"']) < 0;

    internal static bool IsFolderName(string name) => WindowsNames.Problem(name) is null && !name.Contains('/', StringComparison.Ordinal) && IsPlain(name, LongestText);

    internal static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key);

    private static IEnumerable<string> About(MsiDescription description)
    {
        if (!IsFolderName(description.Id) || !IsFolderName(description.MenuFolder))
        {
            yield return $"its id '{description.Id}' and its Start menu folder '{description.MenuFolder}' must be possible as names of folders, in ASCII";
        }

        foreach (string text in new[] { description.Name, description.Publisher }.Where(text => !IsPlain(text, 100)))
        {
            yield return $"'{text}' is not a line of 1 to 100 ASCII characters without brackets, braces and quotes";
        }

        if (description.Comments.Length > 0 && !IsPlain(description.Comments, LongestText))
        {
            yield return $"its comments '{description.Comments}' are not a line of at most {LongestText} ASCII characters without brackets, braces and quotes";
        }

        if (!MsiVersion.TryParse(description.Version, out _))
        {
            yield return $"its version '{description.Version}' cannot be compared; {MsiVersion.Accepted}";
        }

        if (description.UpgradeCode == Guid.Empty)
        {
            yield return "it has no upgrade code";
        }

        if (!RegistryKey().IsMatch(description.RegistryKey))
        {
            yield return $@"its registry key '{description.RegistryKey}' is not of the form Software\Publisher\Product";
        }

        if (description.SourceDateEpoch < 0)
        {
            yield return "its files' time is before 1970";
        }

        if (description.Icon is { } icon && (!File.Exists(icon) || Path.GetExtension(icon) != ".ico"))
        {
            yield return $"its icon {icon} is not an .ico file that exists";
        }
    }

    private static IEnumerable<string> Features(MsiDescription description)
    {
        if (description.Features.Count == 0)
        {
            yield return "it has no features";
        }

        for (int index = 0; index < description.AllFeatures.Count; index++)
        {
            MsiFeature feature = description.AllFeatures[index];
            if (!FeatureId().IsMatch(feature.Id))
            {
                yield return $"'{feature.Id}' cannot be a feature's id (a letter, then letters, digits and '_', at most 38)";
            }

            if (!IsPlain(feature.Title, LongestFeatureTitle) || !IsPlain(feature.Description, LongestText))
            {
                yield return $"the feature {feature.Id} needs a title of at most {LongestFeatureTitle} and a description of at most {LongestText} characters, one plain ASCII line each";
            }

            if ((feature.Choice == SectionChoice.Required) != (index == 0))
            {
                yield return $"the feature {feature.Id} is {(index == 0 ? "the first one and must be required" : "not the first one and cannot be required")}";
            }
        }

        foreach (string twice in Repeated(description.AllFeatures.Select(feature => feature.Id)))
        {
            yield return $"two features have the id {twice}";
        }

        if (description.PathFeature is { Files.Count: > 0 })
        {
            yield return "the feature that changes PATH cannot have files";
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,37}$")]
    private static partial Regex FeatureId();

    [GeneratedRegex(@"^Software(\\[A-Za-z0-9_.-]+){2,}$")]
    private static partial Regex RegistryKey();
}

/// <summary>Finds what is wrong with an MSI's files and shortcuts.</summary>
internal static class MsiContentValidation
{
    public static IEnumerable<string> Problems(MsiDescription description) => [.. Files(description), .. Shortcuts(description)];

    private static IEnumerable<string> Files(MsiDescription description)
    {
        InstalledFile[] files = [.. description.Features.SelectMany(feature => feature.Files)];
        foreach (InstalledFile file in files)
        {
            if (WindowsNames.Problem(file.Target) is { } problem)
            {
                yield return $"the target '{file.Target}' {problem}";
            }
            else if (!MsiValidation.IsText(file.Target, MsiValidation.LongestText))
            {
                yield return $"the target '{file.Target}' is not ASCII";
            }

            if (!File.Exists(file.Source))
            {
                yield return $"{file.Source} (for {file.Target}) does not exist";
            }
        }

        foreach (string twice in MsiValidation.Repeated(files.Select(file => file.Target)))
        {
            yield return $"two files would be installed as {twice} (Windows does not tell letter cases apart)";
        }

        var names = files.Select(file => file.Target).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (string folder in InstallFolders.Of(files).Where(names.Contains))
        {
            yield return $"{folder} would be both a file and a folder";
        }
    }

    private static IEnumerable<string> Shortcuts(MsiDescription description)
    {
        foreach (MsiShortcut shortcut in description.Shortcuts)
        {
            if (!MsiValidation.IsFolderName(shortcut.Name) || !MsiValidation.IsPlain(shortcut.Description, MsiValidation.LongestText) || (shortcut.Arguments.Length > 0 && !MsiValidation.IsText(shortcut.Arguments, MsiValidation.LongestText)))
            {
                yield return $"the shortcut '{shortcut.Name}' needs a name that a file can have, a description and arguments of at most {MsiValidation.LongestText} ASCII characters";
            }

            if (shortcut.Target != MsiShortcut.CommandPrompt && !description.Features.SelectMany(feature => feature.Files).Any(file => file.Target == shortcut.Target))
            {
                yield return $"the shortcut '{shortcut.Name}' leads to '{shortcut.Target}', which no feature installs";
            }

            if (description.AllFeatures.All(feature => feature.Id != shortcut.Feature))
            {
                yield return $"the shortcut '{shortcut.Name}' belongs to the feature '{shortcut.Feature}', which does not exist";
            }
        }

        foreach (string twice in MsiValidation.Repeated(description.Shortcuts.Select(shortcut => shortcut.Name)))
        {
            yield return $"two shortcuts have the name {twice}";
        }
    }
}

/// <summary>Finds what is wrong with an MSI's choices, its registry values and the line that it writes among the user's settings.</summary>
internal static partial class MsiSettingsValidation
{
    public static IEnumerable<string> Problems(MsiDescription description) =>
        [.. Choices(description), .. Neighbours(description), .. Registry(description), .. Configuration(description)];

    private static IEnumerable<string> Choices(MsiDescription description)
    {
        foreach (MsiChoice choice in description.Choices)
        {
            // directories and what Windows Installer itself defines are properties too
            if (!Property().IsMatch(choice.Property) || choice.Property == MsiDescription.InstallFolder)
            {
                yield return $"'{choice.Property}' cannot be a property of the command line (upper-case letters, digits and '_', not {MsiDescription.InstallFolder})";
            }

            foreach (string value in choice.Values.Where(value => !Value().IsMatch(value)))
            {
                yield return $"'{value}' cannot be a value of {choice.Property} (letters, digits and '-')";
            }

            if (!choice.Values.Contains(choice.Default))
            {
                yield return $"the default of {choice.Property}, '{choice.Default}', is not one of its values";
            }
        }

        foreach (string twice in MsiValidation.Repeated(description.Choices.Select(choice => choice.Property)))
        {
            yield return $"two choices have the property {twice}";
        }
    }

    private static IEnumerable<string> Neighbours(MsiDescription description)
    {
        foreach ((MsiChoice choice, MsiNeighbour neighbour) in description.Choices.Where(choice => choice.Neighbour is not null).Select(choice => (choice, choice.Neighbour!)))
        {
            if (neighbour.RegistryKeys.Count == 0 || !Value().IsMatch(neighbour.RegistryName))
            {
                yield return $"what {choice.Property} yields to needs a registry key, and a value's name of letters, digits and '-' instead of '{neighbour.RegistryName}'";
            }

            // in our own key it would find us, not them
            foreach (string key in neighbour.RegistryKeys.Where(key => !ForeignKey().IsMatch(key) || string.Equals(key, description.RegistryKey, StringComparison.OrdinalIgnoreCase)))
            {
                yield return $@"the registry key '{key}', which {choice.Property} yields to, is not of the form Software\Product, or it is the product's own";
            }

            if (!choice.Values.Contains(neighbour.Default))
            {
                yield return $"the default of {choice.Property} beside another product, '{neighbour.Default}', is not one of its values";
            }
        }
    }

    private static IEnumerable<string> Registry(MsiDescription description)
    {
        foreach (MsiRegistryValue value in description.RegistryValues
            .Where(value => !Value().IsMatch(value.Name) || !MsiValidation.IsText(value.Text, MsiValidation.LongestText) || value.Text[0] == '#'))
        {
            yield return $"the registry value '{value.Name}' needs a name of letters, digits and '-', and an ASCII text that does not begin with '#'";
        }

        string[] names =
        [
            .. description.RegistryValues.Select(value => value.Name), .. description.Choices.Select(choice => choice.RegistryName),
            "InstallDir", "Version", "PathEntry", "ConfigurationFile",
        ];
        foreach (string twice in MsiValidation.Repeated(names))
        {
            yield return $"two registry values have the name {twice}";
        }
    }

    private static IEnumerable<string> Configuration(MsiDescription description)
    {
        if (description.Configuration is not { } entry)
        {
            yield break;
        }

        foreach (string name in entry.Folder.Split('/').Append(entry.FileName).Where(name => !MsiValidation.IsFolderName(name)))
        {
            yield return $"the configuration file's path {entry.Folder}/{entry.FileName} has the part '{name}', which cannot be a name in ASCII";
        }

        if (!Value().IsMatch(entry.Section) || !Value().IsMatch(entry.Key))
        {
            yield return $"the configuration's section '{entry.Section}' and key '{entry.Key}' must be letters, digits and '-'";
        }

        if (description.Choices.All(choice => choice.Property != entry.Property || !choice.Values.Contains(entry.ExceptFor)))
        {
            yield return $"the configuration is written by {entry.Property} except for '{entry.ExceptFor}', but there is no such choice with such a value";
        }
    }

    [GeneratedRegex("^[A-Z][A-Z0-9_]*$")]
    private static partial Regex Property();

    [GeneratedRegex("^[A-Za-z0-9-]+$")]
    private static partial Regex Value();

    [GeneratedRegex(@"^Software(\\[A-Za-z0-9_. -]+)+$")]
    private static partial Regex ForeignKey();
}
