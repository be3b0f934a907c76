using System.Collections.Concurrent;
using System.Diagnostics;

namespace Qcw.Build.Core;

/// <summary>One phase applied to one component.</summary>
/// <param name="Component">For people: <c>qemu</c>.</param>
/// <param name="Phase">For people: <c>compile</c>.</param>
/// <param name="Output">The file or folder it makes, an absolute path.</param>
/// <param name="Fingerprint">Everything that determines the output.</param>
public sealed record Step(string Component, string Phase, string Output, Fingerprint Fingerprint)
{
    /// <summary>Where the fingerprint is kept; default: beside the output. The release folder holds nothing but the release.</summary>
    public string StampAt { get; init; } = Output;

    /// <summary>How the output is made: what the steps before left, and the tools of this one.</summary>
    public Provenance By { get; init; } = Provenance.None;

    /// <summary>
    /// Where its tools come from: packages and base images. Asked only if the step runs, or if an older record lacks it.
    /// </summary>
    public Func<Provenance>? Toolchain { get; init; }

    /// <summary>True: it takes long enough for its output to be worth sharing with other machines.</summary>
    public bool IsShared { get; init; }

    /// <summary>Further files that it leaves, full paths; they belong to the output.</summary>
    public IReadOnlyList<string> Companions { get; init; } = [];

    /// <summary>How many bytes of disk it takes, an estimate; null: next to none. Asked only if the step runs.</summary>
    public Func<long>? Room { get; init; }

    /// <summary>The folder in which ninja may work for it, for the record of what it did; null: none.</summary>
    public string? NinjaFolder { get; init; }
}

/// <summary>Outputs of steps that other machines, or this one in another folder, have made.</summary>
public interface IStepCache
{
    /// <summary>Puts the output of a step into place, where the cache has it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="target">Gets the output; nothing is there.</param>
    /// <returns>False where the step has to run.</returns>
    bool TryTake(Step step, string target);

    /// <summary>Keeps the output of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="made">Where the output is.</param>
    /// <param name="took">How long it took.</param>
    void Keep(Step step, string made, TimeSpan took);
}

/// <summary>Runs a step unless its output is there and was made from the same inputs.</summary>
/// <param name="log">What a person sees.</param>
/// <param name="record">Gets what is run, and why; null: nobody asks.</param>
public sealed class StepRunner(BuildLog log, StepLog? record = null)
{
    private const int LongestValue = 80;

    // two installers take the same firmware
    private readonly ConcurrentDictionary<string, Lock> turns = new(StringComparer.Ordinal);

    /// <summary>Outputs that were made elsewhere; null: none are looked for.</summary>
    public IStepCache? Cache { get; init; }

    /// <summary>Gets what is run, and why; null: nobody asks.</summary>
    public StepLog? Record => record;

    /// <summary>
    /// Runs work that makes the output under a temporary name and puts it into place when the work is done, so that a half-made output
    /// never has the final name. The work gets the temporary path; a folder is not created for it.
    /// </summary>
    public Made RunReplacing(Step step, Action<string> work)
    {
        if (step.Toolchain is { } ask)
        {
            var once = new Lazy<Provenance>(ask);
            step = step with { Toolchain = () => once.Value };
        }

        return InTurn(step, () =>
        {
            string partial = step.Output + Files.PartialSuffix;
            Files.Delete(partial);
            Directory.CreateDirectory(Path.GetDirectoryName(step.Output)!);
            bool isTaken = TakeOrMake(step, partial, work);
            Files.Replace(partial, step.Output);
            return isTaken;
        });
    }

    // true: the cache had it
    private bool TakeOrMake(Step step, string partial, Action<string> work)
    {
        if (Cache is null || !step.IsShared)
        {
            work(partial);
            return false;
        }

        if (Cache.TryTake(step, partial))
        {
            return true;
        }

        var clock = Stopwatch.StartNew();
        work(partial);
        Cache.Keep(step, partial, clock.Elapsed);
        return false;
    }

    /// <summary>
    /// Runs work that changes its output in place and can be run again after it was interrupted. Who wants an output that another thread is
    /// making waits for it.
    /// </summary>
    public Made Run(Step step, Action work) => InTurn(step, () =>
    {
        work();
        return false;
    });

    private Made InTurn(Step step, Func<bool> work)
    {
        Stopping.ThrowIfAsked();
        lock (turns.GetOrAdd(step.StampAt, _ => new Lock()))
        {
            return RunInTurn(step, work);
        }
    }

    private Made RunInTurn(Step step, Func<bool> work)
    {
        Stamp? stamp = Stamp.Read(step.StampAt);
        string why = stamp is null ? "it had not been made here" : Path.Exists(step.Output) ? "its inputs changed" : "its output was gone";
        if (stamp?.Hash == step.Fingerprint.Hash && Path.Exists(step.Output))
        {
            log.Step(step.Component, step.Phase, "up to date");
            using OpenEvent? checkedOnly = record?.BeginStep(step, "it is up to date", []);
            checkedOnly?.Done("up to date", File.Exists(step.Output) ? Files.SizeOf(step.Output) : null);
            return new Made(step.Output, stamp.Hash, Completed(stamp, step));
        }

        DiskSpace.Require(step.Output, DiskSpace.Floor + (step.Room?.Invoke() ?? 0), $"{step.Phase} of {step.Component}");
        IReadOnlyList<InputChange> changes = stamp is null || !Path.Exists(step.Output) ? [] : [.. Changes(stamp, step)];
        log.Step(step.Component, step.Phase, changes.Count == 0 ? "..." : $"... (changed: {string.Join(", ", changes.Select(Name))})");
        using OpenEvent? entry = record?.BeginStep(step, why, changes);
        DateTime began = DateTime.UtcNow;
        var clock = Stopwatch.StartNew();
        // beside the work: looking packages up takes a second, and a short step would end with waiting for it
        Task<Provenance> asked = Task.Run(() => WithToolchain(step));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(step.Output)!);
            Directory.CreateDirectory(Path.GetDirectoryName(step.StampAt)!);
            File.Delete(Stamp.PathFor(step.StampAt));
            string outcome = work() ? StepLog.FromCache : "ran";
            Provenance by = asked.GetAwaiter().GetResult();
            Stamp.Write(step.StampAt, step.Fingerprint, by);
            log.Step(step.Component, step.Phase, $"done in {clock.Elapsed.TotalSeconds:0.0} s");
            entry?.Done(outcome, SizeOf(step.Output), step.NinjaFolder is { } folder ? NinjaLog.Read(folder, began) : null);
            return new Made(step.Output, step.Fingerprint.Hash, by) { IsNew = true };
        }
        catch (Exception e)
        {
            entry?.Failed(e.Message);
            throw;
        }
        finally
        {
            Task.WhenAny(asked).Wait(); // no program outlives the step, and its failure hides no other
        }
    }

    private static long? SizeOf(string output) => Path.Exists(output) ? Files.SizeOf(output) : null;

    private static Provenance WithToolchain(Step step) => step.Toolchain is { } ask ? step.By.With(ask()) : step.By;

    // packages were not always recorded; the tools of today say the same of themselves, else the step would run
    private static Provenance Completed(Stamp stamp, Step step)
    {
        if (stamp.HasToolchain)
        {
            return stamp.By;
        }

        Provenance by = WithToolchain(step);
        Stamp.Write(step.StampAt, step.Fingerprint, by);
        return by;
    }

    private static IEnumerable<InputChange> Changes(Stamp stamp, Step step) =>
        step.Fingerprint.Inputs.Where(input => stamp.Inputs.GetValueOrDefault(input.Key) != input.Value)
            .Select(input => new InputChange(input.Key, Cut(stamp.Inputs.GetValueOrDefault(input.Key)), Cut(input.Value)))
            .Concat(stamp.Inputs.Where(input => !step.Fingerprint.Inputs.ContainsKey(input.Key))
                .Select(input => new InputChange(input.Key, Cut(input.Value), null)));

    private static string Name(InputChange change) => change.Is is null ? change.Input + " (gone)" : change.Input;

    private static string? Cut(string? value) => value is null || value.Length <= LongestValue ? value : value[..LongestValue] + "…";
}
