using System.Text.Json;
using Qcw.Build.Components;

namespace Qcw.Integration.Tests.Utils;

/// <summary>What -Doctor and -PodmanDesktop find on prepared machines.</summary>
public sealed class UtilsDoctorTests
{
    private const string User = PreparedMachine.User;
    private const string Desktop = PreparedMachine.Desktop;
    private const string Settings = User + ".config/containers/podman/machine/qemu/podman-machine-default.json";
    private const string Starting = "{\n \"Starting\": true,\n \"CPUs\": 1\n}";
    private const string Qemu = @"qemu-system-x86_64w C:\QEMU\qemu-system-x86_64w.exe -pidfile C:\users\jo\Temp\podman\";
    private const string Gvproxy = @"gvproxy C:\Podman\gvproxy.exe -pid-file C:\users\jo\Temp\podman\";

    private TemporaryFolder folder = null!;
    private UtilsScript script = null!;
    private PreparedMachine machine = null!;

    [SetUp]
    public void MakeSoundMachine()
    {
        folder = new TemporaryFolder();
        machine = new PreparedMachine(folder["machine"]);
        script = new UtilsScript(folder, UtilsStamp.None, machine);
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void A_sound_machine_has_only_good_findings()
    {
        (int code, string output) = Doctor();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.All.StartsWith("ok "));
            Assert.That(
                output,
                Does.Contain("QEMU 8.0.0-rc2: C:\\Program Files\\qcw-qemu\\qemu-system-x86_64w.exe")
                    .And.Contain("Podman 4.5.0-dev: ")
                    .And.Contain("Podman Desktop 1.0.0"));
            Assert.That(
                output,
                Does.Contain(
                    "provider qemu, says C:\\users\\jo\\AppData\\Roaming\\containers\\containers.conf.d\\99-qcw-machine-provider.conf"));
        }
    }

    [Test]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public void What_the_one_setup_program_has_installed_is_found()
    {
        const string Folder = "drive_c/users/jo/AppData/Local/Programs/qcw/";
        const string Uninstall = "\"Software\\\\Microsoft\\\\Windows\\\\CurrentVersion\\\\Uninstall\\\\";
        machine.Replace("CurrentUser.json", Uninstall, Uninstall + """
            qcw": { "InstallLocation": "C:\\users\\jo\\AppData\\Local\\Programs\\qcw", "DisplayVersion": "4.5.1+qemu.8.0.0" },

            """ + Uninstall);
        machine.Write(Folder + "qemu/qemu-system-x86_64w.exe", "x");
        machine.Write(Folder + "podman/gvproxy.exe", "x");
        File.SetUnixFileMode(
            machine.Write(Folder + "podman/podman.exe", "#!/bin/sh\nexit 0\n"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (int code, string output) = Doctor();
        Assert.That(code, Is.Zero, output);
        Assert.That(
            output,
            Does.Contain(@"QEMU 8.0.0: C:\users\jo\AppData\Local\Programs\qcw\qemu\qemu-system-x86_64w.exe")
                .And.Contain(@"Podman 4.5.1: C:\users\jo\AppData\Local\Programs\qcw\podman\podman.exe"));
    }

    [
        TestCase("drive_c/windows/system32/drivers/afunix.sys", "unix-sockets", "problem"),
        TestCase("drive_c/windows/system32/WinHvPlatform.dll", "hypervisor", "note")
    ]
    [
        TestCase("drive_c/Program Files/qcw-qemu/qemu-system-x86_64w.exe", "qemu", "problem"),
        TestCase("drive_c/Program Files/qcw-podman/podman.exe", "podman", "problem")
    ]
    [
        TestCase("drive_c/Program Files/qcw-podman/gvproxy.exe", "gvproxy", "problem"),
        TestCase("drive_c/windows/system32/OpenSSH/ssh-keygen.exe", "ssh-keygen", "problem")
    ]
    [TestCase(Desktop, "podman-desktop", "note")]
    public void What_is_missing_is_found(string file, string id, string state)
    {
        File.Delete(machine.PathOf(file));
        (int code, Dictionary<string, JsonElement> findings) = DoctorJson();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(findings[id].GetProperty("state").GetString(), Is.EqualTo(state));
            Assert.That(findings[id].GetProperty("why").GetString(), Is.Not.Empty);
            Assert.That(findings[id].GetProperty("do").GetString(), Is.Not.Empty);
            Assert.That(code, Is.EqualTo(findings.Values.Any(finding => finding.GetProperty("state").GetString() == "problem") ? 1 : 0));
        }
    }

    [
        TestCase("LocalMachine.json", "\"19045\"", "\"16299\"", "windows", "build 16299"),
        TestCase("CurrentUser.json", "\"1.0.0\"", "\"0.0.11\"", "podman-desktop", "0.0.11")
    ]
    [TestCase("LocalMachine.json", "CurrentBuildNumber", "OtherNumber", "windows", "the registry does not say which Windows this is")]
    [TestCase(
        User + "AppData/Roaming/containers/containers.conf.d/99-qcw-machine-provider.conf", "\"qemu\"", "\"qemo\"", "provider",
        "provider qemo")]
    public void What_does_not_fit_is_found(string file, string before, string after, string id, string what)
    {
        machine.Replace(file, before, after);
        (int code, Dictionary<string, JsonElement> findings) = DoctorJson();
        Assert.That(code, Is.EqualTo(1));
        Assert.That(findings[id].GetProperty("state").GetString(), Is.EqualTo("problem"));
        Assert.That(findings[id].GetProperty("what").GetString(), Does.Contain(what));
    }

    // the second is what QEMU's program contains: its manifest, or none
    [TestCase("17763", "<activeCodePage xmlns=", @"C:\users\Ігор\Temp", "problem", "before version 1903 Windows cannot be relied on")]
    [TestCase("17763", "<activeCodePage xmlns=", @"C:\users\jo\Temp", "ok", "names that every program can open")]
    [TestCase("18362", "x", @"C:\users\Ігор\Temp", "problem", @"qcw-qemu\qemu-system-x86_64w.exe cannot be relied on to open")]
    [TestCase("18362", "x", @"C:\users\jo\Temp", "ok", "names that every program can open")]
    [TestCase("18362", "MZ\0<activeCodePage xmlns=", @"C:\users\Ігор\Temp", "ok", "names that every program can open")]
    public void Letters_that_QEMU_loses_are_found(string build, string program, string folder, string state, string what)
    {
        machine.Replace("LocalMachine.json", "\"19045\"", $"\"{build}\"");
        machine.Write("drive_c/Program Files/qcw-qemu/qemu-system-x86_64w.exe", program);
        machine.Environment["TEMP"] = folder;
        (int code, Dictionary<string, JsonElement> findings) = DoctorJson();
        Assert.That(code, Is.EqualTo(state == "ok" ? 0 : 1));
        Assert.That(findings["letters"].GetProperty("state").GetString(), Is.EqualTo(state));
        Assert.That(findings["letters"].GetProperty("what").GetString(), Does.Contain(what).And.Contain(state == "ok" ? "" : folder));
        Assert.That(findings["letters"].GetProperty("do").GetString(), state == "ok" ? Is.Empty : Is.Not.Empty);
    }

    [Test]
    public void Lost_letters_are_a_note_where_no_machine_is_QEMUs()
    {
        machine.Environment["USERPROFILE"] = @"C:\users\Ігор";
        machine.Environment["CONTAINERS_MACHINE_PROVIDER"] = "wsl";
        (int code, Dictionary<string, JsonElement> findings) = DoctorJson();
        Assert.That(code, Is.Zero);
        Assert.That(findings["letters"].GetProperty("state").GetString(), Is.EqualTo("note"));
    }

    [Test]
    public void A_variable_outweighs_the_files()
    {
        machine.Environment["CONTAINERS_MACHINE_PROVIDER"] = "hyperv";
        Assert.That(Doctor().Output, Does.Contain("provider hyperv, says the variable CONTAINERS_MACHINE_PROVIDER"));
    }

    [TestCase("4.5.0-dev", "qemu", @"C:\users\jo\AppData\Roaming\containers\containers.conf.d\99-qcw-machine-provider.conf")]
    [TestCase("5.8.3", "qemu", @"C:\users\jo\AppData\Roaming\containers\containers.conf.d\99-qcw-machine-provider.conf")]
    [TestCase("6.1.0", "hyperv", @"C:\ProgramData\containers\containers.conf.d\99-z.conf")]
    public void The_files_are_read_as_that_Podman_reads_them(string version, string provider, string file)
    {
        machine.Write("drive_c/ProgramData/containers/containers.conf.d/99-z.conf", "[machine]\nprovider=\"hyperv\"\n");
        machine.Write("drive_c/ProgramData/containers/containers.conf.d/99-qcw-machine-provider.conf", "[machine]\nprovider=\"wsl\"\n");
        machine.SetPodmanVersion(version);
        Assert.That(Doctor().Output, Does.Contain($"provider {provider}, says {file}\n"));
    }

    [TestCase("4.5.0-dev", "provider wsl, says Podman's default")]
    [TestCase("5.8.3", @"provider qemu, says C:\ProgramData\containers\containers.conf.d\99-qcw-machine-provider.conf")]
    [TestCase("6.1.0", @"provider qemu, says C:\ProgramData\containers\containers.conf.d\99-qcw-machine-provider.conf")]
    public void From_5_on_the_line_of_all_users_counts(string version, string expected)
    {
        Directory.Delete(machine.PathOf(User + "AppData/Roaming/containers"), recursive: true);
        machine.Write("drive_c/ProgramData/containers/containers.conf.d/99-qcw-machine-provider.conf", "[machine]\nprovider=\"qemu\"\n");
        machine.SetPodmanVersion(version);
        Assert.That(Doctor().Output, Does.Contain(expected));
    }

    [TestCase(User + "AppData/Local/Programs/Podman/podman.exe", @"C:\users\jo\AppData\Local\Programs\Podman\podman.exe")]
    [TestCase("drive_c/Program Files/Podman/podman.exe", @"C:\Program Files\Podman\podman.exe")]
    [TestCase("drive_c/Program Files/RedHat/Podman/podman.exe", @"C:\Program Files\RedHat\Podman\podman.exe")]
    [TestCase("drive_c/Podman of theirs/podman.exe", @"C:\Podman of theirs\podman.exe")]
    public void An_official_Podman_is_found(string file, string path)
    {
        File.Delete(machine.PathOf("drive_c/Program Files/qcw-podman/podman.exe"));
        machine.Write(file, "x");
        string hive = machine.PathOf("CurrentUser.json");
        File.WriteAllText(hive, File.ReadAllText(hive).TrimEnd().TrimEnd('}')
            + """, "Software\\Podman": { "InstallDir": "C:\\Podman of theirs\\" } }""");
        Assert.That(Doctor().Output, Does.Contain($": {path}\n"));
    }

    [Test]
    public void A_program_in_a_folder_that_PATH_quotes_is_found()
    {
        File.Delete(machine.PathOf("drive_c/Program Files/qcw-qemu/qemu-system-x86_64w.exe"));
        machine.Write("drive_c/with; semicolon/qemu-system-x86_64w.exe", "x");
        Assert.That(Doctor().Output, Does.Contain(@": C:\with; semicolon\qemu-system-x86_64w.exe"));
    }

    [Test]
    public void The_QEMU_of_this_user_comes_before_that_of_all_users()
    {
        machine.Write("drive_c/users/jo/AppData/Local/Programs/qcw-qemu/qemu-system-x86_64w.exe", "x");
        machine.Replace("CurrentUser.json", "{\n  \"Software", """
            {
              "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\qcw-qemu": {
                "DisplayVersion": "11.1.2", "InstallLocation": "C:\\users\\jo\\AppData\\Local\\Programs\\qcw-qemu"
              },
              "Software
            """);
        Assert.That(
            Doctor().Output, Does.Contain(@"QEMU 11.1.2: C:\users\jo\AppData\Local\Programs\qcw-qemu\qemu-system-x86_64w.exe"));
    }

    // $BINDIR is Podman's word for its own folder; before 5 it looks for QEMU on PATH only
    [TestCase("5.8.3", "'$BINDIR\\..\\portable', {append=true}", true)]
    [TestCase("5.8.3", "'C:\\Program Files\\portable'", true)]
    [TestCase("4.5.0-dev", "'C:\\Program Files\\portable'", false)]
    public void A_portable_QEMU_is_found_where_Podmans_configuration_says(string podman, string folders, bool found)
    {
        File.Delete(machine.PathOf("drive_c/Program Files/qcw-qemu/qemu-system-x86_64w.exe"));
        machine.Write("drive_c/Program Files/portable/qemu-system-x86_64w.exe", "x");
        machine.SetPodmanVersion(podman);
        machine.Write(
            "drive_c/users/jo/AppData/Roaming/containers/containers.conf.d/50-mine.conf", $"[engine]\nhelper_binaries_dir = [{folders}]\n");
        Assert.That(Doctor().Output, Does.Match(found ? @"QEMU .*\\portable\\qemu-system-x86_64w\.exe" : "QEMU was not found"));
    }

    [Test]
    public void What_needs_an_administrator_is_said_once()
    {
        File.Delete(machine.PathOf("drive_c/windows/system32/WinHvPlatform.dll"));
        string output = Doctor().Output;
        Assert.That(output, Does.Contain("Have an administrator turn on \"Windows Hypervisor Platform\"").And.Contain("emulated (TCG)"));
        Assert.That(output.Split("Have an administrator"), Has.Length.EqualTo(2));
    }

    [Test]
    public void The_gvproxy_of_a_newer_Podman_is_known_by_its_socket()
    {
        machine.Write(
            "processes.txt",
            @"gvproxy C:\Podman\gvproxy.exe -pid-file C:\users\jo\Temp\podman\gvproxy.pid "
                + "-listen-qemu unix:///C:/users/jo/Temp/podman/podman-machine-default-gvproxy.sock\n");
        (int code, string output) = Doctor();
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain("gvproxy (process 1) runs for podman-machine-default, which does not"));
    }

    [Test]
    public void Json_is_ascii_whatever_it_tells()
    {
        machine.Environment["CONTAINERS_MACHINE_PROVIDER"] = "qümu \U0001F980";
        (int code, string output) = script.Run("-Doctor", "-Json");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Match(@"\A[\n\x20-\x7e]+\z"));
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.That(report.GetProperty("problems").GetInt32(), Is.EqualTo(1));
        Assert.That(
            report.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("what").GetString()),
            Has.One.StartsWith("provider qümu \U0001F980, says "));
    }

    [Test]
    public void A_machine_of_the_same_name_under_two_providers_is_found()
    {
        machine.Write(User + ".config/containers/podman/machine/wsl/podman-machine-default.json", "{}");
        (int code, string output) = Doctor();
        Assert.That(code, Is.EqualTo(1));
        Assert.That(
            output,
            Does.Contain("problem  the machine podman-machine-default exists under qemu and wsl")
                .And.Contain("why: Their ssh key files")
                .And.Contain("do:  Remove one"));
    }

    [TestCase("y\n", false), TestCase("n\n", true), TestCase("", true)]
    public void Stale_files_are_deleted_when_that_is_wanted(string answer, bool stays)
    {
        string socket = machine.Write(User + "Temp/podman/podman-machine-default_ready.sock", "");
        string other = machine.Write(User + "Temp/podman/notes.txt", "");
        Assert.That(Doctor().ExitCode, Is.EqualTo(1));
        (int code, string output) = script.Answer(answer, "-Doctor", "-Fix");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(stays ? 1 : 0), output);
            Assert.That(File.Exists(socket), Is.EqualTo(stays));
            Assert.That(other, Does.Exist);
        }
    }

    [TestCase("qemu-system-x86_64w"), TestCase("podman podman.exe machine start")]
    public void Files_of_what_may_be_a_running_machine_are_left_alone(string processes)
    {
        string socket = machine.Write(User + "Temp/podman/qmp_podman-machine-default.sock", "");
        string settings = machine.Write(Settings, Starting);
        machine.Write("processes.txt", $"explorer\n{processes}\n");
        (int code, string output) = script.Answer("y\ny\n", "-Doctor", "-Fix");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That(socket, Does.Exist);
            Assert.That(File.ReadAllText(settings), Is.EqualTo(Starting));
        }
    }

    [TestCase(null), TestCase("77\n")]
    public void The_pid_file_of_a_running_machine_is_written_again(string? pid)
    {
        const string PidFile = User + "Temp/podman/podman-machine-default_vm.pid";
        string socket = machine.Write(User + "Temp/podman/qmp_podman-machine-default.sock", "");
        if (pid is not null)
        {
            machine.Write(PidFile, pid);
        }

        machine.Write("processes.txt", $"{Qemu}podman-machine-default_vm.pid\n{Gvproxy}podman-machine-default_proxy.pid -x\n");
        Assert.That(DoctorJson().Findings["lost-pid-file"].GetProperty("what").GetString(), Does.StartWith("QEMU (process 1) runs for "));
        (int code, string output) = script.Answer("y\n", "-Doctor", "-Fix");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That(File.ReadAllText(machine.PathOf(PidFile)).Trim(), Is.EqualTo("1"));
            Assert.That(socket, Does.Exist);
            Assert.That(machine.PathOf("ended.txt"), Does.Not.Exist);
        }
    }

    [TestCase(""), TestCase("qemu-system-aarch64w qemu -m 1\n")]
    public void A_machine_that_runs_after_a_killed_start_and_without_gvproxy_is_left_to_podman(string another)
    {
        string settings = machine.Write(Settings, Starting);
        string pid = machine.Write(User + "Temp/podman/podman-machine-default_vm.pid", "1\n");
        machine.Write("processes.txt", $"{Qemu}podman-machine-default_vm.pid\n{another}");
        (int code, string output) = script.Answer("y\ny\n", "-Doctor", "-Fix");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(
                output,
                Does.Contain("podman-machine-default runs, but its start was killed, and its gvproxy has ended")
                    .And.Contain("do:  podman machine stop podman-machine-default, then podman machine start"));
            Assert.That(pid, Does.Exist);
            Assert.That(File.ReadAllText(settings), Is.EqualTo(Starting));
        }
    }

    [Test]
    public void What_a_killed_start_left_is_cured_beside_another_machine_that_runs()
    {
        string settings = machine.Write(Settings, Starting);
        machine.Write(User + ".config/containers/podman/machine/qemu/other.json", "{}");
        string stale = machine.Write(User + "Temp/podman/vlan_podman-machine-default.sock", "");
        string inUse = machine.Write(User + "Temp/podman/qmp_other.sock", "");
        machine.Write(User + "Temp/podman/other_vm.pid", "1\n");
        machine.Write("processes.txt", $"{Qemu}other_vm.pid\n{Gvproxy}other_proxy.pid -x\n{Gvproxy}podman-machine-default_proxy.pid -x\n");
        Assert.That(DoctorJson().Findings.Keys, Is.SupersetOf(["stale-start", "stale-gvproxy", "stale-files"]));
        Assert.That(File.ReadAllText(settings), Is.EqualTo(Starting), "without -Fix nothing is changed");
        (int code, string output) = script.Answer("y\ny\ny\n", "-Doctor", "-Fix");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That(File.ReadAllText(settings), Is.EqualTo(Starting.Replace("true", "false", StringComparison.Ordinal)));
            Assert.That(File.ReadAllText(machine.PathOf("ended.txt")).Trim(), Is.EqualTo("3"));
            Assert.That(stale, Does.Not.Exist);
            Assert.That(inUse, Does.Exist);
        }
    }

    [Test]
    public void Two_QEMUs_on_one_disk_are_found_and_left_to_the_user()
    {
        machine.Write(Settings, "{\"ImagePath\": {\"Path\": \"C:\\\\disk.qcow2\"}}");
        machine.Write("processes.txt", $"{Qemu}podman-machine-default_vm.pid\n{Qemu}podman-machine-default_vm.pid\n");
        (int code, string output) = script.Answer("y\n", "-Doctor", "-Fix");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(
                output,
                Does.Contain("more than one QEMU (processes 1 and 2) runs with the disk of podman-machine-default")
                    .And.Contain("qemu-img check \"C:\\disk.qcow2\""));
            Assert.That(machine.PathOf("ended.txt"), Does.Not.Exist);
        }
    }

    [Test]
    public void Settings_that_were_cut_off_are_found()
    {
        machine.Write(Settings, "{ \"Name\": \"podman-mach");
        (int code, string output) = Doctor();
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain("podman-machine-default.json cannot be read: "));
    }

    [TestCase("y\n", 0, true), TestCase("y\n", 3, true), TestCase("n\n", 0, false)]
    public void Podman_Desktop_is_got_with_winget_after_asking(string answer, int exitCode, bool runs)
    {
        File.Delete(machine.PathOf(Desktop));
        string winget = machine.Write(
            User + "AppData/Local/Microsoft/WindowsApps/winget.exe", $"#!/bin/sh\necho winget was given \"$@\"\nexit {exitCode}\n");
        ProcessRunner.Run(new ProcessRequest("chmod", "+x", winget));
        (int code, string output) = script.Answer(answer, "-PodmanDesktop");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Contain("https://podman-desktop.io/downloads"));
            Assert.That(
                output.Contains("winget was given install --exact --id RedHat.Podman-Desktop\n", StringComparison.Ordinal),
                Is.EqualTo(runs));
            Assert.That(code, Is.EqualTo(exitCode == 0 ? 0 : 1), output);
        }
    }

    [Test]
    public void Podman_Desktop_that_is_there_is_found() =>
        Assert.That(script.RunOk("-PodmanDesktop"), Does.Contain("Podman Desktop 1.0.0 is installed"));

    private (int ExitCode, string Output) Doctor() => script.Run("-Doctor");

    private (int ExitCode, Dictionary<string, JsonElement> Findings) DoctorJson()
    {
        (int code, JsonElement[] findings) = script.Diagnose();
        return (code, findings.ToDictionary(finding => finding.GetProperty("id").GetString()!));
    }
}
