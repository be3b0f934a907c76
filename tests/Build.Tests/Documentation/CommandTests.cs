using System.Text.RegularExpressions;
using Qcw.Build.Host;

namespace Qcw.Build.Tests.Documentation;

/// <summary>What the pages tell people to type exists.</summary>
public sealed partial class CommandTests
{
    // docker's, podman's and winget's own
    private static readonly string[] OthersOptions = ["custom", "location", "network", "scope", "userns"];

    // PowerShell's own, and Scoop's
    private static readonly string[] OthersParameters = ["Algorithm", "App", "Command", "ExecutionPolicy", "File"];

    private static readonly string ScriptFolder = Path.Combine(Repository.Paths.Components, "Utils", "script");

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
        IEnumerable<(string Page, string Name)> found = Found(OptionName(), code => BuildScript().IsMatch(code) || code.StartsWith("--", StringComparison.Ordinal));
        Assert.That(found.Where(one => pages.Contains(one.Page) && !IsOption(one.Name) && !OthersOptions.Contains(one.Name)), Is.Empty);
    }

    [Test]
    public void Every_line_exists() => Assert.That(
        Found(LineName(), _ => true).Where(found => !File.Exists(Path.Combine(Repository.Paths.Versions, found.Name + ".json"))), Is.Empty);

    [Test]
    public void Every_parameter_of_the_script_exists()
    {
        string[] parameters = [.. ScriptParameter().Matches(File.ReadAllText(Path.Combine(ScriptFolder, "Main.ps1"))).Select(match => match.Groups[1].Value)];
        IEnumerable<(string Page, string Name)> found = Found(ParameterName(), code => code.Contains("qcw-", StringComparison.Ordinal) || code.StartsWith('-'));
        Assert.That(parameters, Has.Length.GreaterThan(5));
        Assert.That(found.Where(one => !parameters.Contains(one.Name) && !OthersParameters.Contains(one.Name)), Is.Empty);
    }

    [Test]
    public void Every_launcher_exists()
    {
        string text = File.ReadAllText(Path.Combine(ScriptFolder, "Launchers.ps1"));
        Assert.That(Found(Launcher(), _ => true).Where(found => !text.Contains($"'{found.Name}'", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_provider_that_the_msi_is_told_is_one_of_its_choices()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Paths.Components, "Podman", "PodmanMsiDescription.cs"));
        Assert.That(text, Does.Contain("\"MACHINE_PROVIDER\""));
        Assert.That(Found(MachineProvider(), _ => true).Where(found => !text.Contains($"\"{found.Name}\"", StringComparison.Ordinal)), Is.Empty);
    }

    // names that people look for in the Start menu and on their disk
    [TestCase("docs/using-podman.md", "Podman shell (QEMU)", "build/Components/Podman/PodmanMsiDescription.cs")]
    [TestCase("docs/using-podman.md", "Podman (qcw)", "build/Components/Podman/PodmanMsiDescription.cs")]
    [TestCase("docs/using-podman.md", "99-qcw-machine-provider.conf", "build/Components/Podman/PodmanMsiDescription.cs")]
    [TestCase("docs/using-podman.md", "qcw-doctor.bat", "build/Components/Utils/script/Launchers.ps1")]
    [TestCase("docs/using-qemu.md", "QEMU command prompt", "build/Components/Qemu/QemuInstallerDescription.cs")]
    [TestCase("docs/using-qemu.md", "qcw-qemu", "build/Components/Qemu/QemuInstallerDescription.cs")]
    [TestCase("README.md", "https://github.com/arixmkii/qcw", "build/Catalog/Publisher.cs")]
    [TestCase("docs/podman-desktop.md", "RedHat.Podman-Desktop", "build/Components/Utils/script/Programs.ps1")]
    public void A_name_that_a_page_tells_stands_in_what_makes_it(string page, string name, string source)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Page.All.Single(one => one.Name == page).Text, Does.Contain(name));
            Assert.That(File.ReadAllText(Path.Combine(Repository.Root, source)), Does.Contain(name));
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
