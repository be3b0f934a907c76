using System.Text.RegularExpressions;

namespace Qcw.Acceptance.Tests.Journey;

/// <summary>A moment of a command at which a program is ended.</summary>
/// <param name="Command"><c>start</c> or <c>stop</c>.</param>
/// <param name="Victim">The program, without <c>.exe</c>.</param>
/// <param name="Name">What is seen then.</param>
/// <param name="IsReached">Whether it is seen.</param>
/// <param name="Seconds">How much later the moment is.</param>
internal sealed record Moment(string Command, string Victim, string Name, Func<RunningCommand, bool> IsReached, int Seconds = 0)
{
    public override string ToString() =>
        $"{Victim} is ended in machine {Command}: {Name}{(Seconds > 0 ? $", and {Seconds} s" : string.Empty)}";
}

/// <summary>A <c>podman machine start</c> or <c>stop</c> that goes on, seen from outside.</summary>
/// <param name="prefix">The Windows it runs in.</param>
/// <param name="state">The machine's files.</param>
/// <param name="outputFile">What it prints goes there.</param>
internal sealed partial class RunningCommand(string prefix, MachineState state, string outputFile)
{
    public MachineState State => state;

    /// <summary>What it has printed, in one line, without times and Wine's own words.</summary>
    public string Said => InOneLine(File.Exists(outputFile) ? File.ReadAllText(outputFile) : string.Empty);

    /// <summary>
    /// The guest has said that it is ready. Podman 4 tries ssh where it has folders to mount, else it goes on to its API; newer ones print
    /// their advice about root first.
    /// </summary>
    public bool TriesSsh => Runs("ssh") || IsAnswered || Said.Contains("in rootless mode", StringComparison.Ordinal);

    /// <summary>Podman mounts shared folders, or waits for the sockets of its API.</summary>
    public bool IsAnswered => Said.Contains("Mounting volume", StringComparison.Ordinal) || Said.Contains("API", StringComparison.Ordinal);

    /// <summary>It waits for the guest to shut down.</summary>
    public bool Waits => Said.Contains("Waiting for VM to exit", StringComparison.Ordinal);

    /// <summary>Whether a program runs in that Windows.</summary>
    public bool Runs(string program) => MachineProcesses.Find(prefix, program).Count > 0;

    /// <summary>A text in one line, as a table has it.</summary>
    public static string InOneLine(string text) => string.Join(" / ", Noise().Replace(text, string.Empty)
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(
        "^time=\\S+ level=error msg=\"Could not initialize Wbem.*\n|^wine client error.*\n|time=\"[^\"]*\" ",
        RegexOptions.Multiline)]
    private static partial Regex Noise();
}

/// <summary>Counts a machine's QEMUs four times a second, for as long as it is not disposed.</summary>
internal sealed class MostEmulators : IDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly Task watch;

    public MostEmulators(Machine machine) => watch = Task.Run(() =>
    {
        do
        {
            Seen = Math.Max(Seen, machine.Emulators.Count);
        }
        while (!end.Token.WaitHandle.WaitOne(250));
    });

    /// <summary>The most that ran at one time.</summary>
    public int Seen { get; private set; }

    public void Dispose()
    {
        end.Cancel();
        watch.Wait();
        end.Dispose();
    }
}
