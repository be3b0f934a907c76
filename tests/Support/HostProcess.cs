using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Qcw.Tests.Support;

/// <summary>The build host as a process of its own, as the shims start it, with an output folder of the test's.</summary>
public sealed class HostProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    /// <summary>Starts it for the checkout that the tests were compiled from.</summary>
    public HostProcess(string artifacts, params string[] arguments)
        : this(Repository.Root, artifacts, arguments)
    {
    }

    private HostProcess(string root, string artifacts, string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Build.dll"), .. arguments, $"--artifacts={artifacts}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = root,
        };
        info.Environment["CI"] = "true";
        info.Environment["QCW_CALLER_DIRECTORY"] = root;
        process = Process.Start(info)!;
        process.OutputDataReceived += Receive;
        process.ErrorDataReceived += Receive;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has printed so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Runs it to its end.</summary>
    public static (int ExitCode, string Output) Run(string artifacts, params string[] arguments)
    {
        using var host = new HostProcess(artifacts, arguments);
        return (host.Wait(), host.Output);
    }

    /// <summary>Runs it to its end, for another checkout.</summary>
    public static (int ExitCode, string Output) RunIn(string root, string artifacts, params string[] arguments)
    {
        using var host = new HostProcess(root, artifacts, arguments);
        return (host.Wait(), host.Output);
    }

    /// <summary>Runs it to an end that must be good.</summary>
    public static string RunOk(string artifacts, params string[] arguments)
    {
        (int code, string output) = Run(artifacts, arguments);
        Assert.That(code, Is.Zero, output);
        return output;
    }

    /// <summary>Waits for its end.</summary>
    public int Wait()
    {
        Assert.That(process.WaitForExit(TimeSpan.FromMinutes(8)), Is.True, $"still running after 8 minutes:\n{Output}");
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>True once it has ended.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>kill -9 of the host alone: what it started lives on, as after a crash.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Asks it to stop, as Ctrl+C and a CI system do, and waits for its end.</summary>
    public void Terminate()
    {
        // bash has kill built in; the program of that name is not on every machine
        ProcessRunner.Run(new ProcessRequest("bash", "-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {process.Id}")));
        Wait();
    }

    /// <summary>Command lines of all processes of this machine that name a folder.</summary>
    public static string[] ProcessesThatName(string folder) =>
    [
        .. Directory.GetDirectories("/proc").Where(entry => char.IsDigit(Path.GetFileName(entry)[0]))
            .Select(CommandLine).Where(line => line.Contains(folder, StringComparison.Ordinal)),
    ];

    private static string CommandLine(string entry)
    {
        try
        {
            return File.ReadAllText(Path.Combine(entry, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return string.Empty; // it has ended meanwhile
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private void Receive(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is not null)
        {
            lock (output)
            {
                output.Append(e.Data).Append('\n');
            }
        }
    }
}
