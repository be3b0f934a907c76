using System.Xml.Linq;

namespace Qcw.Build.Tests.Packaging.Msi.Wix5;

/// <summary>
/// The part of the schema of WiX 5.0.2 (namespace <c>http://wixtoolset.org/schemas/v4/wxs</c>) that is used: which attributes an
/// element may have, which it must have, and where it may stand. Written down from what the compiler of that release accepts.
/// </summary>
internal static class WixSchema
{
    public static readonly XNamespace Namespace = "http://wixtoolset.org/schemas/v4/wxs";

    private static readonly Dictionary<string, Rule> Rules = new()
    {
        ["Wix"] = new("", "", ""),
        ["Package"] = new(
            "Wix",
            "Manufacturer Name Version UpgradeCode",
            "Codepage Compressed InstallerVersion Language ProductCode Scope ShortNames UpgradeStrategy"),
        ["SummaryInformation"] = new("Package", "", "Codepage Comments Description Keywords Manufacturer"),
        ["Media"] = new("Package", "Id Cabinet", "CompressionLevel DiskPrompt EmbedCab Layout VolumeLabel Source"),
        ["MajorUpgrade"] = new(
            "Package", "DowngradeErrorMessage",
            "AllowSameVersionUpgrades Disallow DisallowUpgradeErrorMessage MigrateFeatures IgnoreLanguage "
                + "IgnoreRemoveFailure RemoveFeatures Schedule"),
        ["Launch"] = new("Package", "Condition Message", ""),
        ["Property"] = new("Package", "Id", "Admin ComplianceCheck Hidden Secure SuppressModularization Value"),
        ["RegistrySearch"] = new("Property", "Id Key Root Type", "Bitness Name"),
        ["DirectorySearch"] = new("Property", "Id", "Depth Path AssignToProperty"),
        ["FileSearch"] = new("DirectorySearch", "Name", "Id MinVersion MaxVersion MinSize MaxSize MinDate MaxDate Languages ShortName"),
        ["SetProperty"] = new("Package", "Id Value After", "Action Condition Sequence"),
        ["CustomAction"] = new(
            "Package", "Id",
            "BinaryRef Directory DllEntry Error ExeCommand Execute FileRef HideTarget Impersonate JScriptCall PatchUninstall Property "
                + "Return Script SuppressModularization TerminalServerAware Value VBScriptCall"),
        ["InstallExecuteSequence"] = new("Package", "", ""),
        ["Custom"] = new("InstallExecuteSequence", "Action", "After Before Condition OnExit Overridable Sequence"),
        ["InstallExecute"] = new("InstallExecuteSequence", "", "After Before Condition Overridable Sequence Suppress"),
        ["UI"] = new("Package", "", "Id"),
        ["Error"] = new("UI", "Id", "Message"),
        ["StandardDirectory"] = new("Package", "Id", ""),
        ["Directory"] = new(
            "StandardDirectory Directory", "Id Name", "ComponentGuidGenerationSeed DiskId FileSource ShortName ShortSourceName SourceName"),
        ["Component"] = new(
            "Directory StandardDirectory", "Id Guid",
            "Bitness Condition Directory Subdirectory DiskId Feature KeyPath Location NeverOverwrite Permanent "
                + "Shared SharedDllRefCount Transitive"),
        ["File"] = new(
            "Component",
            "Id Name Source",
            "Bitness Checksum CompanionFile Compressed DiskId Hidden KeyPath ReadOnly ShortName System Vital"),
        ["RegistryValue"] = new("Component", "Key Root Type Value", "Id Action KeyPath Name"),
        ["Shortcut"] = new(
            "Component",
            "Id Name Target",
            "Advertise Arguments Description Directory Subdirectory Hotkey Icon IconIndex ShortName Show WorkingDirectory"),
        ["Environment"] = new("Component", "Id Name Value Action", "Part Permanent Separator System"),
        ["IniFile"] = new("Component", "Id Action Name Section Key Value", "Directory ShortName"),
        ["CreateFolder"] = new("Component", "", "Directory Subdirectory"),
        ["RemoveFile"] = new("Component", "Id Name On", "Directory Subdirectory Property ShortName"),
        ["RemoveFolder"] = new("Component", "Id On", "Directory Subdirectory Property"),
        ["Feature"] = new(
            "Package Feature",
            "Id",
            "AllowAbsent AllowAdvertise ConfigurableDirectory Description Display InstallDefault Level Title TypicalDefault"),
        ["ComponentRef"] = new("Feature", "Id", "Primary"),
    };

    private static readonly Dictionary<string, string[]> Values = new()
    {
        ["Package/Scope"] = ["perMachine", "perUser", "perUserOrMachine"],
        ["Package/Compressed"] = ["yes", "no"],
        ["Media/CompressionLevel"] = ["none", "low", "medium", "high", "mszip"],
        ["MajorUpgrade/Schedule"] =
        [
            "afterInstallValidate",
            "afterInstallInitialize",
            "afterInstallExecute",
            "afterInstallExecuteAgain",
            "afterInstallFinalize",
        ],
        ["SetProperty/Sequence"] = ["execute", "first", "ui", "both"],
        ["StandardDirectory/Id"] =
            ["ProgramFiles64Folder", "LocalAppDataFolder", "ProgramMenuFolder", "TARGETDIR"],
        ["CustomAction/Execute"] = ["commit", "deferred", "firstSequence", "immediate", "oncePerProcess", "rollback", "secondSequence"],
        ["CustomAction/Return"] = ["asyncNoWait", "asyncWait", "check", "ignore"],
        ["Component/Bitness"] = ["always32", "always64", "default"],
        ["RegistrySearch/Bitness"] = ["always32", "always64", "default"],
        ["RegistrySearch/Type"] = ["directory", "file", "raw"],
        ["RegistryValue/Type"] = ["binary", "expandable", "integer", "multiString", "string"],
        ["RegistryValue/Root"] = ["HKLM", "HKCU"],
        ["Environment/Action"] = ["create", "set", "remove"],
        ["Environment/Part"] = ["all", "first", "last"],
        ["IniFile/Action"] = ["addLine", "addTag", "createLine", "removeLine", "removeTag"],
        ["RemoveFile/On"] = ["install", "uninstall", "both"],
        ["RemoveFolder/On"] = ["install", "uninstall", "both"],
    };

    /// <summary>What is wrong with a source, nothing where all is well.</summary>
    public static IEnumerable<string> Problems(XElement root) => root.DescendantsAndSelf().SelectMany(Check);

    private static IEnumerable<string> Check(XElement element)
    {
        string name = element.Name.LocalName;
        if (element.Name.Namespace != Namespace || !Rules.TryGetValue(name, out Rule? rule))
        {
            yield return $"{element.Name} is not known";
            yield break;
        }

        string parent = element.Parent?.Name.LocalName ?? string.Empty;
        if (!rule.Parents.Split(' ').Contains(parent))
        {
            yield return $"{name} stands in {parent}";
        }

        string[] attributes =
            [.. element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => attribute.Name.LocalName)];
        foreach (string unknown in attributes.Except(rule.Required.Split(' ')).Except(rule.Optional.Split(' ')))
        {
            yield return $"{name} has {unknown}";
        }

        foreach (string missing in rule.Required.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(attributes))
        {
            yield return $"{name} lacks {missing}";
        }

        foreach (XAttribute attribute in element
                .Attributes()
                .Where(attribute =>
                    Values.TryGetValue($"{name}/{attribute.Name}", out string[]? values) && !values.Contains(attribute.Value)))
        {
            yield return $"{name} has {attribute}";
        }

        if (element.Nodes().OfType<XText>().Any())
        {
            yield return $"{name} has text";
        }
    }

    private sealed record Rule(string Parents, string Required, string Optional);
}
