using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>A fetch in a process of its own (tests/Tools/FetchTool).</summary>
public sealed class FetchToolProcess : IDisposable
{
    private const int Kill = 9;
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly Task<string> error;

    /// <summary>Starts it.</summary>
    public FetchToolProcess(string artifacts, Uri url, string sha256, params (string Name, string Value)[] environment)
    {
        var info = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "FetchTool.dll"), artifacts, url.AbsoluteUri, sha256])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            info.Environment[name] = value;
        }

        process = Process.Start(info)!;
        process.OutputDataReceived += (_, e) =>
        {
            lock (output)
            {
                output.Append(e.Data).Append('\n');
            }
        };
        process.BeginOutputReadLine();
        error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What it has printed so far.</summary>
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

    /// <summary>Exit code and both streams, at its end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, Output, await error);
    }

    /// <summary>kill -9: it gets no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        Assert.That(SendSignal(process.Id, Kill), Is.Zero);
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
