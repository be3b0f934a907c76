namespace Qcw.Build.Packaging.Nsis;

/// <summary>What a setup program needs besides what every installer needs.</summary>
internal static class NsisValidation
{
    // the chosen ids are kept in one text at install time, and NSIS holds texts of up to 1023 characters
    private const int LongestIdList = 400;

    /// <summary>Checks a description.</summary>
    /// <exception cref="BuildException">It cannot become a setup program; the message names every problem.</exception>
    public static void Validate(InstallerDescription description) =>
        new InstallerValidation(description, "setup program", isAscii: false)
        {
            OwnFiles = [InstallerDescription.UninstallerName],
            OwnTargets = [InstallerShortcut.CommandPrompt, InstallerShortcut.Uninstaller],
        }.Check(Problems(description));

    private static IEnumerable<string> Problems(InstallerDescription description)
    {
        if ((description.Nsis.Order ?? description.Version.Order) is null)
        {
            yield return $"its version '{description.Version}' cannot be ordered: a setup program does not replace a newer version, "
                + "so only -alpha, -beta or -rc with a number, what git describe appends, and +text may follow the numbers";
        }

        if (!File.Exists(description.LicenceFile))
        {
            yield return description.LicenceFile is { } file ? $"its licence text {file} does not exist" : "it has no licence text";
        }

        foreach (InstallerPath path in description.Paths.Where(path => path.Folder.Length > 0))
        {
            if (WindowsNames.Problem(path.Folder) is { } problem)
            {
                yield return $"the folder for PATH, '{path.Folder}', {problem}";
            }
        }

        if ((description.Nsis.Choice is null) != (description.Nsis.Configuration is null))
        {
            yield return "a choice needs a file that it is written into, and the reverse";
        }

        if (description.Nsis.Machines is { } machines && machines.Files.Count(c => c == '*') != 1)
        {
            yield return $"'{machines.Files}' needs one * in place of a machine's name";
        }

        if (string.Join(',', description.OptionalSectionIds).Length > LongestIdList)
        {
            yield return $"the ids of its optional sections have more than {LongestIdList} characters together";
        }
    }
}
