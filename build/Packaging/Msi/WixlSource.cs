using System.Globalization;
using System.Xml.Linq;

namespace Qcw.Build.Packaging.Msi;

/// <summary>
/// Writes the WiX 3 source that wixl 0.101 turns into an MSI. What that wixl does not know, or says it knows and does wrong, is
/// left to <see cref="MsiTables"/>.
/// </summary>
internal sealed class WixlSource(MsiDescription description, MsiLayout layout, MsiRules rules)
{
    private const int FirstEarlyAction = 51; // after AppSearch (50), before LaunchConditions (100)
    private static readonly XNamespace Wix = "http://schemas.microsoft.com/wix/2006/wi";

    /// <summary>The source.</summary>
    /// <param name="productCode">The product's GUID.</param>
    /// <param name="version">Three numbers.</param>
    public string Text(Guid productCode, string version) => XmlText.Of(new XElement(
        Wix + "Wix",
        new XElement(
            Wix + "Product",
            new XAttribute("Id", productCode.Text()), new XAttribute("Name", description.Name), new XAttribute("Language", "1033"),
            new XAttribute("Version", version), new XAttribute("Manufacturer", description.Publisher), new XAttribute("UpgradeCode", description.UpgradeCode.Text()),
            new XElement(
                Wix + "Package",
                new XAttribute("InstallerVersion", "500"), new XAttribute("Compressed", "yes"),
                new XAttribute("InstallScope", description.Edition == MsiEdition.PerMachine ? "perMachine" : "perUser"),
                new XAttribute("Description", $"{description.Name} {description.Version}"), new XAttribute("Keywords", "Installer")),
            new XElement(Wix + "Media", new XAttribute("Id", "1"), new XAttribute("Cabinet", "product.cab"), new XAttribute("EmbedCab", "yes")),
            rules.LaunchConditions.Prepend(rules.NotNewer).Select(condition => new XElement(Wix + "Condition", new XAttribute("Message", condition.Message), condition.Condition)),
            rules.Searches.Select(Search),
            rules.Properties.Select(property => new XElement(Wix + "Property", new XAttribute("Id", property.Id), new XAttribute("Value", property.Value))),
            description.Icon is null ? null : new XElement(Wix + "Icon", new XAttribute("Id", MsiRules.IconId), new XAttribute("SourceFile", MsiRules.IconId)),
            rules.EarlyActions.Append(rules.InstallLocation).Select(action => new XElement(
                Wix + "CustomAction", new XAttribute("Id", action.Action), new XAttribute("Property", action.Property), new XAttribute("Value", action.Value))),
            new XElement(Wix + "InstallUISequence", Early()),
            new XElement(
                Wix + "InstallExecuteSequence", Early(), Scheduled(rules.InstallLocation, 1001),
                Standard("MigrateFeatureStates", 1200), Standard("RemoveExistingProducts", 1510)), // after InstallInitialize: it is undone with the rest
            new XElement(Wix + "Directory", new XAttribute("Id", "TARGETDIR"), new XAttribute("Name", "SourceDir"), layout.Folders.Select(Folder)),
            Feature(description.Features[0], description.AllFeatures.Skip(1)))));

    private static XElement Search(MsiRegistrySearch search) => new(
        Wix + "Property", new XAttribute("Id", search.Property),
        new XElement(
            Wix + "RegistrySearch",
            new XAttribute("Id", search.Id), new XAttribute("Root", search.Root), new XAttribute("Key", search.Key),
            new XAttribute("Name", search.Name), new XAttribute("Type", "raw"), new XAttribute("Win64", "yes")));

    private IEnumerable<XElement> Early() =>
    [
        Standard("FindRelatedProducts", 25),
        Standard("AppSearch", 50),
        .. rules.EarlyActions.Select((action, index) => Scheduled(action, FirstEarlyAction + index)),
        Standard("LaunchConditions", 100),
    ];

    private static XElement Standard(string action, int number) => new(Wix + action, new XAttribute("Sequence", Number(number)));

    private static XElement Scheduled(MsiSetProperty action, int number) =>
        new(Wix + "Custom", new XAttribute("Action", action.Action), new XAttribute("Sequence", Number(number)), action.Condition);

    private XElement Folder(MsiDirectory folder) => new(
        Wix + "Directory", new XAttribute("Id", folder.Id), XmlText.Optional("Name", folder.Name),
        folder.Components.Select(Component), folder.Children.Select(Folder));

    private XElement Component(MsiComponent component) => new(
        Wix + "Component", new XAttribute("Id", component.Id), new XAttribute("Guid", component.Code.Text()), new XAttribute("Win64", "yes"),
        component.Configuration is null ? null : new XElement(Wix + "CreateFolder"),
        component.File is not { } file ? null : new XElement(
            Wix + "File", new XAttribute("Id", component.FileId), new XAttribute("Name", file.TargetName),
            new XAttribute("Source", layout.StagedNames[file]), new XAttribute("KeyPath", "yes")),
        component.Shortcuts.Select(Shortcut),
        component.Registry.Select((value, index) => new XElement(
            Wix + "RegistryValue",
            new XAttribute("Root", component.RegistryRoot), new XAttribute("Key", description.RegistryKey), new XAttribute("Name", value.Name),
            new XAttribute("Type", "string"), new XAttribute("Value", value.Text), index == 0 ? new XAttribute("KeyPath", "yes") : null)));

    private XElement Shortcut(MsiShortcut shortcut) => new(
        Wix + "Shortcut",
        new XAttribute("Id", MsiNames.Identifier("shortcut", shortcut.Name)), new XAttribute("Name", shortcut.Name),
        new XAttribute("Target", MsiShortcuts.Target(shortcut, layout)), XmlText.Optional("Arguments", shortcut.Arguments),
        new XAttribute("Description", shortcut.Description));

    private XElement Feature(MsiFeature feature, IEnumerable<MsiFeature> children) => new(
        Wix + "Feature",
        new XAttribute("Id", feature.Id), new XAttribute("Title", feature.Title), new XAttribute("Description", feature.Description),
        new XAttribute("Level", Number(MsiFeatures.Level(feature))),
        feature.Choice == SectionChoice.Required ? new XAttribute("ConfigurableDirectory", MsiDescription.InstallFolder) : null,
        layout.ComponentsOf(feature).Select(component => new XElement(Wix + "ComponentRef", new XAttribute("Id", component.Id))),
        children.Select(child => Feature(child, [])));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
