using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Qcw.Build.Core;

/// <summary>The one way to run a program: throws on failure, logs everything, shows the tail.</summary>
public static class ProcessRunner
{
    private const int TailLines = 20;

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="ProcessFailedException">It could not be started, took too long, or failed and failure is not allowed.</exception>
    public static ProcessResult Run(ProcessRequest request)
    {
        using var process = new Process { StartInfo = StartInfo(request) };
        using TextWriter log = OpenLog(request);
        var output = new StringBuilder();
        var error = new StringBuilder();
        var tail = new Queue<string>();

        void Receive(StringBuilder all, string? line)
        {
            if (line is null)
            {
                return;
            }

            lock (tail)
            {
                all.Append(line).Append('\n');
                log.WriteLine(line);
                tail.Enqueue(line);
                if (tail.Count > TailLines)
                {
                    tail.Dequeue();
                }

                request.OnLine?.Invoke(line);
            }
        }

        process.OutputDataReceived += (_, e) => Receive(output, e.Data);
        process.ErrorDataReceived += (_, e) => Receive(error, e.Data);
        Start(process, request);
        using IDisposable running = RunningProcesses.Add(process);
        if (request.StandardInput is not null)
        {
            process.StandardInput.Write(request.StandardInput);
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (request.Timeout is { } timeout && !process.WaitForExit(timeout))
        {
            RunningProcesses.Kill(process);
            process.WaitForExit();
            throw new ProcessFailedException(Failure(request, $"did not end within {timeout.TotalSeconds:0} s", tail), null);
        }

        process.WaitForExit();
        if (process.ExitCode != 0 && !request.AllowFailure)
        {
            throw new ProcessFailedException(Failure(request, $"failed with exit code {process.ExitCode}", tail), process.ExitCode);
        }

        return new ProcessResult(process.ExitCode, output.ToString(), error.ToString());
    }

    private static ProcessStartInfo StartInfo(ProcessRequest request)
    {
        var info = new ProcessStartInfo(request.Program, request.Arguments)
        {
            WorkingDirectory = request.WorkingDirectory ?? string.Empty,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        if (request.ClearEnvironment)
        {
            info.Environment.Clear();
        }

        foreach ((string name, string? value) in request.Environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private static void Start(Process process, ProcessRequest request)
    {
        try
        {
            if (process.Start())
            {
                return;
            }
        }
        catch (Win32Exception e)
        {
            throw new ProcessFailedException($"{request.Program} could not be started: {e.Message}", null, e);
        }

        // nothing was started that could be waited for: so it is where Wine finds a program of the system below it
        throw new ProcessFailedException($"{request.Program} could not be started: it is not a program of this system", null);
    }

    private static TextWriter OpenLog(ProcessRequest request)
    {
        if (request.LogFile is null)
        {
            return TextWriter.Null;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(request.LogFile)!);
        var log = new StreamWriter(request.LogFile, append: true) { NewLine = "\n", AutoFlush = true };
        log.WriteLine("$ " + request.CommandLine);
        return log;
    }

    private static string Failure(ProcessRequest request, string what, Queue<string> tail)
    {
        var text = new StringBuilder($"{request.Title ?? request.CommandLine} {what}");
        foreach (string line in tail)
        {
            text.Append("\n    ").Append(line);
        }

        if (request.LogFile is not null)
        {
            text.Append("\n  full output: ").Append(request.LogFile);
        }

        return text.ToString();
    }
}
