using System.Text.RegularExpressions;

namespace Qcw.Build.Packaging.Msi;

/// <summary>What an MSI needs besides what every installer needs.</summary>
internal static partial class MsiValidation
{
    private const int LongestClosing = 100;

    /// <summary>Checks a description.</summary>
    /// <exception cref="BuildException">It cannot become an MSI; the message names every problem.</exception>
    public static void Validate(InstallerDescription description)
    {
        var rules = new InstallerValidation(description, "MSI", isAscii: true) { OwnTargets = [InstallerShortcut.CommandPrompt] };
        rules.Check(
        [
            .. About(description),
            .. description.Msi is { } msi
                ? [.. Registration(msi, rules), .. Choices(msi), .. Neighbours(msi), .. Configuration(msi, rules)]
                : new[] { $"its description has no {nameof(InstallerDescription.Msi)} part" },
        ]);
    }

    private static IEnumerable<string> About(InstallerDescription description)
    {
        if (description.Version.MsiVersion is null)
        {
            yield return $"its version '{description.Version}' cannot be that of an MSI: "
                + "Windows Installer takes at most 255 as the first and second number";
        }

        foreach ((InstallerSection section, int index) in description.Sections.Select((section, index) => (section, index))
            .Where(item => (item.section.Choice == SectionChoice.Required) != (item.index == 0)))
        {
            string rule = index == 0 ? "the first one and must be required" : "not the first one and cannot be required";
            yield return $"the section {section.Id} is {rule}";
        }

        if (description.Path is { Folder.Length: > 0 } path)
        {
            yield return $"it puts the folder '{path.Folder}' on PATH, and an MSI can only put the install folder itself there";
        }

        foreach (InstallerPath more in description.MorePaths)
        {
            yield return $"it has the section {more.SectionId}, and an MSI can only put one folder on PATH";
        }
    }

    private static IEnumerable<string> Registration(MsiPart msi, InstallerValidation rules)
    {
        if (msi.Comments.Length > 0 && !rules.IsPlain(msi.Comments))
        {
            yield return $"its comments '{msi.Comments}' are not a line of at most {InstallerValidation.LongestText} {rules.Characters}";
        }

        if (!rules.IsPlain(msi.Closing, LongestClosing))
        {
            yield return $"how it is closed, '{msi.Closing}', is not a line of 1 to {LongestClosing} {rules.Characters}";
        }

        if (msi.UpgradeCode == Guid.Empty)
        {
            yield return "it has no upgrade code";
        }

        if (!RegistryKey().IsMatch(msi.RegistryKey))
        {
            yield return $@"its registry key '{msi.RegistryKey}' is not of the form Software\Publisher\Product";
        }

        string[] names = [.. msi.Choices.Select(choice => choice.RegistryName), "InstallDir", "Version", "PathEntry", "ConfigurationFile"];
        foreach (string name in names.Where(name => !Value().IsMatch(name)))
        {
            yield return $"'{name}' cannot be the name of a registry value (letters, digits and '-')";
        }

        foreach (string twice in InstallerValidation.Repeated(names))
        {
            yield return $"two registry values have the name {twice}";
        }
    }

    private static IEnumerable<string> Choices(MsiPart msi)
    {
        foreach (MsiChoice choice in msi.Choices)
        {
            // directories and what Windows Installer itself defines are properties too
            if (!Property().IsMatch(choice.Property) || choice.Property == MsiPart.InstallFolder)
            {
                yield return $"'{choice.Property}' cannot be a property of the command line "
                    + $"(upper-case letters, digits and '_', not {MsiPart.InstallFolder})";
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

        foreach (string twice in InstallerValidation.Repeated(msi.Choices.Select(choice => choice.Property)))
        {
            yield return $"two choices have the property {twice}";
        }
    }

    private static IEnumerable<string> Neighbours(MsiPart msi)
    {
        foreach (MsiChoice choice in msi.Choices)
        {
            if (choice.Neighbour is not { } neighbour)
            {
                continue;
            }

            if (neighbour.RegistryKeys.Count == 0 || !Value().IsMatch(neighbour.RegistryName))
            {
                yield return $"the neighbour of {choice.Property} needs a registry key, and a value's name of letters, digits and '-' "
                    + $"instead of '{neighbour.RegistryName}'";
            }

            // in our own key it would find us, not them
            foreach (string key in neighbour.RegistryKeys
                .Where(key => !ForeignKey().IsMatch(key) || string.Equals(key, msi.RegistryKey, StringComparison.OrdinalIgnoreCase)))
            {
                yield return $"the registry key '{key}' of the neighbour of {choice.Property} is not of the form "
                    + @"Software\Product, or it is the product's own";
            }

            if (!choice.Values.Contains(neighbour.Default))
            {
                yield return $"the default of {choice.Property} beside its neighbour, '{neighbour.Default}', is not one of its values";
            }
        }
    }

    private static IEnumerable<string> Configuration(MsiPart msi, InstallerValidation rules)
    {
        if (msi.Configuration is not { } entry)
        {
            yield break;
        }

        foreach (string name in entry.Folder.Split('/').Append(entry.FileName).Where(name => !rules.IsFileName(name)))
        {
            yield return $"the configuration file's path {entry.Folder}/{entry.FileName} has the part '{name}', "
                + $"which cannot be a name{rules.InCharacters}";
        }

        if (!Value().IsMatch(entry.Section) || !Value().IsMatch(entry.Key))
        {
            yield return $"the configuration's section '{entry.Section}' and key '{entry.Key}' must be letters, digits and '-'";
        }

        foreach (MsiConfigurationFolders folders in entry.Folders)
        {
            if (!Value().IsMatch(folders.Section) || !Words().IsMatch(folders.Key) || folders.Paths.Count == 0)
            {
                yield return $"the configuration's list '{folders.Key}' of the section '{folders.Section}' must have names of letters, "
                    + "digits, '-' and '_', and at least one folder";
            }

            // the value is in apostrophes, and Windows Installer reads brackets
            foreach (string path in folders.Paths.Where(path =>
                !Literal().IsMatch(path.StartsWith(MsiConfigurationFolders.ProgramFiles, StringComparison.Ordinal)
                    ? path[MsiConfigurationFolders.ProgramFiles.Length..] : path)))
            {
                yield return $"the folder '{path}' of the configuration's list '{folders.Key}' cannot be written: "
                    + $"expected ASCII without ' [ ] {{ }}, with {MsiConfigurationFolders.ProgramFiles} in front or not";
            }
        }

        if (msi.Choices.All(choice => choice.Property != entry.Property || !choice.Values.Contains(entry.ExceptFor)))
        {
            yield return $"the configuration is written by {entry.Property} except for '{entry.ExceptFor}', "
                + "but no choice has that property and that value";
        }
    }

    [GeneratedRegex(@"^Software(\\[A-Za-z0-9_.-]+){2,}\z")]
    private static partial Regex RegistryKey();

    [GeneratedRegex(@"^[A-Z][A-Z0-9_]*\z")]
    private static partial Regex Property();

    [GeneratedRegex(@"^[A-Za-z0-9-]+\z")]
    private static partial Regex Value();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\z")]
    private static partial Regex Words();

    [GeneratedRegex(@"^[ -~-['\[\]{}]]+\z")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^Software(\\[A-Za-z0-9_. -]+)+\z")]
    private static partial Regex ForeignKey();
}
