using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Qcw.Integration.Tests.WindowsJourney;

/// <summary>journey.ps1 with a small release, in PowerShell 7 and under Wine: all but a machine that runs.</summary>
public sealed class JourneyUnderWineTests
{
    private static readonly string[] WithMachine =
    [
        "image of the machine", "the prompt of podman-qemu.bat", "podman machine init", "podman machine start", "podman machine ls",
        "podman info", "podman load", "podman run, with a published port", "podman logs", "podman exec", "podman machine ssh",
        "podman stop", "podman machine stop", "podman machine start, and another one beside it", "the data of before", "the page again",
        "podman machine rm",
    ];

    private JourneyRelease release = null!;
    private WineSession windows = null!;
    private TemporaryFolder folder = null!;

    [OneTimeSetUp]
    public void MakeRelease() => release = new JourneyRelease();

    [OneTimeTearDown]
    public void DeleteRelease() => release.Dispose();

    [SetUp]
    public void StartWindows()
    {
        windows = new WineSession();
        folder = new TemporaryFolder("qcw-test-ü ");
        folder.Write("guest image.qcow2", "an image");
        folder.Write("web.tar", "an archive");
    }

    [TearDown]
    public void EndWindows()
    {
        windows.Dispose();
        folder.Dispose();
    }

    [TestCase("machine"), TestCase("user")]
    public void Every_step_is_done_and_nothing_is_left(string scope)
    {
        (int code, string output) = Run(release.Path, null, "-Scope", scope);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That(StepsThat("ok", output), Is.SupersetOf(WithMachine));
            Assert.That(
                StepsThat("ok", output),
                Is.SupersetOf(((string[])[JourneyRelease.Setup, JourneyRelease.MsiOf(scope), JourneyRelease.Utils])
                    .SelectMany(file => (string[])["installation of " + file, "uninstallation of " + file])));
            Assert.That(output, Does.Match(@"nothing is left: ok \(\d+ s\)\ndone\n$"));
            Assert.That(Directory.GetFileSystemEntries(folder["work"]), Is.Empty);
            Assert.That(windows.HostPath(@"C:\Program Files\qcw-qemu"), Does.Not.Exist);
        }
    }

    [Test]
    public void A_release_without_Podman_is_tried_without_a_machine()
    {
        string small = CopyOfRelease(name => name.EndsWith(".msi", StringComparison.Ordinal) ? null : name);
        (int code, string output) = Run(small, null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That(StepsThat("ok", output), Has.Member("version of QEMU").And.Member("nothing is left"));
            Assert.That(output, Does.Not.Contain("machine").And.Not.Contain(".msi"));
        }
    }

    [Test]
    public void Podman_5_has_other_options_and_another_log()
    {
        string newer = CopyOfRelease(name => name.Replace("podman-4.5.0-dev-", "podman-5.8.3-", StringComparison.Ordinal));
        (int code, string output) = Run(newer, "machine init");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1), output);
            Assert.That(StepsThat("failed", output), Is.EqualTo(["podman machine init"]));
            Assert.That(output, Does.Contain("podman-qemu.bat\" podman machine init --image \"%JOURNEY_IMAGE%\" qcw-journey\n"));
            Assert.That(output, Does.Match(@"gvproxy's log is C:\\.*\\podman\\gvproxy\.log\n"));
        }
    }

    [Test]
    public void A_failure_shows_the_command_its_output_and_the_machine_and_leaves_everything()
    {
        (int code, string output) = Run(release.Path, "machine start");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1), output);
            Assert.That(StepsThat("failed", output), Is.EqualTo(["podman machine start"]));
            // Wine's cmd has 1 for every exit code that comes through CALL
            Assert.That(output, Does.Match(@"s\): exit code (1|125)\n"));
            Assert.That(output, Does.Contain("podman-qemu.bat\" podman machine start qcw-journey\n"));
            Assert.That(output, Does.Contain("    Error: machine start goes wrong\n"));
            Assert.That(output, Does.Match(@"gvproxy's log is C:\\.*\\podman\\gvproxy_qcw-journey\.log\n    gvproxy is here"));
            Assert.That(output, Does.Match(@"settings are C:\\users\\.*\\qemu\\qcw-journey\.json\n    \{ ""Name"": ""qcw-journey"" \}"));
            Assert.That(output, Does.Contain($"logs are in {folder["work/commands"]}."));
        }

        (code, output) = Run(release.Path, null, "-Work", folder["other"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1), output);
            Assert.That(StepsThat("failed", output), Is.EqualTo(["a Windows without qcw"]));
            Assert.That(output, Does.Contain("QEMU of qcw is installed, Podman of qcw is installed for all users, C:").And
                .Contain("qcw-journey.json"));
        }
    }

    private static string[] StepsThat(string state, string output) =>
    [
        .. output.Split('\n').Select(line => line.Split($": {state} (")).Where(parts => parts.Length == 2).Select(parts => parts[0]),
    ];

    // under other names, or without a file
    private string CopyOfRelease(Func<string, string?> nameOf)
    {
        string copy = folder.Create("another release");
        foreach (string file in Directory.GetFiles(release.Path))
        {
            if (nameOf(Path.GetFileName(file)) is { } name)
            {
                File.Copy(file, Path.Combine(copy, name));
            }
        }

        JourneyRelease.WriteSums(copy);
        return copy;
    }

    private (int ExitCode, string Output) Run(string path, string? wrong, params string[] more)
    {
        // without its output: services of Windows, started along with the first program, would keep a pipe open
        string runner = folder.Write("runner", $"#!/bin/sh\nexec {string.Join(' ', Wine.Command)} \"$@\" >/dev/null 2>&1\n");
        ProcessRunner.Run(new ProcessRequest("chmod", "755", runner));
        var variables = new Dictionary<string, string?>(Wine.EnvironmentOf(windows.Prefix))
        {
            ["LC_ALL"] = "C.UTF-8", // file names are bytes, and the work folder has an umlaut
            ["FAKE_PODMAN"] = wrong,
        };
        string[] work = more.Contains("-Work") ? [] : ["-Work", folder["work"]];
        return JourneyScript.Run(
            folder.Path, runner, variables,
            [
                "-Release", path, "-Image", "guest image.qcow2", "-ContainerImage", "localhost/web:1", "-ContainerArchive", "web.tar",
                "-Port", FreePort(), .. work, .. more,
            ]);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
