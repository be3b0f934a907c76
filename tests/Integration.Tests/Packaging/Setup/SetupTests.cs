using Qcw.Build.Packaging.Msi;

namespace Qcw.Integration.Tests.Packaging.Setup;

/// <summary>The one setup program: every test ends with an uninstallation.</summary>
internal sealed class SetupTests
{
    private const string Setup = @"C:\setup.exe";
    private const string Newer = @"C:\newer.exe";
    private const string QemuSetup = @"C:\qemu.exe";
    private const string Msi = @"C:\podman.msi";
    private const string UserMsi = @"C:\podman-user.msi";
    private const string Uninstall = @"\Software\Microsoft\Windows\CurrentVersion\Uninstall\";
    private const string User = "HKEY_CURRENT_USER";
    private const string Machine = "HKEY_LOCAL_MACHINE";
    private const string Folder = @"C:\Program Files\qcw";
    private const string Configuration = @"containers\containers.conf.d\99-qcw-machine-provider.conf";
    private const string MachineConfiguration = @"C:\ProgramData\" + Configuration;
    private const string Log = @"C:\calls.txt";

    private static readonly Dictionary<string, string> Made = [];

    private static SetupProduct product = null!;

    private WineSession windows = null!;

    private static string Home => @"C:\users\" + Environment.UserName;

    private static string UserFolder => Home + @"\AppData\Local\Programs\qcw";

    private static string UserConfiguration => Home + @"\AppData\Roaming\" + Configuration;

    private static string MachineFile => Home + @"\.config\containers\podman\machine\qemu\dev.json";

    [OneTimeSetUp]
    public void MakeInstallers()
    {
        product = new SetupProduct();
        Made[Setup] = product.Make(SetupProduct.Podman, "10.0.0");
        Made[Newer] = product.Make(SetupProduct.NewerPodman, "11.1.0-rc2");
        Made[QemuSetup] = product.MakeQemu("10.0.0");
        Made[Msi] = product.MakeMsi(MsiEdition.PerMachine);
        Made[UserMsi] = product.MakeMsi(MsiEdition.PerUser);
        StartWindows();
    }

    [OneTimeTearDown]
    public void EndWindows()
    {
        windows?.Dispose();
        product?.Dispose();
        Made.Clear();
    }

    [TearDown]
    public void NothingIsLeft()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed)
        {
            windows.Dispose();
            StartWindows();
            return;
        }

        Assert.That(Entry(User, "qcw") ?? Entry(Machine, "qcw"), Is.Null);
        Assert.That(Exists(UserConfiguration) || Exists(MachineConfiguration), Is.False, "the configuration is left");
        windows.Variables.Clear();
    }

    [Test]
    public void For_one_user_it_touches_nothing_of_the_machine_and_leaves_nothing_but_machines()
    {
        string[] before = Drive();
        string machinePath = PathOf(Machine);
        windows.RunOk(Setup, "/S /CurrentUser");
        Assert.That(Text(UserFolder + @"\podman\podman.exe"), Is.EqualTo("podman.exe version 5.8.3"));
        Assert.That(Text(UserFolder + @"\qemu\qemu-system-x86_64w.exe"), Is.EqualTo("qemu-system-x86_64w.exe version 10.0.0"));
        Assert.That(Exists(UserFolder + @"\utils\qcw-utils.ps1"), Is.True);
        Assert.That(Exists(UserFolder + @"\qemu\qemu-system-aarch64.exe"), Is.False, "it is off by default");
        Assert.That(Entry(User, "qcw")!["DisplayVersion"].AsText, Is.EqualTo("5.8.3+qemu.10.0.0"));
        Assert.That(Entry(Machine, "qcw"), Is.Null);
        Assert.That(PathOf(User), Does.EndWith(UserFolder + @"\podman"));
        Assert.That(PathOf(Machine), Is.EqualTo(machinePath));
        Assert.That(Content(UserConfiguration), Is.EqualTo(
            "[machine]\nprovider=\"qemu\"\n[engine]\nhelper_binaries_dir=['$BINDIR\\..\\qemu',{append=true}]\n"));
        string?[] links = [.. Drive().Where(file => file.EndsWith(".lnk", StringComparison.Ordinal)).Select(Path.GetFileName)];
        Assert.That(links, Has.Member("Set up containers.lnk").And.Member("Podman shell (QEMU).lnk").And.Member("QEMU documentation.lnk"));
        Put(MachineFile, "{}");
        string prompt = windows.Run("cmd", $"/s /c \"\"{UserFolder}\\podman\\shells\\podman-shell.cmd\" qemu\"").Output;
        Assert.That(prompt, Does.Contain("podman.exe version 5.8.3\n").And.Contain($"QEMU: {UserFolder}\\qemu\\\n"));

        Remove(UserFolder);
        Assert.That(Exists(MachineFile), Is.True);
        Directory.Delete(windows.HostPath(Home + @"\.config"), recursive: true);
        Assert.That(Drive(), Is.EqualTo(before));
        Assert.That(PathOf(User), Does.Not.Contain("qcw"));
    }

    [Test]
    public void The_provider_and_the_components_are_chosen_and_remembered()
    {
        windows.RunOk(Setup, "/S /AllUsers /MACHINE_PROVIDER=WSL /COMPONENTS=aarch64,qemu_path,path");
        Assert.That(Content(MachineConfiguration), Does.StartWith("[machine]\nprovider=\"wsl\"\n"));
        Assert.That(PathOf(Machine), Does.EndWith($@";{Folder}\podman;{Folder}\qemu"));
        Assert.That(Exists(Folder + @"\utils"), Is.False);

        windows.RunOk(Newer, "/S");
        Assert.That(Text(Folder + @"\podman\podman.exe"), Is.EqualTo("podman.exe version 5.8.4"));
        Assert.That(Exists(Folder + @"\qemu\qemu-system-aarch64.exe"), Is.True);
        Assert.That(Content(MachineConfiguration), Does.StartWith("[machine]\nprovider=\"wsl\"\n"));
        Assert.That(windows.Run(Setup, "/S").ExitCode, Is.EqualTo(5), "it is older");
        Assert.That(windows.Run(Newer, "/S /MACHINE_PROVIDER=kvm").ExitCode, Is.EqualTo(3));

        // what somebody has written stays, unless the command line says otherwise, and is not removed
        Put(MachineConfiguration, Content(MachineConfiguration)!.Replace("wsl", "hyperv", StringComparison.Ordinal));
        windows.RunOk(Newer, "/S");
        Assert.That(Content(MachineConfiguration), Does.StartWith("[machine]\nprovider=\"hyperv\"\n"));
        Remove(Folder);
        Assert.That(Content(MachineConfiguration), Does.StartWith("[machine]\nprovider=\"hyperv\"\n").And.Not.Contain("helper"));
        windows.RunOk(Newer, "/S /AllUsers /MACHINE_PROVIDER=qemu");
        Assert.That(Content(MachineConfiguration), Does.StartWith("[machine]\nprovider=\"qemu\"\n"));
        windows.RunOk(Newer, "/S /MACHINE_PROVIDER=none");
        Assert.That(Exists(MachineConfiguration), Is.False);
        Remove(Folder);
        Assert.That(PathOf(Machine), Does.Not.Contain("qcw"));
    }

    [Test]
    public void It_takes_the_place_of_the_separate_installers()
    {
        windows.RunOk(QemuSetup, "/S /AllUsers /COMPONENTS=system,firmware,aarch64");
        windows.RunOk("msiexec", $"/i {Msi} MACHINE_PROVIDER=wsl /qn");
        Put(MachineConfiguration, Content(MachineConfiguration)!.Replace("wsl", "hyperv", StringComparison.Ordinal));
        Assert.That(windows.Run(Setup, "/S /CurrentUser").ExitCode, Is.EqualTo(7), "that needs an administrator");
        Assert.That(Text(@"C:\Program Files\qcw-podman\podman.exe"), Is.EqualTo("podman.exe version 5.8.3"));

        const string Flag = @"C:\running";
        windows.Start(@"C:\Program Files\qcw-qemu\qemu-system-x86_64.exe", "wait " + Flag);
        Wait.Until(() => Exists(Flag), "a virtual machine runs");
        Assert.That(windows.Run(Setup, "/S").ExitCode, Is.EqualTo(6));
        Assert.That(Exists(@"C:\Program Files\qcw-podman\podman.exe") && !Exists(Folder), Is.True, "nothing was changed");
        File.Delete(windows.HostPath(Flag));
        Wait.Until(() => windows.Run(Setup, "/S").ExitCode == 0, "it has ended, and all is replaced");

        Assert.That(Exists(@"C:\Program Files\qcw-podman") || Exists(@"C:\Program Files\qcw-qemu"), Is.False);
        Assert.That(Entry(Machine, "qcw-qemu"), Is.Null);
        Assert.That(windows.Registry.Read(Machine + @"\Software\qcw\Podman"), Is.Null);
        Assert.That(Exists(Folder + @"\qemu\qemu-system-aarch64.exe"), Is.True, "it was chosen");
        Assert.That(Exists(Folder + @"\qemu\qemu-img.exe"), Is.False, "it was not chosen");
        Assert.That(Content(MachineConfiguration), Does.StartWith("[machine]\nprovider=\"hyperv\"\n"));

        Assert.That(windows.Run(QemuSetup, "/S").ExitCode, Is.EqualTo(8), "it is inside");
        Assert.That(windows.Run("msiexec", $"/i {UserMsi} /qn").ExitCode, Is.EqualTo(1603));
        Remove(Folder);
    }

    [Test]
    public void It_takes_the_place_of_those_for_one_user()
    {
        windows.RunOk(QemuSetup, "/S /CurrentUser");
        windows.RunOk("msiexec", $"/i {UserMsi} /qn");
        Put(MachineFile, "{}");
        windows.RunOk(Setup, "/S");
        Assert.That(Exists(Home + @"\AppData\Local\Programs\qcw-podman") || Exists(Home + @"\AppData\Local\Programs\qcw-qemu"), Is.False);
        Assert.That(Entry(User, "qcw-qemu"), Is.Null);
        Assert.That(Content(UserConfiguration), Does.StartWith("[machine]\nprovider=\"qemu\"\n"));
        Assert.That(Exists(MachineFile), Is.True);

        // a machine that is in use is reason to do nothing; then it goes, because that is asked for
        windows.Variables["STAND_IN_LOG"] = Log;
        int code = windows.Run(UserFolder + @"\uninstall.exe", $"/S /REMOVE_MACHINES _?={UserFolder}").ExitCode;
        Assert.That((code, Content(Log)), Is.EqualTo((0, "qemu: machine rm -f dev\n")));
        File.Delete(windows.HostPath(Log));
        Directory.Delete(windows.HostPath(Home + @"\.config"), recursive: true);
        Directory.Delete(windows.HostPath(UserFolder), recursive: true);
    }

    private void StartWindows()
    {
        windows = new WineSession();
        foreach ((string windowsPath, string file) in Made)
        {
            windows.CopyIn(file, windowsPath);
        }
    }

    private void Remove(string folder)
    {
        windows.Uninstall(folder + @"\uninstall.exe");
        Wait.Until(() => !Exists(folder), "the install folder is gone", 10);
    }

    private string Text(string program) => windows.RunOk(program).Trim();

    private bool Exists(string path) => Path.Exists(windows.HostPath(path));

    private string? Content(string file) => Exists(file) ? File.ReadAllText(windows.HostPath(file)).ReplaceLineEndings("\n") : null;

    private void Put(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(windows.HostPath(file))!);
        File.WriteAllText(windows.HostPath(file), text);
    }

    private IReadOnlyDictionary<string, RegistryValue>? Entry(string root, string id) => windows.Registry.Read(root + Uninstall + id);

    private string PathOf(string root) => windows.Registry.Read(root == User
        ? User + @"\Environment"
        : Machine + @"\System\CurrentControlSet\Control\Session Manager\Environment")?.GetValueOrDefault("Path")?.AsText ?? string.Empty;

    /// <summary>All files and folders of drive C: but those of Windows and of these tests.</summary>
    private string[] Drive() =>
    [
        .. Directory
            .EnumerateFileSystemEntries(
                windows.DriveC, "*",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(file => Path.GetRelativePath(windows.DriveC, file))
            .Where(file => !file.StartsWith("qcw-", StringComparison.Ordinal) && !file.StartsWith("windows/", StringComparison.Ordinal)
                && !file.Contains("/Temp", StringComparison.OrdinalIgnoreCase) && !file.EndsWith("/Programs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];
}
