using System.Diagnostics;
using System.Globalization;

namespace Qcw.Build.Tests.Fuzzing;

/// <summary>
/// What reads bytes from elsewhere gets thousands of damaged files. Each is read, or refused with a <see cref="BuildException"/>: no other
/// exception, no hang, and nothing outside the folder that is written to.
/// </summary>
/// <remarks>
/// All readers together take ten seconds, or as many as QCW_FUZZ_SECONDS says. The inputs are numbered, and a number always means the same
/// input: QCW_FUZZ_FROM is the number to begin with, so that one that failed is the first of the next run.
/// </remarks>
[NonParallelizable]
public sealed class FuzzTests
{
    private const int DefaultSeconds = 10;
    private const string Output = "output";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60); // a busy machine needs 20 for some

    public static IEnumerable<TestCaseData> Readers =>
        Fuzzing.Readers.All.Select(reader => new TestCaseData(reader).SetArgDisplayNames(reader.Name));

    [TestCaseSource(nameof(Readers))]
    public void A_damaged_file_is_read_or_refused(Reader reader)
    {
        var mutator = new Mutator(reader.Seeds);
        double seconds = Setting("QCW_FUZZ_SECONDS", DefaultSeconds) / (double)Fuzzing.Readers.All.Count;
        int refused = 0;
        int number = Setting("QCW_FUZZ_FROM", 0);
        int first = number;
        using var folder = new TemporaryFolder();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < seconds; number++)
        {
            string file = folder.Write("input", reader.Finish(mutator.Make(number)));
            folder.Create(Output);
            refused += IsRefused(reader, number, file, folder[Output]) ? 1 : 0;
            string?[] written = [.. Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName)];
            Assert.That(written, Is.EquivalentTo(["input", Output]), $"input {number}");
            if (Directory.EnumerateFileSystemEntries(folder[Output]).Any())
            {
                Directory.Delete(folder[Output], recursive: true);
            }
        }

        TestContext.Out.WriteLine($"{reader.Name}: {number - first} inputs, {refused} refused");
        Assert.That(number, Is.GreaterThan(first));
    }

    [TestCaseSource(nameof(Readers))]
    public void A_sound_file_is_read(Reader reader)
    {
        using var folder = new TemporaryFolder();
        foreach (byte[] seed in reader.Seeds)
        {
            string output = folder.Create(Guid.NewGuid().ToString("N"));
            Assert.That(() => reader.Read(folder.Write("input", reader.Finish([.. seed])), output), Throws.Nothing);
        }
    }

    private static bool IsRefused(Reader reader, int number, string file, string output)
    {
        var reading = Task.Run(() => reader.Read(file, output));
        try
        {
            Assert.That(reading.Wait(Patience), Is.True, $"input {number} takes longer than {Patience.TotalSeconds} s");
            return false;
        }
        catch (AggregateException e) when (e.InnerException is BuildException refusal)
        {
            Assert.That(refusal.Message, Is.Not.Empty, $"input {number}");
            Assert.That(refusal.Message.Where(c => char.IsControl(c) && c is not ('\n' or '\t')), Is.Empty, $"input {number}");
            return true;
        }
        catch (AggregateException e)
        {
            Assert.Fail($"input {number}: {e.InnerException}");
            return false;
        }
    }

    private static int Setting(string name, int other) =>
        Environment.GetEnvironmentVariable(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : other;
}
