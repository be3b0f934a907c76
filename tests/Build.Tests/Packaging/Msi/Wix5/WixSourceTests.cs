using System.Text.RegularExpressions;
using System.Xml.Linq;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Packaging.Msi.Wix5;

namespace Qcw.Build.Tests.Packaging.Msi.Wix5;

/// <summary>The source for WiX 5, and that it agrees with the one for wixl.</summary>
[TestFixture(MsiEdition.PerMachine)]
[TestFixture(MsiEdition.PerUser)]
public sealed partial class WixSourceTests(MsiEdition edition)
{
    private static readonly XNamespace V3 = "http://schemas.microsoft.com/wix/2006/wi";

    private TemporaryFolder folder = null!;
    private MsiPlan plan = null!;
    private XElement v3 = null!;
    private XElement v4 = null!;

    [OneTimeSetUp]
    public void MakeSources()
    {
        folder = new TemporaryFolder();
        plan = new MsiPlan(TestMsi.Create(folder, edition));
        v3 = XElement.Parse(new WixlSource(plan).Text(plan.ProductCode));
        v4 = XElement.Parse(new WixSource(plan).Text(plan.ProductCode));
    }

    [OneTimeTearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void WiX_5_knows_every_element_and_attribute() => Assert.That(WixSchema.Problems(v4), Is.Empty);

    [Test]
    public void References_of_the_WiX_5_source_lead_somewhere()
    {
        string[] components = Ids(v4, WixSchema.Namespace + "Component");
        string[] folders = [.. Ids(v4, WixSchema.Namespace + "Directory"), .. Ids(v4, WixSchema.Namespace + "StandardDirectory")];
        string[] files = Ids(v4, WixSchema.Namespace + "File");
        Assert.That(
            Ids(v4, WixSchema.Namespace + "ComponentRef"), Is.EquivalentTo(components), "every component is in exactly one feature");
        Assert.That(v4.Descendants().Attributes("Directory").Select(attribute => attribute.Value).Distinct(), Is.SubsetOf(folders));
        Assert.That(v4.Descendants().Attributes("ConfigurableDirectory").Select(attribute => attribute.Value), Is.SubsetOf(folders));
        string[] linked =
        [
            .. v4.Descendants()
                .Attributes()
                .SelectMany(attribute => FileReference().Matches(attribute.Value))
                .Select(match => match.Groups[1].Value),
        ];
        Assert.That(linked, Is.SubsetOf(files).And.Not.Empty);
        string[] actions =
        [
            .. v4.Descendants(WixSchema.Namespace + "SetProperty").Select(action => action.Attribute("Action")!.Value),
            "AppSearch",
            "CostFinalize",
        ];
        Assert.That(
            v4.Descendants(WixSchema.Namespace + "SetProperty").Select(action => action.Attribute("After")!.Value),
            Is.SubsetOf(actions).And.Unique);
    }

    [Test]
    public void Identifiers_are_ones_and_no_two_of_a_kind_are_equal()
    {
        foreach (IGrouping<XName, XElement> kind in v4.Descendants()
                .Where(element => element.Attribute("Id") is not null)
                .GroupBy(element => element.Name))
        {
            string[] ids = [.. kind.Select(element => element.Attribute("Id")!.Value)];
            Assert.That(ids, kind.Key.LocalName is "SetProperty" ? Is.Not.Empty : Is.Unique, kind.Key.LocalName);
            string form = kind.Key.LocalName is "Media" or "Error" ? "^[0-9]+$" : "^[A-Za-z_][A-Za-z0-9_.]{0,71}$";
            Assert.That(ids, Is.All.Match(form));
        }
    }

    [Test]
    public void Both_sources_agree()
    {
        Assert.That(Ids(v4, WixSchema.Namespace + "Component", "Guid"), Is.EqualTo(Ids(v3, V3 + "Component", "Guid")).And.Unique);
        foreach (string element in new[] { "Component", "File", "Shortcut", "Feature", "ComponentRef", "RegistrySearch" })
        {
            Assert.That(Ids(v4, WixSchema.Namespace + element), Is.EqualTo(Ids(v3, V3 + element)), element);
        }

        Assert.That(Ids(v4, WixSchema.Namespace + "Package", "ProductCode"), Is.EqualTo(Ids(v3, V3 + "Product")));
        Assert.That(Ids(v4, WixSchema.Namespace + "Package", "UpgradeCode"), Is.EqualTo(Ids(v3, V3 + "Product", "UpgradeCode")));
        Assert.That(Values(v4, WixSchema.Namespace), Is.EqualTo(Values(v3, V3)));
        Assert.That(
            v4.Descendants(WixSchema.Namespace + "Launch")
                .Select(launch => launch.Attribute("Condition")!.Value)
                .Prepend("Installed OR NOT QCW_NEWER_FOUND"),
            Is.EqualTo(v3.Descendants(V3 + "Condition").Select(condition => condition.Value)));
    }

    [Test]
    public void The_edition_decides_folder_registry_and_PATH()
    {
        bool machine = edition == MsiEdition.PerMachine;
        XElement environment = v4.Descendants(WixSchema.Namespace + "Environment").Single();
        Assert.That(environment.Attribute("System")!.Value, Is.EqualTo(machine ? "yes" : "no"));
        Assert.That(environment.Attribute("Part")!.Value, Is.EqualTo("last"));
        Assert.That(v4.Element(WixSchema.Namespace + "Package")!.Attribute("Scope")!.Value, Is.EqualTo(machine ? "perMachine" : "perUser"));
        XElement install = v4.Descendants(WixSchema.Namespace + "Directory")
            .Single(directory => directory.Attribute("Id")!.Value == "INSTALLDIR");
        IEnumerable<string> way = install
            .AncestorsAndSelf()
            .Reverse()
            .Skip(2)
            .Select(directory => (directory.Attribute("Name") ?? directory.Attribute("Id"))!.Value);
        Assert.That(
            string.Join('/', way), Is.EqualTo(machine ? "ProgramFiles64Folder/product-id" : "LocalAppDataFolder/Programs/product-id"));
        Assert.That(
            v4.Descendants(WixSchema.Namespace + "RegistryValue").Select(value => value.Attribute("Root")!.Value).Distinct(),
            Is.EquivalentTo(machine ? new[] { "HKLM", "HKCU" } : ["HKCU"]));
    }

    [Test]
    public void What_is_remembered_comes_before_the_default_and_after_the_command_line()
    {
        (string, string, string)[] actions =
        [
            .. v4.Descendants(WixSchema.Namespace + "SetProperty")
                .Select(action =>
                    (
                        action.Attribute("Action")!.Value,
                        action.Attribute("Condition")?.Value ?? string.Empty,
                        action.Attribute("Value")!.Value)),
        ];
        Assert.That(
            actions,
            Is.EqualTo(
                new[]
                {
                    ("Remember.INSTALLDIR", "NOT INSTALLDIR AND QCW_REMEMBERED_INSTALLDIR", "[QCW_REMEMBERED_INSTALLDIR]"),
                    ("Close.INSTALLDIR", @"INSTALLDIR AND NOT (INSTALLDIR >> ""\"")", @"[INSTALLDIR]\"),
                    ("Remember.COLOUR", "NOT COLOUR AND QCW_REMEMBERED_COLOUR", "[QCW_REMEMBERED_COLOUR]"),
                    ("Yield.QCW_NEIGHBOUR_1_COLOUR", "NOT COLOUR AND QCW_NEIGHBOUR_1_COLOUR", "none"),
                    ("Yield.QCW_NEIGHBOUR_2_COLOUR", "NOT COLOUR AND QCW_NEIGHBOUR_2_COLOUR", "none"),
                    ("Default.COLOUR", "NOT COLOUR", "red"),
                    ("PlaceSettings", "COLOUR<>\"none\" OR (QCW_REMEMBERED_COLOUR AND QCW_REMEMBERED_COLOUR<>\"none\")", "[AppDataFolder]"),
                    ("MarkConfiguration", "QCW_CONFIGURATION_FOUND", @"[AppDataFolder]product\conf.d\"),
                    ("SetInstallLocation", string.Empty, "[INSTALLDIR]"),
                }));
        foreach (XElement sequence in new[]
            {
                v3.Descendants(V3 + "InstallUISequence").Single(),
                v3.Descendants(V3 + "InstallExecuteSequence").Single(),
            })
        {
            string[] order =
            [
                .. sequence
                    .Elements()
                    .OrderBy(action => int.Parse(action.Attribute("Sequence")!.Value, System.Globalization.CultureInfo.InvariantCulture))
                    .Select(action => action.Attribute("Action")?.Value ?? action.Name.LocalName),
            ];
            Assert.That(
                order.Take(11),
                Is.EqualTo(
                    new[]
                    {
                        "FindRelatedProducts",
                        "AppSearch",
                        "Remember.INSTALLDIR",
                        "Close.INSTALLDIR",
                        "Remember.COLOUR",
                        "Yield.QCW_NEIGHBOUR_1_COLOUR",
                        "Yield.QCW_NEIGHBOUR_2_COLOUR",
                        "Default.COLOUR",
                        "PlaceSettings",
                        "MarkConfiguration",
                        "LaunchConditions",
                    }));
        }
    }

    [Test]
    public void Another_product_is_looked_for_in_the_64_bit_registry_of_the_machine_and_of_the_user()
    {
        Assert.That(
            Searches(v4, WixSchema.Namespace, "Bitness"),
            Is.EqualTo(Searches(v3, V3, "Win64").Select(search => search.Replace("yes", "always64", StringComparison.Ordinal))));
        Assert.That(
            Searches(v4, WixSchema.Namespace, "Bitness").Where(search => search.StartsWith("QCW_NEIGHBOUR", StringComparison.Ordinal)),
            Is.EqualTo(
                new[]
                {
                    @"QCW_NEIGHBOUR_1_COLOUR HKLM Software\Other product Home always64",
                    @"QCW_NEIGHBOUR_2_COLOUR HKCU Software\Other product Home always64",
                }));
    }

    // Windows Installer searches once, in the part without the rights; what it finds must get to the other one
    [Test]
    public void Both_makers_hand_on_the_same_properties()
    {
        XElement[] properties = [.. v4.Descendants(WixSchema.Namespace + "Property")];
        string[] secure =
            [.. properties.Where(property => property.Attribute("Secure") is not null).Select(property => property.Attribute("Id")!.Value)];
        // WiX has its own for the latter
        Assert.That(secure.Concat(["QCW_OLDER_FOUND", "QCW_NEWER_FOUND"]), Is.EquivalentTo(plan.Rules.SecureProperties));
        Assert.That(
            properties.Where(property => property.HasElements).Select(property => property.Attribute("Id")!.Value),
            Is.SubsetOf(secure).And.Exactly(6).Items);
    }

    [Test]
    public void A_program_that_runs_is_noticed_before_an_older_version_is_removed()
    {
        XElement check = v4.Descendants(WixSchema.Namespace + "CustomAction").Single();
        Assert.That(check.Attribute("ExeCommand")!.Value, Does.Contain(@"""[QCW_REMEMBERED_INSTALLDIR]a.exe"""));
        Assert.That(check.Attribute("Impersonate")!.Value, Is.EqualTo(edition == MsiEdition.PerMachine ? "no" : "yes"));
        Assert.That(
            v4.Descendants(WixSchema.Namespace + "InstallExecuteSequence").Elements().Select(action =>
                $"{action.Attribute("Action")?.Value ?? action.Name.LocalName} {action.Attribute("Sequence")!.Value}"),
            Is.EqualTo(new[] { $"{check.Attribute("Id")!.Value} 1501", "InstallExecute 1502" }));
        Assert.That(
            v4.Descendants(WixSchema.Namespace + "MajorUpgrade").Single().Attribute("Schedule")!.Value, Is.EqualTo("afterInstallExecute"));
        Assert.That(
            v3.Descendants(V3 + "RemoveExistingProducts").Single().Attribute("Sequence")!.Value, Is.EqualTo("1503"));
    }

    [Test]
    public void No_path_of_this_machine_is_written() => Assert.That($"{v3}{v4}", Does.Not.Contain(folder.Path));

    private static string[] Ids(XElement source, XName element, string attribute = "Id") =>
        [.. source.Descendants(element).Select(item => item.Attribute(attribute)!.Value).Order(StringComparer.Ordinal)];

    private static string[] Values(XElement source, XNamespace space) =>
        [
            .. source
                .Descendants(space + "RegistryValue")
                .Select(value => $"{value.Attribute("Root")!.Value} {value.Attribute("Name")!.Value} {value.Attribute("Value")!.Value}")
                .Order(StringComparer.Ordinal),
        ];

    private static string[] Searches(XElement source, XNamespace space, string bitness) =>
    [
        .. source.Descendants(space + "RegistrySearch").Select(search => string.Join(' ', new[] { "Root", "Key", "Name", bitness }
            .Select(attribute => search.Attribute(attribute)!.Value).Prepend(search.Parent!.Attribute("Id")!.Value))),
    ];

    [GeneratedRegex(@"\[#([^\]]+)\]")]
    private static partial Regex FileReference();
}
