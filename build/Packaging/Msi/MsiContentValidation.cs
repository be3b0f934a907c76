namespace Qcw.Build.Packaging.Msi;

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
