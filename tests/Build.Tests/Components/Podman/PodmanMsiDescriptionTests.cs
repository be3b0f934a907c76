using Qcw.Build.Components;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Tests.Components.Podman;

public sealed class PodmanMsiDescriptionTests
{
    private TemporaryFolder folder = null!;
    private PodmanInstallerInputs inputs = null!;

    [SetUp]
    public void StagePodman()
    {
        folder = new TemporaryFolder();
        inputs = PodmanStage.Make(folder);
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Every_file_is_in_its_feature()
    {
        InstallerDescription description = PodmanMsiDescription.From(inputs);
        MsiValidation.Validate(description);
        Assert.That(
            description.AllSections.Select(section => $"{section.Id}: {string.Join(' ', section.Files.Select(file => file.Target))}"),
            Is.EqualTo(
                new[]
                {
                    "main: gvproxy.exe licenses/gvisor-tap-vsock/LICENSE licenses/podman/LICENSE podman.exe win-sshproxy.exe",
                    "shells: shells/podman-shell.cmd",
                    "docs: docs/commands/podman.html docs/tutorials/a.html",
                    "path: ",
                }));
        Assert.That(description.Shortcuts.Single(shortcut => shortcut.Section == "docs").Target, Is.EqualTo("docs/commands/podman.html"));
        Assert.That(
            description.Shortcuts.Single(shortcut => shortcut.Name == "Podman shell").Arguments,
            Is.EqualTo("/v:off /s /k \"cd /d \"%USERPROFILE%\" & \"[INSTALLDIR]shells\\podman-shell.cmd\"\""));
        Assert.That(
            description.Shortcuts.Single(shortcut => shortcut.Name == "Podman shell (WSL)").Arguments,
            Is.EqualTo("/v:off /s /k \"cd /d \"%USERPROFILE%\" & \"[INSTALLDIR]shells\\podman-shell.cmd\" wsl\""));
    }

    [Test]
    public void The_editions_never_change_their_upgrade_codes()
    {
        Assert.That(PodmanMsiDescription.From(inputs).Msi!.UpgradeCode, Is.EqualTo(new Guid("50287b26-9b83-42c5-9b79-9fb958e339b5")));
        Assert.That(
            PodmanMsiDescription.From(inputs with { Edition = MsiEdition.PerUser }).Msi!.UpgradeCode,
            Is.EqualTo(new Guid("d761815c-dbab-4701-8400-4e385d3f894b")));
    }

    [TestCase(MsiEdition.PerMachine)]
    [TestCase(MsiEdition.PerUser)]
    public void Beside_an_official_Podman_no_provider_is_the_default(MsiEdition edition)
    {
        MsiRules rules = new MsiPlan(PodmanMsiDescription.From(inputs with { Edition = edition })).Rules;
        MsiSetProperty[] yields = [.. rules.EarlyActions.Where(action => action.Action.StartsWith("Yield.", StringComparison.Ordinal))];
        Assert.That(yields.Select(action => $"{action.Property}={action.Value}"), Is.All.EqualTo("MACHINE_PROVIDER=none"));
        Assert.That(
            rules
                .Searches.Where(search => yields.Any(action => action.Condition == $"NOT MACHINE_PROVIDER AND {search.Property}"))
                .Select(search => $@"{search.Root}\{search.Key}\{search.Name}"),
            Is.EqualTo(
                new[]
                {
                    @"HKLM\Software\Podman\InstallDir",
                    @"HKCU\Software\Podman\InstallDir",
                    @"HKLM\Software\Red Hat\Podman\InstallDir",
                    @"HKCU\Software\Red Hat\Podman\InstallDir",
                }));
    }

    [TestCase("4.5.0-dev", MsiEdition.PerMachine, "AppDataFolder", 1)]
    [TestCase("4.5.0-dev", MsiEdition.PerUser, "AppDataFolder", 1)]
    [TestCase("5.8.3", MsiEdition.PerMachine, "CommonAppDataFolder", 2)]
    [TestCase("6.1.0", MsiEdition.PerMachine, "CommonAppDataFolder", 2)]
    [TestCase("6.1.0", MsiEdition.PerUser, "AppDataFolder", 2)]
    public void The_provider_is_where_that_Podman_reads_it(string version, MsiEdition edition, string root, int lines)
    {
        MsiPart msi = PodmanMsiDescription.From(inputs with { Version = version, Edition = edition }).Msi!;
        Assert.That(msi.Configuration!.RootOf(edition), Is.EqualTo(root));
        Assert.That(msi.Configuration.Lines.Count(), Is.EqualTo(lines));
    }

    [TestCase("4.5.0-dev", "17134", "Windows 10 version 1803 (build 17134)")]
    [TestCase("5.8.3", "17134", "Windows 10 version 1803 (build 17134)")]
    [TestCase("6.1.0", "22000", "Windows 11 (build 22000)")]
    public void Podman_6_is_for_Windows_11(string version, string build, string name)
    {
        MsiRules rules = new MsiPlan(PodmanMsiDescription.From(inputs with { Version = version })).Rules;
        Assert.That(rules.LaunchConditions, Has.Member(new MsiLaunchCondition(
            $"Installed OR QCW_WINDOWS_BUILD >= {build}",
            $"Podman for Windows (qcw) needs {name} or newer; this is build [QCW_WINDOWS_BUILD].")));
    }

    [Test]
    public void From_5_on_Podman_finds_QEMU_without_PATH()
    {
        InstallerDescription description = PodmanMsiDescription.From(inputs with { Version = "6.1.0" });
        MsiValidation.Validate(description);
        Assert.That(description.Msi!.Configuration!.Lines.Last(), Is.EqualTo((
            "engine",
            "helper_binaries_dir",
            @"[\[]'$BINDIR\..\qcw-qemu','[ProgramFiles64Folder]qcw-qemu','[ProgramFiles64Folder]qemu',{append=true}[\]]")));
    }

    [TestCase("podman/bin/podman.exe", "podman.exe")]
    [TestCase("gvisor/bin/gvproxy.exe", "gvproxy.exe")]
    [TestCase("gvisor/bin/win-sshproxy.exe", "win-sshproxy.exe")]
    [TestCase("gvisor/licenses/gvisor-tap-vsock/LICENSE", "licenses/gvisor-tap-vsock/")]
    [TestCase("podman/licenses/podman/LICENSE", "licenses/podman/")]
    [TestCase("docs/commands/podman.html", "podman.html")]
    public void What_is_missing_is_named(string file, string named)
    {
        File.Delete(folder[file]);
        Assert.That(() => PodmanMsiDescription.From(inputs), Throws.InstanceOf<BuildException>().With.Message.Contains(named));
    }

    [Test]
    public void A_file_of_no_feature_fails_by_name()
    {
        folder.Write("podman/bin/winpath.exe", "x");
        Assert.That(
            () => PodmanMsiDescription.From(inputs),
            Throws.InstanceOf<BuildException>().With.Message.Contains("winpath.exe").And.Message.Contains("belongs to no feature"));
    }
}
