using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Tests.Packaging.Msi;

public sealed class MsiTablesTests
{
    private TemporaryFolder folder = null!;
    private MsiPlan plan = null!;

    [SetUp]
    public void MakePlan()
    {
        folder = new TemporaryFolder();
        plan = new MsiPlan(TestMsi.Create(folder));
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void New_tables_are_text_archives()
    {
        Dictionary<string, IdtTable> tables = plan.Tables.New().ToDictionary(table => table.Name);
        string component = plan.Layout.Components.Single(item => item.AddsPath).Id;
        Assert.That(
            tables["Environment"].Text(),
            Is.EqualTo(
                "Environment\tName\tValue\tComponent_\r\ns72\tl255\tL255\ts72\r\nEnvironment\tEnvironment\r\n"
                    + $"AppendToPath\t=-*PATH\t[~];[INSTALLDIR]\t{component}\r\n"));
        Assert.That(
            tables["Upgrade"].Rows.Select(row => string.Join('|', row.Skip(1))),
            Is.EqualTo(new[] { "0.0.0|4.5.0||769||QCW_OLDER_FOUND", "4.5.0|||2||QCW_NEWER_FOUND" }));
        Assert.That(
            string.Join('|', tables["Signature"].Rows.Single()), Is.EqualTo("QCW_CONFIGURATION_FOUND|99-colour.conf||||25|||"),
            "[paint], colour=\"green\" and two line ends");
        Assert.That(
            string.Join('|', tables["DrLocator"].Rows.Single()), Is.EqualTo(@"QCW_CONFIGURATION_FOUND||[AppDataFolder]product\conf.d|0"));
        Assert.That(tables["RemoveFile"].Rows.Select(row => row[0]), Is.Unique.And.Exactly(5).Items);
        Assert.That(tables["RemoveFile"].Rows[0][0], Is.EqualTo("ConfigurationLine.remove"), "before the folders that it stands in");
        Assert.That(
            tables["Error"].Rows.Single(),
            Is.EqualTo(new[]
            {
                "1722", "A program of Product (test) is running, so nothing was changed. Close it, then start this again. (Check: [2])",
            }));
        Assert.That(tables["IniFile"].Rows.Single().Skip(3).Take(4), Is.EqualTo(new[] { "paint", "colour", "\"[COLOUR]\"", "0" }));
    }

    [TestCase(MsiEdition.PerMachine, "[CommonAppDataFolder]", "HKLM")]
    [TestCase(MsiEdition.PerUser, "[AppDataFolder]", "HKCU")]
    public void A_configuration_of_the_machine_is_among_its_settings_and_may_have_lists(MsiEdition edition, string root, string hive)
    {
        InstallerDescription description = TestMsi.Create(folder, edition);
        MsiConfigurationEntry entry = description.Msi!.Configuration! with
        {
            MachineWide = true,
            Folders = [new("tools", "tool_dirs", [@"$HERE\..\x", MsiConfigurationFolders.ProgramFiles + "y"])],
        };
        var wide = new MsiPlan(description with { Msi = description.Msi with { Configuration = entry } });
        Dictionary<string, IdtTable> tables = wide.Tables.New().ToDictionary(table => table.Name);
        MsiComponent component = wide.Layout.Components.Single(item => item.Configuration is not null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tables["IniFile"].Rows.Select(row => $"{row[0]} {row[3]} {row[4]}={row[5]}"), Is.EqualTo((string[])
            [
                "ConfigurationLine paint colour=\"[COLOUR]\"",
                @"ConfigurationLine.2 tools tool_dirs=[\[]'$HERE\..\x','[ProgramFiles64Folder]y',{append=true}[\]]",
            ]));
            Assert.That(tables["DrLocator"].Rows.Single()[2], Is.EqualTo(root + @"product\conf.d"));
            Assert.That(
                tables["Signature"].Rows.Single()[5],
                Is.EqualTo((25 + "\r\n[tools]\r\ntool_dirs=['$HERE\\..\\x','C:\\Program Files\\y',{append=true}]\r\n".Length).ToString(
                    System.Globalization.CultureInfo.InvariantCulture)));
            Assert.That(component.RegistryRoot, Is.EqualTo(hive));
            Assert.That(
                component.Code == plan.Layout.Components.Single(item => item.Configuration is not null).Code, Is.False,
                "what is in another folder, or of another edition, is another component");
        }
    }

    [TestCase("tool dirs", @"C:\x", "tool dirs")]
    [TestCase("dirs", @"C:\it's", "it's")]
    [TestCase("dirs", @"C:\[x]", "[x]")]
    [TestCase("dirs", @"C:\{x}", "{x}")]
    public void A_list_that_would_be_read_otherwise_is_refused(string key, string path, string named)
    {
        InstallerDescription description = TestMsi.Create(folder);
        MsiConfigurationEntry entry = description.Msi!.Configuration! with { Folders = [new("tools", key, [path])] };
        Assert.That(
            () => MsiValidation.Validate(description with { Msi = description.Msi with { Configuration = entry } }),
            Throws.InstanceOf<BuildException>().With.Message.Contains(named));
    }

    [Test]
    public void Without_configuration_PATH_and_menu_their_tables_are_empty()
    {
        InstallerDescription description = TestMsi.Create(folder);
        var plain = new MsiPlan(description with { Msi = description.Msi! with { Configuration = null }, Path = null, Shortcuts = [] });
        Assert.That(
            plain.Tables.New().Where(table => table.Rows.Count > 0).Select(table => table.Name), Is.EqualTo(new[] { "Upgrade", "Error" }));
    }

    [Test]
    public void A_table_survives_reading_and_writing()
    {
        const string Text = "A\tB\r\ns72\tI2\r\nT\tA\r\nx\t1\r\ny\t\r\n";
        IdtTable table = IdtTable.Parse("T", Text);
        Assert.That(table.Text(), Is.EqualTo(Text));
        table.Set(table.Row("y"), "B", "2");
        table.Add("z", "3");
        table.Remove("x");
        Assert.That(table.Text(), Is.EqualTo("A\tB\r\ns72\tI2\r\nT\tA\r\ny\t2\r\nz\t3\r\n"));
    }

    [TestCase("")]
    [TestCase("A\r\ns72\r\nOther\tA\r\n")]
    [TestCase("A\tB\r\ns72\tI2\r\nT\tA\r\nx\r\n")]
    public void What_is_no_such_table_is_an_error(string text) =>
        Assert.That(() => IdtTable.Parse("T", text), Throws.InstanceOf<BuildException>().With.Message.Contains("table T"));

    [Test]
    public void A_missing_row_or_column_is_an_error()
    {
        IdtTable table = IdtTable.Parse("T", "A\r\ns72\r\nT\tA\r\nx\r\n");
        Assert.That(() => table.Row("y"), Throws.InstanceOf<BuildException>().With.Message.Contains("no row y"));
        Assert.That(() => table.Get(table.Row("x"), "C"), Throws.InstanceOf<BuildException>().With.Message.Contains("no column C"));
    }

    [TestCase("podman.exe", "podman.exe")]
    [TestCase("docs", "docs")]
    [TestCase("a b", "{0}|a b")]
    [TestCase("win-sshproxy.exe", "{0}.EXE|win-sshproxy.exe")]
    [TestCase("podman.html", "{0}.HTM|podman.html")]
    [TestCase("containers.conf.d", "{0}.D|containers.conf.d")]
    public void Long_names_get_a_short_one_in_front(string name, string expected)
    {
        string result = MsiNames.ShortAndLong(name);
        string pattern = System.Text.RegularExpressions.Regex.Escape(expected);
        Assert.That(result, Does.Match("^" + pattern.Replace("\\{0}", "[0-9A-F]{8}", StringComparison.Ordinal) + "$"));
    }

    [Test]
    public void Identifiers_tell_similar_names_apart()
    {
        Assert.That(MsiNames.Identifier("file", "a b"), Is.Not.EqualTo(MsiNames.Identifier("file", "a-b")));
        Assert.That(MsiNames.Identifier("file", new string('x', 200)), Has.Length.LessThan(60));
    }
}
