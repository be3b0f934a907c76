using System.Globalization;
using System.Text.RegularExpressions;

namespace Qcw.Build.Compiling.Container;

/// <summary>What a container may use of the machine.</summary>
/// <param name="Memory">A number with b, k, m or g, swap included; null: all.</param>
/// <param name="Cpus">Processors, a fraction allowed; null: all.</param>
public sealed partial record ContainerLimits(string? Memory, double? Cpus)
{
    /// <summary>Everything.</summary>
    public static ContainerLimits None { get; } = new(null, null);

    /// <summary>The value of <c>--memory</c>, checked.</summary>
    /// <exception cref="UsageException">It is no size that an engine takes.</exception>
    public static string MemoryOf(string text) =>
        MemoryPattern().IsMatch(text) ? text.ToLowerInvariant() : throw new UsageException($"--memory: found \"{text}\", expected a whole number with m or g, as in 4g");

    /// <summary>The value of <c>--cpus</c>, checked.</summary>
    /// <exception cref="UsageException">It is no number of processors.</exception>
    public static double CpusOf(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double cpus) && cpus is >= 0.1 and <= 1024
            ? cpus
            : throw new UsageException($"--cpus: found \"{text}\", expected a number from 0.1 to 1024, as in 2 or 1.5");

    [GeneratedRegex("^[1-9][0-9]{0,9}[bkmgBKMG]$")]
    private static partial Regex MemoryPattern();
}
