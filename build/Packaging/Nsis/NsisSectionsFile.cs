using System.Globalization;
using System.Text;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Packaging.Nsis;

/// <summary>
/// Writes <c>product-sections.nsh</c>: the sections of a description, and the lists that the rest of the script walks (<c>ForEachFolder</c>
/// and similar macros, which call a given macro once for each item). Files have instructions instead, because there are hundreds, and a
/// call of a macro takes makensis a long time. Everything is sorted, so that the order in which files were found does not matter.
/// </summary>
/// <param name="description">A valid description.</param>
/// <param name="staged">The name of each file's staged copy, relative to the folder that makensis runs in.</param>
internal sealed class NsisSectionsFile(InstallerDescription description, IReadOnlyDictionary<InstalledFile, string> staged)
{
    private readonly StringBuilder text = new();

    public string Text()
    {
        for (int index = 0; index < description.Sections.Count; index++)
        {
            AddSection(description.Sections[index], Symbol(index));
        }

        for (int index = 0; index < description.Paths.Count; index++)
        {
            Line($"Section /o {NsisText.Quote(description.Paths[index].Title)} {Symbol(description.Sections.Count + index)}");
            Line("SectionEnd");
        }

        AddSectionLists();
        AddItems("CheckFiles UN", section => Sorted(section.Files)
            .SelectMany(file => (string[])[$"Push {Installed(file.Target)}", "Call ${UN}CheckFree"]));
        AddItems("RemoveFiles", section => Sorted(section.Files).Select(file => $"Delete {Installed(file.Target)}"));
        AddItems("ForEachShortcut ACTION", section => description.Shortcuts
            .Where(shortcut => shortcut.Section == section.Id)
            .OrderBy(shortcut => shortcut.Name, StringComparer.Ordinal)
            .Select(shortcut => $"!insertmacro ${{ACTION}} {Arguments(shortcut)}"));
        AddMacro("ForEachFolder ACTION", InstallFolders.Of(description.Files)
            .Select(folder => $"!insertmacro ${{ACTION}} {Path(folder)}"));
        AddMacro("ForEachPath ACTION", description.Paths.Select(path =>
            $"!insertmacro ${{ACTION}} \"{path.SectionId}\" {(path.Folder.Length == 0 ? "\"\"" : Path('/' + path.Folder))}"));
        AddProductLists(description.Nsis);
        return text.ToString();
    }

    private void AddSection(InstallerSection section, string symbol)
    {
        Line($"Section {NsisText.Quote(section.Title)} {symbol}");
        if (section.Choice == SectionChoice.Required)
        {
            Line("  SectionIn RO");
        }

        foreach (IGrouping<string, InstalledFile> folder in Sorted(section.Files).GroupBy(file => file.TargetFolder))
        {
            Line($"  !insertmacro EnterFolder {(folder.Key.Length == 0 ? "\"\"" : Path('/' + folder.Key))}");
            foreach (InstalledFile file in folder)
            {
                Line($"  !insertmacro InstallFile {NsisText.Quote(staged[file])} {NsisText.Quote(file.TargetName)}");
            }
        }

        Line("SectionEnd");
    }

    private void AddSectionLists()
    {
        var indexed = description.AllSections.Select((section, index) => (Section: section, Symbol: "${" + Symbol(index) + "}")).ToList();
        AddMacro("ForEachRequiredSection ACTION", indexed
            .Where(item => item.Section.Choice == SectionChoice.Required)
            .Select(item => $"!insertmacro ${{ACTION}} {item.Symbol}"));
        AddMacro("ForEachOptionalSection ACTION", indexed
            .Where(item => item.Section.Choice != SectionChoice.Required)
            .Select(item => (item.Symbol, Id: NsisText.Quote(item.Section.Id), IsOn: item.Section.Choice == SectionChoice.OnByDefault))
            .Select(item => $"!insertmacro ${{ACTION}} {item.Symbol} {item.Id} {(item.IsOn ? "1" : "0")}"));
        Line("!macro SectionDescriptions");
        foreach ((InstallerSection section, string symbol) in indexed)
        {
            Line($"  !insertmacro MUI_DESCRIPTION_TEXT {symbol} {NsisText.Quote(section.Description)}");
        }

        Line("!macroend");
    }

    private void AddProductLists(NsisPart part)
    {
        if (part.Choice is { } choice)
        {
            AddMacro("ForEachChoice ACTION", choice.Values.Select(value => Action(value)));
            AddMacro("ForEachNeighbour ACTION", (choice.Neighbour?.RegistryKeys ?? [])
                .SelectMany(key => Roots(), (key, root) => (key, root))
                .Select(item => Action(item.root, item.key, choice.Neighbour!.RegistryName)));
        }

        if (part.Replaces.Count > 0)
        {
            var products = part.Replaces.SelectMany(product => Roots(), (product, root) => (Product: product, Root: root)).ToList();
            AddMacro("ForEachReplaced ACTION", products.Select(item => Action(
                item.Root, item.Product.Name, item.Product.RegistryKey, item.Product.FolderValue,
                item.Product.UpgradeCodes.TryGetValue(EditionOf(item.Root), out Guid code) ? code.Text() : string.Empty,
                item.Product.ChoiceValue ?? string.Empty)));
            AddMacro("ForEachReplacedFile ACTION", products.SelectMany(item => item.Product.Programs.Select(program =>
                Action(item.Root, item.Product.RegistryKey, item.Product.FolderValue, NsisText.Backslashes(program)))));
            AddMacro("ForEachReplacedSection ACTION", products.Where(item => item.Product.UpgradeCodes.Count == 0)
                .SelectMany(item => description.Sections.Where(section => section.Choice != SectionChoice.Required)
                    .Select(section => Action(item.Root, item.Product.RegistryKey, section.Id))));
        }

        if (part.Machines is { } machines)
        {
            AddMacro("ForEachStaying ACTION", machines.Stays.Select(folder => Action(folder)));
        }

        static string[] Roots() => ["HKLM", "HKCU"];

        static MsiEdition EditionOf(string root) => root == "HKLM" ? MsiEdition.PerMachine : MsiEdition.PerUser;

        static string Action(params string[] arguments) => "!insertmacro ${ACTION} " + string.Join(
            ' ', arguments.Select((text, index) => index == 0 && text.StartsWith("HK", StringComparison.Ordinal)
                ? text : NsisText.Quote(NsisText.Backslashes(text))));
    }

    // the items of an optional section count only if that section is, or is being, installed
    private void AddItems(string macro, Func<InstallerSection, IEnumerable<string>> itemsOf)
    {
        var lines = new List<string>();
        foreach (InstallerSection section in description.Sections)
        {
            string[] items = [.. itemsOf(section)];
            bool optional = section.Choice != SectionChoice.Required && items.Length > 0;
            lines.AddRange(optional ? [$"${{If}} $Components HasId {NsisText.Quote(section.Id)}", .. items, "${EndIf}"] : items);
        }

        AddMacro(macro, lines);
    }

    private void AddMacro(string macro, IEnumerable<string> lines)
    {
        Line($"!macro {macro}");
        foreach (string line in lines)
        {
            Line("  " + line);
        }

        Line("!macroend");
    }

    // the order of MakeShortcut's parameters: name, target, arguments, description, the file that must be there
    private static string Arguments(InstallerShortcut shortcut)
    {
        string target = shortcut.Target switch
        {
            InstallerShortcut.CommandPrompt => "\"$SYSDIR\\cmd.exe\"",
            InstallerShortcut.Uninstaller => "\"$INSTDIR\\${UNINSTALLER}\"",
            _ => Installed(shortcut.Target),
        };
        string condition = shortcut.Target[0] == ':' ? "\"\"" : Path(shortcut.Target);
        string arguments = NsisText.Quote(shortcut.Arguments)
            .Replace(InstallerShortcut.InstallFolder, "$INSTDIR\\", StringComparison.Ordinal);
        return $"{NsisText.Quote(shortcut.Name)} {target} {arguments} {NsisText.Quote(shortcut.Description)} {condition}";
    }

    private static IEnumerable<InstalledFile> Sorted(IEnumerable<InstalledFile> files) =>
        files.OrderBy(file => file.TargetFolder, StringComparer.Ordinal).ThenBy(file => file.TargetName, StringComparer.Ordinal);

    private static string Path(string target) => NsisText.Quote(NsisText.Backslashes(target));

    private static string Installed(string target) => "\"$INSTDIR\\" + Path(target)[1..];

    private static string Symbol(int index) => string.Create(CultureInfo.InvariantCulture, $"SECTION_{index}");

    private void Line(string line) => text.Append(line).Append('\n');
}
