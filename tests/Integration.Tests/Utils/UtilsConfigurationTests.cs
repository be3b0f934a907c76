using System.Text;
using System.Text.Json;
using Qcw.Build.Components;

namespace Qcw.Integration.Tests.Utils;

/// <summary>What -Doctor says of Podman's configuration. What Podman itself says of the same files was compared by hand.</summary>
public sealed class UtilsConfigurationTests
{
    private const string User = PreparedMachine.User + "AppData/Roaming/containers/containers.conf";
    private const string DropIn = User + ".d/99-qcw-machine-provider.conf";

    // each ends every call of Podman 4.5, 5.8 and 6.1
    private static readonly (byte[] Bytes, string What, string Do)[] Bad =
    [
        ([0xff, 0xfe, .. Encoding.Unicode.GetBytes("[machine]\r\nprovider = \"wsl\"\r\n")], "line 1: the file is UTF-16", "UTF-8"),
        ([0xfe, 0xff, .. Encoding.BigEndianUnicode.GetBytes("[machine]\n")], "line 1: the file is UTF-16", "UTF-8"),
        (Encoding.Unicode.GetBytes("[machine]\n"), "line 1: the file is UTF-16", "UTF-8"),
        ([.. "[machine]\n# f"u8, 0xfc, .. "r\n"u8], "line 2: bytes that are not UTF-8", "UTF-8"),
        ("[machine]\nprovider = qemu\n"u8.ToArray(), "line 2: a value is expected, before: qemu", "quotation marks"),
        ("[machine]\n\nprovider = \"wsl\"\nprovider = \"qemu\"\n"u8.ToArray(), "line 4: provider is there already", "once"),
        ("[machine]\nprovider = \"wsl\"\n[machine]\ncpus = 2\n"u8.ToArray(), "line 3: machine is there already", "once"),
        ("# x\n[machine\nprovider = \"wsl\"\n"u8.ToArray(), "line 2: the name of a table is not closed", "[machine]"),
        ("[engine]\nhelper_binaries_dir = [\"C:\\Program Files\"]\n"u8.ToArray(), "line 2: a backslash", "single quotation"),
        ("[machine]\nprovider = \"qemu\n"u8.ToArray(), "line 2: a quotation mark is not closed", "quotation marks"),
        ("[machine]\nprovider = 5\n"u8.ToArray(), "line 2: provider is a number", "quotation marks"),
        ("[machine]\nprovider \"qemu\"\n"u8.ToArray(), "line 2: = is expected after provider", "key = value"),
        ("[engine]\nx = [1,\n2\n"u8.ToArray(), "line 4: a list or a table is not closed", "]"),
        ("[machine] provider = \"qemu\"\n"u8.ToArray(), "line 1: something follows", "key = value"),
        ("# \u0001\n"u8.ToArray(), "line 1: the control character 0001", "Delete"),
    ];

    private static readonly string[] Spellings =
    [
        "[machine]\nprovider = \"hyperv\"\n", "machine.provider = 'hyperv'", "\"machine\" . 'provider' = \"\"\"\nhyperv\"\"\" # so",
        "machine = { cpus = 2, provider = '''hyperv''' }\r\n",
        "\t[ machine ]\r\n\tprovider=\"hyp\\u0065rv\"\r\n", "[Machine]\nProvider = \"hyperv\"",
        "[[x]]\na = 1979-05-27 07:32:00Z\n[[x]]\nb = [1, 0x1F, # one\n "
            + "[\"]\", { c = -1.5e3 }],\n]\n[machine.y]\n[machine]\nprovider = \"hyperv\"\n",
    ];

    private TemporaryFolder folder = null!;
    private PreparedMachine machine = null!;
    private UtilsScript script = null!;

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
    public void What_Podman_cannot_read_is_named_with_file_line_and_cure()
    {
        File.Delete(machine.PathOf("drive_c/Program Files/qcw-podman/podman.exe"));
        for (int index = 0; index < Bad.Length; index++)
        {
            machine.Write($"{User}.d/{index:D2}.conf", string.Empty);
            File.WriteAllBytes(machine.PathOf($"{User}.d/{index:D2}.conf"), Bad[index].Bytes);
        }

        JsonElement[] findings = Findings("problem");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(findings, Has.Length.EqualTo(Bad.Length));
            foreach (((byte[] _, string what, string cure), JsonElement finding) in Bad.Zip(findings))
            {
                Assert.That(finding.GetProperty("what").GetString(), Does.Contain($".conf, {what}"));
                Assert.That(finding.GetProperty("do").GetString(), Does.Contain(cure));
            }
        }
    }

    [TestCaseSource(nameof(Spellings))]
    public void Each_spelling_of_the_provider_is_understood(string text)
    {
        machine.Write(DropIn, text);
        Assert.That(Doctor(0), Does.Contain("provider hyperv, says ").And.Contain("ok       2 files of configuration can be read"));
    }

    [TestCase("4.5.0-dev", 1), TestCase("5.8.3", 0), TestCase("6.1.0", 0)]
    public void A_byte_order_mark_of_UTF_8_is_wrong_for_old_Podmans_only(string version, int code)
    {
        machine.SetPodmanVersion(version);
        machine.SetPodman($"exit {code}");
        File.WriteAllBytes(machine.PathOf(DropIn), [0xef, 0xbb, 0xbf, .. "[machine]\nprovider = \"hyperv\"\n"u8]);
        Assert.That(Doctor(code), Does.Contain(code == 0 ? "provider hyperv, says" : "line 1: the file begins with a byte order mark"));
    }

    [Test]
    public void Podman_has_the_last_word()
    {
        machine.SetPodman("echo 'Failed to obtain podman configuration: toml: line 7: no' >&2; exit 1");
        Assert.That(
            Doctor(1),
            Does.Contain("podman.exe does not start: Failed to obtain podman configuration: toml: line 7: no").And.Contain("do:  Correct"));
        machine.SetPodman("test \"$1\" = --version");
        machine.Write(DropIn, "[machine]\nprovider = qemu\n");
        Assert.That(Doctor(0), Does.Contain("note     ").And.Contain("before: qemu; but Podman starts"));
    }

    [TestCase("4.5.0-dev"), TestCase("5.8.3"), TestCase("6.1.0")]
    public void The_variables_that_name_files_count(string version)
    {
        machine.SetPodmanVersion(version);
        machine.Write("drive_c/own.conf", "[machine]\nprovider = \"hyperv\"\n");
        machine.Environment["CONTAINERS_CONF"] = @"C:\own.conf";
        Assert.That(Doctor(0), Does.Contain(@"provider hyperv, says C:\own.conf").And.Contain("1 files of configuration"));
        machine.Write("drive_c/last.conf", "[machine]\nprovider = \"wsl\"\n");
        machine.Environment["CONTAINERS_CONF_OVERRIDE"] = @"C:\last.conf";
        Assert.That(Doctor(0), Does.Contain(@"provider wsl, says C:\last.conf"));
        machine.Environment["CONTAINERS_CONF"] = null;
        Assert.That(Doctor(0), Does.Contain(@"provider wsl, says C:\last.conf").And.Contain("3 files of configuration"));
    }

    [TestCase("CONTAINERS_CONF", "5.8.3", 1), TestCase("CONTAINERS_CONF_OVERRIDE", "4.5.0-dev", 1)]
    [TestCase("CONTAINERS_CONF_OVERRIDE", "5.8.3", 0), TestCase("CONTAINERS_CONF_OVERRIDE", "6.1.0", 1)]
    public void A_file_that_a_variable_names_has_to_be_there(string variable, string version, int code)
    {
        machine.SetPodmanVersion(version);
        machine.SetPodman($"exit {code}");
        machine.Environment[variable] = @"C:\gone.conf";
        Assert.That(Doctor(code).Contains($@"the variable {variable} names C:\gone.conf, which is not there", StringComparison.Ordinal),
            Is.EqualTo(code == 1));
    }

    [TestCase("4.5.0-dev", 1), TestCase("5.8.3", 2)]
    public void Only_old_Podmans_keep_machines_below_XDG_CONFIG_HOME(string version, int machines)
    {
        machine.SetPodmanVersion(version);
        machine.Environment["QCW_TEST_CONFIG_HOME"] = @"C:\xdg";
        machine.Write("drive_c/xdg/containers/podman/machine/qemu/other.json", "{}");
        machine.Write(PreparedMachine.User + ".config/containers/podman/machine/qemu/second.json", "{}");
        machine.Write("drive_c/xdg/containers/containers.conf", "no TOML");
        Assert.That(Doctor(0), Does.Contain($"{machines} machines, no name twice"));
    }

    [Test]
    public void A_name_in_capitals_is_none_of_the_files()
    {
        machine.Write(User + ".d/99-Z.CONF", "no TOML");
        Assert.That(Doctor(0), Does.Contain("2 files of configuration can be read"));
    }

    // files that somebody's editor may have spoilt: each is read, or refused with a line and an advice
    [Test]
    public void Spoilt_files_end_in_no_error_of_PowerShell()
    {
        var random = new Random(14);
        byte[][] good = [.. Spellings.Select(Encoding.UTF8.GetBytes), .. Bad.Select(bad => bad.Bytes)];
        for (int index = 0; index < 600; index++)
        {
            byte[] bytes = [.. good[random.Next(good.Length)]];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int at = random.Next(bytes.Length);
                byte[] other = good[random.Next(good.Length)];
                bytes = random.Next(3) switch
                {
                    0 => [.. bytes[..at], .. bytes[(at + 1)..], (byte)'\n'],
                    1 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
                    _ => [.. bytes[..at], .. other[random.Next(other.Length)..]],
                };
            }

            folder.Write($"toml/{index}.conf", bytes);
        }

        folder.Write("read.ps1", Encoding.UTF8.GetBytes($$"""
            Set-StrictMode -Version 3.0
            $ErrorActionPreference = 'Stop'
            . '{{UtilsScript.Parts}}/Toml.ps1'
            foreach ($file in [IO.Directory]::GetFiles('{{folder["toml"]}}')) {
                try {
                    "read $((ConvertFrom-Toml (Get-TomlText ([IO.File]::ReadAllBytes($file)) $true)).GetType().Name)"
                } catch {
                    $_.Exception.Message -replace "`n", ' ~ '
                }
            }
            """));
        string output = Pwsh.Run(folder.Path, ["-File", folder["read.ps1"]], limit: TimeSpan.FromMinutes(5)).StandardOutput;
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Length.EqualTo(600));
            Assert.That(lines, Has.All.Match("^(read Hashtable|line [0-9]+: .+ ~ .+)$"));
            Assert.That(lines, Has.Some.StartsWith("read").And.Some.StartsWith("line"));
        }
    }

    private string Doctor(int code)
    {
        (int actual, string output) = script.Run("-Doctor");
        Assert.That(actual, Is.EqualTo(code), output);
        return output;
    }

    private JsonElement[] Findings(string state) =>
    [
        .. script.Diagnose().Findings.Where(finding =>
            finding.GetProperty("id").GetString() == "configuration" && finding.GetProperty("state").GetString() == state),
    ];
}
