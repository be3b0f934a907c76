using System.Text;

namespace Qcw.Integration.Tests.Utils;

/// <summary>
/// The batch files that are shipped, and characters that mean something to cmd, in PATH, in a variable and in the names of folders. All
/// but %: Wine's cmd expands the % of a value once more, and that of Windows does not.
/// </summary>
public sealed class TextFromOutsideTests
{
    private const string Characters = "&|<>^!()\";'= ";
    private const string System = @"C:\windows\system32;C:\windows";
    private const string Mark = "qcw-case";

    private static readonly string[] Paths =
    [
        "\"C:\\Video & Audio\\bin\";C:\\last", @"C:\R&D (x86)\bin", "\"C:\\semi;colon\";\"\"", "C:\\open;\"C:\\x & y",
        "\"C:\\R&D\";C:\\R&D",
        // a few at a time: each case starts many programs
        .. Characters.Chunk(5).Select(some =>
            string.Join(';', some.Select(character => $"C:\\a{character}b;\"C:\\c{character}d\";C:\\e{character}"))),
    ];

    // the characters that a name may have
    private static readonly string[] Folders =
        [.. "&^!();'= ".Select(character => $"C:\\a{character}b"), @"C:\R&D (x86) ^=',!", @"C:\a&b;c"];

    private WineSession windows = null!;

    [OneTimeSetUp]
    public void Install()
    {
        using var release = new UtilsRelease();
        windows = new WineSession();
        release.Script.RunOk("-Target", windows.HostPath(@"C:\utils"));
        string shell = File.ReadAllText(Path.Combine(Repository.Root, "build", "Components", "Podman", "shells", "podman-shell.cmd"));
        foreach (string folder in Folders)
        {
            foreach (string file in (string[])[@"\shells\podman-qemu.bat", @"\qcw-doctor.bat"])
            {
                windows.CopyIn(windows.HostPath(@"C:\utils" + file), $@"{folder}\utils{file}");
            }

            Directory.CreateDirectory(windows.HostPath(folder + @"\podman\shells"));
            File.WriteAllText(windows.HostPath(folder + @"\podman\shells\podman-shell.cmd"), shell.ReplaceLineEndings("\r\n"));
            foreach (string program in (string[])[@"\podman\podman.exe", @"\qemu\qemu-system-x86_64w.exe", @"\desktop\Podman Desktop.exe"])
            {
                windows.CopyIn(windows.HostPath(@"C:\windows\system32\hostname.exe"), folder + program);
            }
        }
    }

    [OneTimeTearDown]
    public void End() => windows.Dispose();

    [TestCase(@"call ""C:\a&b\podman\shells\podman-shell.cmd"" wsl", @"C:\a&b\podman;C:\a&b\qemu")]
    [TestCase(@"call ""C:\a&b\utils\shells\podman-qemu.bat"" set", @"C:\a&b\utils\xz\bin")]
    public void PATH_stays_as_it_is_behind_the_folders_that_are_added(string command, string folders)
    {
        SetFolders(null);
        string[] outputs = Run(Paths.Select(path => $"set PATH={System};{Escaped(path)}\r\n{command}"));
        using (Assert.EnterMultipleScope())
        {
            for (int index = 0; index < Paths.Length; index++)
            {
                // the launcher has ended, with its own PATH, when SET runs for the second time
                Assert.That(
                    outputs[index].Split('\n').First(IsPath)[5..], Is.EqualTo($"{folders};{System};{Paths[index]}"), outputs[index]);
                Assert.That(outputs[index], Does.Not.Contain("QCW_").And.Not.Contain("recognize"));
            }
        }
    }

    [TestCaseSource(nameof(Folders))]
    public void The_folders_are_found_and_added_whatever_their_names(string folder)
    {
        SetFolders(folder);
        // CALL doubles a caret between quotation marks, so each is started where it is
        string path = $"set PATH={System};{Escaped("\"C:\\x & y\"")}\r\n";
        string[] outputs = Run(
        [
            $"{path}cd /d \"{folder}\\podman\\shells\"\r\ncall podman-shell.cmd",
            $"{path}cd /d \"{folder}\\utils\\shells\"\r\ncall podman-qemu.bat set",
            $"{path}cd /d \"{folder}\\utils\"\r\ncall qcw-doctor.bat",
            $"set PATH={Escaped(folder)}\\qemu;{System}\r\ncd /d \"{folder}\\podman\\shells\"\r\ncall podman-shell.cmd",
        ]);
        string[] paths = [.. outputs.Select(output => output.Split('\n').First(IsPath)[5..])];
        string Added(params string[] names) => string.Concat(names.Select(name =>
            (folder.Contains(';', StringComparison.Ordinal) ? $"\"{folder}{name}\"" : folder + name) + ";"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(paths[0], Is.EqualTo($"{Added(@"\podman", @"\qemu")}{System};\"C:\\x & y\""), outputs[0]);
            Assert.That(outputs[0], Does.Contain("machine provider: as configured\n").And.Contain($"QEMU: {folder}\\qemu\\\n"));
            Assert.That(
                paths[1], Is.EqualTo($"{Added(@"\utils\xz\bin", @"\podman", @"\qemu", @"\desktop")}{System};\"C:\\x & y\""), outputs[1]);
            Assert.That(outputs, Has.All.Not.Contain("recognize"));
            if (!folder.Contains(';', StringComparison.Ordinal))
            {
                Assert.That(paths[3], Is.EqualTo($@"{folder}\podman;{folder}\qemu;{System}"), "QEMU is not added twice");
            }
        }
    }

    [Test]
    public void Provider_and_address_from_outside_are_only_printed()
    {
        SetFolders(null);
        string[] outputs = Run(Characters.Select(character =>
            $"set CONTAINERS_MACHINE_PROVIDER=a{Escaped($"{character}")}b\r\nset DOCKER_HOST=c{Escaped($"{character}")}d\r\n"
                + "call \"C:\\a&b\\podman\\shells\\podman-shell.cmd\""));
        using (Assert.EnterMultipleScope())
        {
            foreach ((char character, string output) in Characters.Zip(outputs))
            {
                string printed = character == '"' ? string.Empty : $"{character}";
                Assert.That(output, Does.Contain($"machine provider: a{printed}b\n").And.Contain($"DOCKER_HOST: c{printed}d\n"));
                Assert.That(
                    output, Does.Contain($"CONTAINERS_MACHINE_PROVIDER=a{character}b\n").And.Contain($"DOCKER_HOST=c{character}d\n"));
            }
        }
    }

    [Test]
    public void A_connection_from_outside_is_only_looked_for()
    {
        SetFolders(@"C:\a&b");
        string[] outputs = Run(((string[])[@"podman\shells\podman-shell.cmd", @"utils\shells\podman-qemu.bat"]).Select(script =>
            $"set CONTAINER_CONNECTION={Escaped(Characters)}x\r\ncall \"C:\\a&b\\{script}\" set"));
        Assert.That(outputs[1], Does.Contain($"CONTAINER_CONNECTION={Characters}x\n"));
        Assert.That(outputs, Has.All.Not.Contain("recognize").And.All.Not.Contain("DOCKER_HOST=").And.All.Not.Contain("QCW_"));
    }

    private static bool IsPath(string line) => line.StartsWith("PATH=", StringComparison.OrdinalIgnoreCase);

    // as it is written in a batch file, outside quotation marks
    private static string Escaped(string text) =>
        string.Concat(text.Select(character => "&|<>^\"".Contains(character, StringComparison.Ordinal) ? $"^{character}" : $"{character}"));

    // where the registry says that QEMU, Podman and Podman Desktop are; null: nowhere
    private void SetFolders(string? folder)
    {
        const string Uninstall = @"\Software\Microsoft\Windows\CurrentVersion\Uninstall\";
        Set("HKEY_LOCAL_MACHINE" + Uninstall + "qcw-qemu", "InstallLocation", folder + @"\qemu");
        Set(@"HKEY_CURRENT_USER\Software\qcw\Podman", "InstallDir", folder + @"\podman\");
        string desktop = folder is null ? string.Empty : folder + @"\desktop\Podman Desktop.exe,0";
        Set("HKEY_CURRENT_USER" + Uninstall + "x", "DisplayIcon", desktop);
    }

    private void Set(string key, string name, string value) =>
        windows.Registry.Write(key, name, RegistryValue.FromText(RegistryValue.Text, value));

    // what each case prints, and the variables after it
    private string[] Run(IEnumerable<string> cases)
    {
        string script = string.Concat(cases.Select(one => $"setlocal\r\n{one}\r\nset\r\nendlocal\r\necho {Mark}\r\n"));
        File.WriteAllText(windows.HostPath(@"C:\start.bat"), $"@echo off\r\n{script}", Encoding.ASCII);
        return windows.Run("cmd", @"/c C:\start.bat", TimeSpan.FromMinutes(10)).Output.Split(Mark + "\n")[..^1];
    }
}
