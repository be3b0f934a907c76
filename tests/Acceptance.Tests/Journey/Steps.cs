using System.Diagnostics;
using System.Globalization;

namespace Qcw.Acceptance.Tests.Journey;

/// <summary>The steps of the journey, and how long each took. The whole journey, guest image included, has one limit.</summary>
internal sealed class Steps
{
    private const string LimitVariable = "QCW_JOURNEY_MINUTES";
    private const double DefaultLimit = 45; // two slow idle cores take about 30

    private static readonly Stopwatch Journey = new();
    private static readonly Lock Gate = new();

    private readonly List<(string Name, TimeSpan Time)> taken = [];

    /// <summary>Starts the clock of the journey, which the first story does.</summary>
    public Steps() => Journey.Start();

    /// <summary>What is left for the next step.</summary>
    public static TimeSpan Left => Limit - Journey.Elapsed is { Ticks: > 0 } left ? left : throw new AssertionException(
        $"the journey has taken more than {Limit.TotalMinutes} minutes; a slow or busy machine may have more: {LimitVariable}");

    private static TimeSpan Limit { get; } = TimeSpan.FromMinutes(
        Environment.GetEnvironmentVariable(LimitVariable) is { Length: > 0 } minutes
            ? double.Parse(minutes, CultureInfo.InvariantCulture)
            : DefaultLimit);

    /// <summary>Runs a step and prints its time, also where it fails.</summary>
    public T Run<T>(string name, Func<T> step)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            return step();
        }
        finally
        {
            lock (Gate)
            {
                taken.Add((name, clock.Elapsed));
                TestContext.Progress.WriteLine(Row(name, clock.Elapsed));
            }
        }
    }

    /// <summary>Runs a step without a result.</summary>
    public void Run(string name, Action step) => Run<object?>(name, () =>
    {
        step();
        return null;
    });

    /// <summary>Prints all of them, and their sum.</summary>
    public void Print(string title)
    {
        TestContext.Progress.WriteLine(title);
        foreach ((string name, TimeSpan time) in taken)
        {
            TestContext.Progress.WriteLine(Row(name, time));
        }

        TestContext.Progress.WriteLine(Row("all", TimeSpan.FromTicks(taken.Sum(step => step.Time.Ticks))));
        TestContext.Progress.WriteLine(Row("the journey so far", Journey.Elapsed));
    }

    private static string Row(string name, TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"  {name,-44} {time.TotalSeconds,7:0.0} s");
}
