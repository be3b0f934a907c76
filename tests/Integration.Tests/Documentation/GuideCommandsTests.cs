using System.Security.Cryptography;
using System.Text;

namespace Qcw.Integration.Tests.Documentation;

/// <summary>Commands of the guide, run as they stand on its pages.</summary>
public sealed class GuideCommandsTests
{
    private const string Name = "qemu-8.0.0-rc2-windows-x86_64-setup.exe";
    private const string Settings = "containers/containers.conf.d/99-qcw-machine-provider.conf";

    // of docs/verifying.md: what a test runs, here and where signatures and the script are tested
    private static readonly string[] Tested =
        ["Get-FileHash", "$file", "$line", "$hash", "sha256sum ", "ssh-keygen ", "minisign ", "qcw-utils.ps1 -Verify "];

    // and what needs Windows itself, or GitHub
    private static readonly string[] Elsewhere = ["certutil ", "gh attestation ", "Get-AuthenticodeSignature "];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeDownload()
    {
        folder = new TemporaryFolder();
        folder.Write($"down loads/{Name}", "bytes"u8.ToArray());
        string hash = Convert.ToHexStringLower(SHA256.HashData("bytes"u8));
        folder.Write("down loads/SHA256SUMS", Encoding.ASCII.GetBytes($"{new string('0', 64)}  other-{Name}\n{hash}  {Name}\n"));
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void The_comparing_command_takes_a_name_and_a_path_and_tells_not_listed_from_different(
        [Values(Name, @".\" + Name, "{folder}/" + Name, @"..\down` loads\" + Name)] string file)
    {
        file = file.Replace("{folder}", folder["down loads"].Replace(" ", "` ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.That(Compare(file), Is.EqualTo("same"));
        File.AppendAllText(folder[$"down loads/{Name}"], "damage");
        Assert.That(Compare(file), Is.EqualTo("differs"));
        File.WriteAllText(folder["down loads/SHA256SUMS"], $"{new string('0', 64)}  other-{Name}\n");
        Assert.That(Compare(file), Is.EqualTo("not listed"));
    }

    [Test]
    public void The_other_commands_that_verify_work()
    {
        string show = GuidePage.Commands("docs/verifying.md", "Get-FileHash -Algorithm").Single();
        Assert.That(PowerShell(show), Is.EqualTo(Convert.ToHexString(SHA256.HashData("bytes"u8))));
        string check = GuidePage.Commands("docs/verifying.md", "sha256sum ").Single();
        ProcessResult result = ProcessRunner.Run(new ProcessRequest("sh", ["-c", check]) { WorkingDirectory = folder["down loads"] });
        Assert.That(result.StandardOutput, Is.EqualTo($"{Name}: OK\n"));
    }

    [Test]
    public void Every_command_that_verifies_is_run_by_a_test_or_needs_what_is_not_here() =>
        Assert.That(
            GuidePage.Commands("docs/verifying.md", string.Empty)
                .Except(GuidePage.Commands("docs/verifying.md", [.. Tested, .. Elsewhere])),
            Is.Empty);

    [Test]
    public void PowerShell_writes_the_two_lines_of_the_provider_without_a_mark()
    {
        // the commands name one folder twice
        PowerShell(string.Join('\n', GuidePage.Commands("docs/using-podman.md", "$env:APPDATA")));
        PowerShell(string.Join('\n', GuidePage.Commands("docs/using-podman.md", "$env:APPDATA")));
        Assert.That(
            File.ReadAllBytes(folder[Settings]),
            Is.EqualTo(Encoding.ASCII.GetBytes("[machine]\nprovider = \"qemu\"\n".ReplaceLineEndings())));
    }

    [Test]
    public void A_command_prompt_writes_the_two_lines_of_the_provider_without_a_mark()
    {
        using var windows = new WineSession();
        File.WriteAllText(
            windows.HostPath(@"C:\type.bat"),
            "set \"APPDATA=C:\\set & tings\"\r\n"
                + string.Concat(GuidePage.Commands("docs/using-podman.md", "%APPDATA%\\containers").Select(line => line + "\r\n")));
        windows.RunOk("cmd", @"/c C:\type.bat");
        string file = windows.HostPath(@"C:\set & tings\containers\containers.conf.d\99-qcw-machine-provider.conf");
        Assert.That(File.ReadAllText(file, Encoding.Latin1), Is.EqualTo("[machine]\r\nprovider = \"qemu\"\r\n"));
    }

    private string Compare(string file) => PowerShell(string.Join(
        '\n', GuidePage.Commands("docs/verifying.md", "$file", "$line", "$hash").Distinct())
        .Replace("FILE", file, StringComparison.Ordinal));

    private string PowerShell(string commands)
    {
        ProcessResult result = Pwsh.Run(
            folder["down loads"], ["-Command", $"Set-StrictMode -Version 3.0; $ErrorActionPreference = 'Stop'\n{commands}"],
            environment: new Dictionary<string, string?> { ["APPDATA"] = folder.Path });
        Assert.That(result.ExitCode, Is.Zero, result.StandardError);
        return result.StandardOutput.Trim();
    }
}
