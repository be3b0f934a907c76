using Qcw.Build.Packaging;
using System.Text.RegularExpressions;
using Qcw.Build.Components;
using Qcw.Build.Host;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Tests.Components.Podman;
using Qcw.Build.Tests.Components.Qemu;

namespace Qcw.Build.Tests.Documentation;

/// <summary>What the pages tell people to type exists.</summary>
public sealed partial class CommandTests
{
    // docker's, podman's and winget's own
    private static readonly string[] OthersOptions = ["custom", "location", "network", "scope", "userns"];

    // PowerShell's own, and Scoop's
    private static readonly string[] OthersParameters = ["Algorithm", "App", "Command", "Encoding", "ExecutionPolicy", "File"];

    // what people get as qcw-utils.ps1
    private static readonly string Script =
        UtilsScriptText.Assemble(Path.Combine(Repository.Paths.Components, "Utils", "script"),
            new UtilsStamp("v1.0", "xz.zip", new string('0', 64)));

    private TemporaryFolder folder = null!;

    [OneTimeSetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [OneTimeTearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Every_target_exists()
    {
        string[] names = [.. TaskGraph.OfHost().Nodes.Select(node => node.Name)];
        // TARGET stands for any
        Assert.That(Found(TargetName(), _ => true).Where(found => found.Name != "TARGET" && !names.Contains(found.Name)), Is.Empty);
    }

    [Test]
    public void Every_option_of_the_build_exists()
    {
        // on pages that never name a target, an option alone is that of another program
        HashSet<string> pages = [.. Found(TargetName(), _ => true).Select(found => found.Page)];
        IEnumerable<(string Page, string Name)> found = Found(OptionName(), code => BuildScript().IsMatch(code)
            || code.StartsWith("--", StringComparison.Ordinal));
        Assert.That(found.Where(one => pages.Contains(one.Page) && !IsOption(one.Name) && !OthersOptions.Contains(one.Name)), Is.Empty);
    }

    [Test]
    public void Every_line_exists() => Assert.That(
        Found(LineName(), _ => true).Where(found => !File.Exists(Path.Combine(Repository.Paths.Versions, found.Name + ".json"))), Is.Empty);

    [Test]
    public void Every_parameter_of_the_script_exists()
    {
        string block = Script[Script.IndexOf("param(", StringComparison.OrdinalIgnoreCase)..];
        string[] parameters = [.. ScriptParameter().Matches(block[..block.IndexOf("\n)", StringComparison.Ordinal)])
            .Select(match => match.Groups[1].Value)];
        IEnumerable<(string Page, string Name)> found = Found(ParameterName(), code => code.Contains("qcw-", StringComparison.Ordinal)
            || code.StartsWith('-'));
        Assert.That(parameters, Has.Length.GreaterThan(5));
        Assert.That(found.Where(one => !parameters.Contains(one.Name) && !OthersParameters.Contains(one.Name)), Is.Empty);
    }

    [Test]
    public void Every_launcher_exists() =>
        Assert.That(Found(Launcher(), _ => true).Where(found => !Script.Contains($"'{found.Name}'", StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void Every_provider_that_the_msi_is_told_is_one_of_its_choices()
    {
        MsiChoice choice = Podman.Msi!.Choices.Single(one => one.Property == PodmanMsiDescription.MachineProvider);
        Assert.That(Found(MachineProvider(), _ => true).Where(found => !Texts.In(choice).Contains(found.Name)), Is.Empty);
    }

    // names that people look for in the Start menu and on their disk
    [TestCase("Podman shell (QEMU)"), TestCase("Podman (qcw)"), TestCase("99-qcw-machine-provider.conf")]
    public void A_name_of_podmans_installer_is_the_one_that_it_gives(string name) =>
        AssertTold("docs/using-podman.md", name, Texts.In(Podman));

    [TestCase("QEMU command prompt"), TestCase("qcw-qemu")]
    public void A_name_of_qemus_installer_is_the_one_that_it_gives(string name) =>
        AssertTold("docs/using-qemu.md", name, Texts.In(QemuInstallerDescription.Create(QemuStage.Make(folder))));

    [TestCase("docs/using-podman.md", "qcw-doctor.bat"), TestCase("docs/podman-desktop.md", "RedHat.Podman-Desktop")]
    public void A_name_of_the_script_is_the_one_that_it_gives(string page, string name) => AssertTold(page, name, [Script]);

    [Test]
    public void The_front_page_tells_where_this_repository_is() =>
        Assert.That(Page.All.Single(one => one.Name == "README.md").Text, Does.Contain(Publisher.Repository));

    private InstallerDescription Podman => PodmanMsiDescription.From(PodmanStage.Make(folder));

    private static void AssertTold(string page, string name, IEnumerable<string> texts)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Page.All.Single(one => one.Name == page).Text, Does.Contain(name));
            Assert.That(texts, Has.Some.Contains(name));
        }
    }

    // what a decision or the past was about need not exist any more
    private static IEnumerable<(string Page, string Name)> Found(Regex pattern, Func<string, bool> counts) =>
        from page in Page.All
        where page.Name != "CHANGELOG.md" && !page.Name.StartsWith("docs/adr/", StringComparison.Ordinal)
        from code in page.Code
        where counts(code)
        from Match match in pattern.Matches(code)
        select (page.Name, match.Groups[1].Value);

    private static bool IsOption(string name) => OptionTable.Find(name) is not null
        || OptionTable.PerComponent.Any(option => name.EndsWith(option.Name["NAME".Length..], StringComparison.Ordinal));

    [GeneratedRegex(@"build\.(sh|ps1)\b.* -")]
    private static partial Regex BuildScript();

    [GeneratedRegex(@"--target=([A-Za-z]+)")]
    private static partial Regex TargetName();

    [GeneratedRegex(@"--line=([a-z0-9.]+)")]
    private static partial Regex LineName();

    [GeneratedRegex(@"(?<=^|\s)--([A-Za-z][A-Za-z-]*)")]
    private static partial Regex OptionName();

    [GeneratedRegex(@"(?<![\w-])-([A-Z][A-Za-z]+)\b")]
    private static partial Regex ParameterName();

    [GeneratedRegex(@"^ +\[\w+\]\$(\w+)", RegexOptions.Multiline)]
    private static partial Regex ScriptParameter();

    [GeneratedRegex(@"podman-(\w+)\.bat")]
    private static partial Regex Launcher();

    [GeneratedRegex(@"MACHINE_PROVIDER=(\w+)")]
    private static partial Regex MachineProvider();
}
