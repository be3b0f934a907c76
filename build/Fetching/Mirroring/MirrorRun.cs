namespace Qcw.Build.Fetching.Mirroring;

/// <summary>What one run has done to a mirror so far.</summary>
/// <param name="log">Gets a line for each file.</param>
/// <param name="failures">Gets what failed.</param>
internal sealed class MirrorRun(BuildLog log, ICollection<BuildException> failures)
{
    private readonly List<MirrorEntry> entries = [];
    private readonly Dictionary<string, long> sizes = [];
    private int changed;

    /// <summary>What is in the mirror and right.</summary>
    public IReadOnlyList<MirrorEntry> Entries => entries;

    /// <summary>Numbers and size, for people.</summary>
    public string Summary =>
        $"{changed} written, {entries.Count - changed} up to date, {failures.Count} missing; {ByteSize.Format(sizes.Values.Sum())}";

    /// <summary>Does one thing; where it fails the others are still done.</summary>
    public void Do(MirrorEntry entry, string name, Func<MirrorState> work, Func<long> size)
    {
        try
        {
            MirrorState state = work();
            entries.Add(entry);
            sizes[entry.Path] = size();
            changed += state.Changed ? 1 : 0;
            log.Step(entry.Component, "mirror", $"{name}: {state.Text}");
        }
        catch (Exception e) when (e is BuildException or IOException or UnauthorizedAccessException)
        {
            failures.Add(
                e as BuildException
                    ?? new BuildException($"{entry.Component}: {entry.Path} could not be written into the mirror: {e.Message}", e));
        }
    }
}
