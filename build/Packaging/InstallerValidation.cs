using System.Text.RegularExpressions;

namespace Qcw.Build.Packaging;

/// <summary>Finds everything that is wrong with an installer's description before any tool runs.</summary>
public static partial class InstallerValidation
{
    /// <summary>Ids are kept in one text at install time, and NSIS holds texts of up to 1023 characters.</summary>
    private const int LongestIdList = 400;

    /// <summary>Checks a description.</summary>
    /// <exception cref="BuildException">It cannot become an installer; the message names every problem.</exception>
    public static void Validate(InstallerDescription description)
    {
        string[] problems = [.. About(description), .. Sections(description), .. Files(description), .. Shortcuts(description)];
        if (problems.Length > 0)
        {
            throw new BuildException($"the installer of {description.Name} cannot be made:\n  {string.Join("\n  ", problems)}");
        }
    }

    private static IEnumerable<string> About(InstallerDescription description)
    {
        if (WindowsNames.Problem(description.Id) is not null || description.Id.Contains('/', StringComparison.Ordinal))
        {
            yield return $"its id '{description.Id}' cannot be the name of a folder";
        }

        foreach (string text in new[] { description.Name, description.Publisher }.Where(text => !IsLine(text, 100)))
        {
            yield return $"'{text}' is not a line of 1 to 100 characters";
        }

        if (WindowsNames.Problem(description.Name) is not null || description.Name.Contains('/', StringComparison.Ordinal))
        {
            yield return $"its name '{description.Name}' cannot be that of its folder in the Start menu";
        }

        if (!InstallerVersion.TryParse(description.Version, out _))
        {
            yield return $"its version '{description.Version}' cannot be ordered; {InstallerVersion.Accepted}";
        }

        if (!File.Exists(description.LicenseFile))
        {
            yield return $"its licence text {description.LicenseFile} does not exist";
        }

        if (description.SourceDateEpoch < 0)
        {
            yield return "its files' time is before 1970";
        }

        if (!string.IsNullOrEmpty(description.PathFolder) && WindowsNames.Problem(description.PathFolder) is { } folderProblem)
        {
            yield return $"the folder for PATH, '{description.PathFolder}', {folderProblem}";
        }
    }

    private static IEnumerable<string> Sections(InstallerDescription description)
    {
        foreach (InstallerSection section in description.Sections)
        {
            if (!SectionId().IsMatch(section.Id) || section.Id == InstallerDescription.PathSectionId)
            {
                yield return $"'{section.Id}' cannot be a section's id (a-z, 0-9 and '-', not '{InstallerDescription.PathSectionId}')";
            }

            if (!IsLine(section.Title, 100) || !IsLine(section.Description, 250))
            {
                yield return $"the section {section.Id} needs a title of at most 100 and a description of at most 250 characters, one line each";
            }
        }

        foreach (string twice in Repeated(description.Sections.Select(section => section.Id)))
        {
            yield return $"two sections have the id {twice}";
        }

        if (string.Join(',', description.OptionalSectionIds).Length > LongestIdList)
        {
            yield return $"the ids of its optional sections have more than {LongestIdList} characters together";
        }
    }

    private static IEnumerable<string> Files(InstallerDescription description)
    {
        InstalledFile[] files = [.. description.Sections.SelectMany(section => section.Files)];
        foreach (InstalledFile file in files)
        {
            if (WindowsNames.Problem(file.Target) is { } problem)
            {
                yield return $"the target '{file.Target}' {problem}";
            }

            if (!File.Exists(file.Source))
            {
                yield return $"{file.Source} (for {file.Target}) does not exist";
            }
        }

        foreach (string twice in Repeated(files.Select(file => file.Target).Append(InstallerDescription.UninstallerName)))
        {
            yield return $"two files would be installed as {twice} (Windows does not tell letter cases apart)";
        }

        var names = files.Select(file => file.Target).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (string folder in InstallFolders.Of(files).Where(names.Contains))
        {
            yield return $"{folder} would be both a file and a folder";
        }

        if (description.DisplayIcon is { } icon && !names.Contains(icon))
        {
            yield return $"its icon's file '{icon}' is not installed by any section";
        }
    }

    private static IEnumerable<string> Shortcuts(InstallerDescription description)
    {
        var targets = description.Sections.SelectMany(section => section.Files).Select(file => file.Target)
            .Concat([InstallerShortcut.CommandPrompt, InstallerShortcut.Uninstaller]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (InstallerShortcut shortcut in description.Shortcuts)
        {
            if (WindowsNames.Problem(shortcut.Name) is { } problem)
            {
                yield return $"the shortcut's name '{shortcut.Name}' {problem}";
            }

            if (!targets.Contains(shortcut.Target))
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

    private static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key);

    private static bool IsLine(string text, int longest) => text.Length > 0 && text.Length <= longest && !text.Any(char.IsControl);

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex SectionId();
}
