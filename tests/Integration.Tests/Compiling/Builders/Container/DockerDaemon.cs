using System.Diagnostics;
using System.Globalization;

namespace Qcw.Integration.Tests.Compiling.Builders.Container;

/// <summary>Debian's docker daemon, started by hand in a folder of the test's, beside whatever the machine runs.</summary>
internal sealed class DockerDaemon : IDisposable
{
    private readonly Process process;
    private readonly StreamWriter log;
    private readonly string data;
    private readonly Lock gate = new();

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="folder">Gets its socket, its images and its log; an existing one.</param>
    public DockerDaemon(string folder)
    {
        Assert.That(
            Environment.IsPrivilegedProcess, Is.True, "these tests start Debian's docker daemon, and only root can: run them as root");
        Socket = Path.Combine(folder, "docker.sock");
        data = Path.Combine(folder, "data");
        log = new StreamWriter(Path.Combine(folder, "log")) { AutoFlush = true };
        var info = new ProcessStartInfo(
            "/usr/sbin/dockerd",
            [
                "--data-root",
                data,
                "--exec-root",
                Path.Combine(folder, "exec"),
                "--pidfile",
                Path.Combine(folder, "pid"),
                "--host",
                "unix://" + Socket,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(info)!;
        process.OutputDataReceived += Receive;
        process.ErrorDataReceived += Receive;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Wait.Until(() => process.HasExited || Docker("version").ExitCode == 0, "the docker daemon answers", 60);
        Assert.That(process.HasExited, Is.False, () => Log(folder));
    }

    /// <summary>Where it listens.</summary>
    public string Socket { get; }

    /// <summary>The value of DOCKER_HOST.</summary>
    public string Host => "unix://" + Socket;

    /// <summary>Runs docker with it.</summary>
    public ProcessResult Docker(params string[] arguments) =>
        ProcessRunner.Run(new ProcessRequest("/usr/bin/docker", ["--host", Host, .. arguments]) { AllowFailure = true });

    /// <summary>Ids of the containers of builds, running or not.</summary>
    /// <param name="what">What is done in them, as in their names; null: anything.</param>
    public string[] Containers(string? what = null) =>
        Docker("ps", "--all", "--quiet", "--filter", "label=qcw.run", "--filter", $"name=^qcw-{what}").StandardOutput
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose()
    {
        if (!process.HasExited)
        {
            // it unmounts what it mounted, and takes containerd along
            ProcessRunner.Run(new ProcessRequest("bash", "-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {process.Id}")));
            if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
            {
                process.Kill(entireProcessTree: true);
            }
        }

        process.WaitForExit();
        process.Dispose();
        log.Dispose();
        // it mounts its folder onto itself, and where / is a folder of another file system it leaves that behind
        if (File.ReadAllText("/proc/self/mountinfo").Contains($" {data} ", StringComparison.Ordinal))
        {
            ProcessRunner.Run(new ProcessRequest("umount", data));
        }
    }

    private string Log(string folder)
    {
        log.Dispose();
        return File.ReadAllText(Path.Combine(folder, "log"));
    }

    private void Receive(object sender, DataReceivedEventArgs e)
    {
        lock (gate)
        {
            log.WriteLine(e.Data);
        }
    }
}
