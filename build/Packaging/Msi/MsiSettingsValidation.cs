using System.Text.RegularExpressions;

namespace Qcw.Build.Packaging.Msi;

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
