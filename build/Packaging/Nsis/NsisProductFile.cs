using System.Globalization;
using System.Text;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Packaging.Nsis;

/// <summary>Writes <c>product-names.nsh</c>: the names and numbers of one product.</summary>
internal static class NsisProductFile
{
    /// <summary>The file's text.</summary>
    /// <param name="description">A valid description.</param>
    public static string Text(InstallerDescription description)
    {
        var text = new StringBuilder();
        Define("ID", description.Id);
        Define("NAME", description.Name);
        Define("CAPTION", description.Name.Replace("&", "&&", StringComparison.Ordinal)); // a single & would underline the next letter
        Define("VERSION", description.Version.Text);
        Define("VERSION_NUMBERS", description.Version.FileVersion.ToString());
        Define("VERSION_ORDER", description.Nsis.Order ?? description.Version.Order!);
        Define("PUBLISHER", description.Publisher);
        Define("HOMEPAGE", description.Homepage.AbsoluteUri);
        Define("MENU_FOLDER", description.MenuFolder);
        Define("COMPONENTS", string.Join(',', description.OptionalSectionIds));
        Define("ICON", NsisText.Backslashes(description.DisplayIcon ?? InstallerDescription.UninstallerName));
        Define("WINDOWS_NAME", description.Nsis.OldestWindows.Name);
        Define("WINDOWS_BUILD", description.Nsis.OldestWindows.Build.ToString(CultureInfo.InvariantCulture));
        foreach ((string name, string value) in Settings(description.Nsis).Concat(Others(description.Nsis))
            .Concat(Whole(description.PartOf)))
        {
            Define(name, value);
        }

        return text.ToString();

        // a folder of Windows is one of NSIS's variables
        void Define(string name, string value) => text.Append("!define PRODUCT_").Append(name).Append(' ')
            .Append(NsisText.Quote(value).Replace(MsiConfigurationFolders.ProgramFiles, @"$PROGRAMFILES64\", StringComparison.Ordinal))
            .Append('\n');
    }

    private static IEnumerable<(string Name, string Value)> Settings(NsisPart part)
    {
        if (part.Choice is not { } choice)
        {
            yield break;
        }

        MsiConfigurationEntry entry = part.Configuration!;
        yield return ("CHOICE", choice.Property);
        yield return ("CHOICE_VALUES", string.Join(',', choice.Values));
        yield return ("CHOICE_DEFAULT", choice.Default);
        yield return ("CHOICE_BESIDE", choice.Neighbour?.Default ?? choice.Default);
        yield return ("CHOICE_NOTHING", entry.ExceptFor);
        yield return ("SETTINGS_FILE", $@"{NsisText.Backslashes(entry.Folder)}\{entry.FileName}");
        yield return ("SETTINGS_SECTION", entry.Section);
        yield return ("SETTINGS_KEY", entry.Key);
        if (entry.MachineWide)
        {
            yield return ("SETTINGS_MACHINE_WIDE", string.Empty);
        }

        yield return ("FOLDERS_SECTION", entry.Folders.Select(folders => folders.Section).FirstOrDefault(entry.Section));
        foreach (MsiConfigurationFolders folders in entry.Folders)
        {
            yield return ("FOLDERS_KEY", folders.Key);
            yield return ("FOLDERS_VALUE", folders.Text);
        }
    }

    private static IEnumerable<(string Name, string Value)> Whole(IncludingProduct? whole) =>
        whole is null ? [] : [("PART_OF", whole.Id), ("PART_OF_NAME", whole.Name)];

    private static IEnumerable<(string Name, string Value)> Others(NsisPart part)
    {
        if (part.Replaces.Count > 0)
        {
            yield return ("REPLACES", string.Empty);
        }

        if (part.Machines is { } machines)
        {
            string[] ends = NsisText.Backslashes(machines.Files).Split('*');
            yield return ("MACHINES", ends[0]);
            yield return ("MACHINES_END", ends[1]);
            yield return ("MACHINES_PROGRAM", NsisText.Backslashes(machines.Program));
            yield return ("MACHINES_ARGUMENTS", machines.Arguments);
            yield return ("MACHINES_VARIABLE", machines.Variable);
            yield return ("MACHINES_VALUE", machines.Value);
        }
    }
}
