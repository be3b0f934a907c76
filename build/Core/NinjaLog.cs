using System.Globalization;

namespace Qcw.Build.Core;

/// <summary>What ninja did in one run.</summary>
/// <param name="Commands">How many commands it ran: most of them compile a file.</param>
/// <param name="Ms">What they took together, in milliseconds; several run at a time.</param>
/// <param name="Slowest">Those that took longest, the slowest first.</param>
public sealed record NinjaSummary(int Commands, long Ms, IReadOnlyList<NinjaCommand> Slowest);

/// <summary>A command that ninja ran.</summary>
/// <param name="Output">The file that it made, relative to the build folder.</param>
/// <param name="Start">Milliseconds since ninja began.</param>
/// <param name="End">Likewise.</param>
public sealed record NinjaCommand(string Output, long Start, long End);

/// <summary>
/// Reads <c>.ninja_log</c>: below a line with its version, one line an output, with tabs between start and end in milliseconds, the
/// file's time, its path, and a hash of the command (https://ninja-build.org/manual.html#ref_log).
/// </summary>
public static class NinjaLog
{
    private const int MostCommands = 20;

    /// <summary>What ninja did since a time.</summary>
    /// <param name="folder">The build folder, a full path.</param>
    /// <param name="since">UTC.</param>
    /// <returns>Null where ninja did nothing there since.</returns>
    public static NinjaSummary? Read(string folder, DateTime since)
    {
        var file = new FileInfo(Path.Combine(folder, ".ninja_log"));
        return file.Exists && file.LastWriteTimeUtc >= since ? Parse(File.ReadLines(file.FullName)) : null;
    }

    /// <summary>What ninja did in the last run of a log; null: nothing.</summary>
    public static NinjaSummary? Parse(IEnumerable<string> lines)
    {
        var run = new Dictionary<(long, long, string), NinjaCommand>();
        long before = 0;
        foreach (string line in lines)
        {
            string[] fields = line.Split('\t');
            if (fields.Length != 5
                || !long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out long start)
                || !long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out long end))
            {
                continue; // the version, or a line that a killed ninja did not finish
            }

            if (end < before)
            {
                run.Clear(); // commands are listed as they end, so here another run begins
            }

            before = end;
            // a command with several outputs has a line for each
            run.TryAdd((start, end, fields[4]), new NinjaCommand(fields[3], start, end));
        }

        return run.Count == 0 ? null : new NinjaSummary(
            run.Count, run.Values.Sum(command => command.End - command.Start),
            [
                .. run.Values.OrderByDescending(command => command.End - command.Start)
                    .ThenBy(command => command.Output, StringComparer.Ordinal).Take(MostCommands),
            ]);
    }
}
