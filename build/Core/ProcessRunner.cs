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
        using var started = new StartedProcess(request);
        return started.Wait();
    }

    /// <summary>Runs a program to its end without holding a thread.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancel">Kills the program and everything it started.</param>
    /// <exception cref="ProcessFailedException">As <see cref="Run"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the program has ended.</exception>
    public static async Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var started = new StartedProcess(request);
        return await started.WaitAsync(cancel);
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

    /// <summary>A program that runs; its output is collected until it ends.</summary>
    private sealed class StartedProcess : IDisposable
    {
        private readonly ProcessRequest request;
        private readonly Process process;
        private readonly TextWriter log;
        private readonly IDisposable running;
        private readonly StringBuilder output = new();
        private readonly StringBuilder error = new();
        private readonly Queue<string> tail = new();

        public StartedProcess(ProcessRequest request)
        {
            this.request = request;
            process = new Process { StartInfo = StartInfo(request) };
            log = OpenLog(request);
            try
            {
                process.OutputDataReceived += (_, e) => Receive(output, e.Data);
                process.ErrorDataReceived += (_, e) => Receive(error, e.Data);
                Start(process, request);
                running = RunningProcesses.Add(process);
            }
            catch
            {
                log.Dispose();
                process.Dispose();
                throw;
            }
        }

        public ProcessResult Wait()
        {
            Begin();
            if (request.Timeout is { } timeout && !process.WaitForExit(timeout))
            {
                RunningProcesses.Kill(process);
                process.WaitForExit();
                throw TookTooLong(timeout);
            }

            process.WaitForExit();
            return Result();
        }

        public async Task<ProcessResult> WaitAsync(CancellationToken cancel)
        {
            Begin();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            if (request.Timeout is { } timeout)
            {
                patience.CancelAfter(timeout);
            }

            try
            {
                await process.WaitForExitAsync(patience.Token);
                return Result();
            }
            catch (OperationCanceledException)
            {
                RunningProcesses.Kill(process);
                await process.WaitForExitAsync(CancellationToken.None);
                cancel.ThrowIfCancellationRequested();
                throw TookTooLong(request.Timeout!.Value);
            }
        }

        public void Dispose()
        {
            running.Dispose();
            log.Dispose();
            process.Dispose();
        }

        private void Begin()
        {
            if (request.StandardInput is not null)
            {
                process.StandardInput.Write(request.StandardInput);
            }

            process.StandardInput.Close();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        private ProcessFailedException TookTooLong(TimeSpan timeout) =>
            new(Failure(request, $"did not end within {timeout.TotalSeconds:0} s", tail), null);

        private ProcessResult Result() => process.ExitCode == 0 || request.AllowFailure
            ? new ProcessResult(process.ExitCode, output.ToString(), error.ToString())
            : throw new ProcessFailedException(Failure(request, $"failed with exit code {process.ExitCode}", tail), process.ExitCode);

        private void Receive(StringBuilder all, string? line)
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
    }
}
