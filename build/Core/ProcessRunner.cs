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
    /// <exception cref="OperationCanceledException">Work beside it failed (<see cref="Stopping"/>); the program has ended.</exception>
    public static ProcessResult Run(ProcessRequest request)
    {
        Stopping.ThrowIfAsked();
        using var started = new StartedProcess(request);
        return started.WaitAsync(Stopping.Token).GetAwaiter().GetResult();
    }

    /// <summary>Runs a program to its end without holding a thread.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancel">Kills the program and everything it started.</param>
    /// <exception cref="ProcessFailedException">As <see cref="Run"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the program has ended.</exception>
    public static async Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, Stopping.Token);
        either.Token.ThrowIfCancellationRequested();
        using var started = new StartedProcess(request);
        return await started.WaitAsync(either.Token);
    }

    private static ProcessStartInfo StartInfo(ProcessRequest request)
    {
        var info = new ProcessStartInfo(request.Program, request.Arguments)
        {
            WorkingDirectory = request.WorkingDirectory ?? string.Empty,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
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

        if (DiskSpace.Shortage(request.WorkingDirectory, request.LogFile) is { } shortage)
        {
            text.Append("\n  what to do: ").Append(shortage);
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
        private long lines;

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

        public async Task<ProcessResult> WaitAsync(CancellationToken cancel)
        {
            Begin();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            using var watchdog = new Watchdog(process.Id, () => Interlocked.Read(ref lines), request.Patience, patience.Cancel);
            if (request.Timeout is { } timeout)
            {
                patience.CancelAfter(timeout);
            }

            try
            {
                await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
                return Result();
            }
            catch (OperationCanceledException)
            {
                RunningProcesses.Kill(process);
                await EndAsync().ConfigureAwait(false);
                cancel.ThrowIfCancellationRequested();
                throw new ProcessFailedException(
                    Failure(
                        request,
                        watchdog.HasGivenUp
                            ? $"did nothing for {request.Patience.TotalSeconds:0} s and was ended: it printed, read and wrote nothing, "
                                + "and used no processor time"
                            : $"did not end within {request.Timeout!.Value.TotalSeconds:0} s",
                        tail),
                    null);
            }
        }

        // what has left the tree of the program may hold its output open for ever
        private async Task EndAsync()
        {
            using var last = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await process.WaitForExitAsync(last.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.CancelOutputRead();
                process.CancelErrorRead();
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

        private ProcessResult Result() => process.ExitCode == 0 || request.AllowFailure
            ? new ProcessResult(process.ExitCode, output.ToString(), error.ToString())
            : throw new ProcessFailedException(Failure(request, $"failed with exit code {process.ExitCode}", tail), process.ExitCode);

        private void Receive(StringBuilder all, string? line)
        {
            if (line is null)
            {
                return;
            }

            Interlocked.Increment(ref lines);
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
