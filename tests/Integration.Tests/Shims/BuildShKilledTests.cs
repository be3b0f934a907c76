using System.Diagnostics;

namespace Qcw.Integration.Tests.Shims;

/// <summary>build.sh is killed, with all that it started, at twenty moments; the next run builds the host and runs it.</summary>
[TestFixture]
[Platform("Linux")]
public sealed class BuildShKilledTests
{
    private const int Moments = 20;
    private const int Seed = 14;

    /// <summary>With the fake dotnet, whose compiler takes long over a file that is wrong until it is done.</summary>
    [Test]
    public async Task The_run_after_a_killed_one_succeeds()
    {
        using var sandbox = new ShimSandbox();
        var random = new Random(Seed);
        for (int moment = 0; moment < Moments; moment++)
        {
            await File.AppendAllTextAsync(sandbox.HostSource("Program.cs"), " ");
            using (Process killed = sandbox.Start([], ("FAKE_COMPILE_SECONDS", "0.4")))
            {
                await Task.Delay(TimeSpan.FromSeconds(random.NextDouble()));
                killed.Kill(entireProcessTree: true);
                await killed.WaitForExitAsync();
            }

            var result = await sandbox.RunAsync([]);

            Assert.That(result.ExitCode, Is.Zero, $"moment {moment}: {result.Error}");
        }

        // one that was killed when its host was in place has left its work folder, which the next one that compiles removes
        await File.AppendAllTextAsync(sandbox.HostSource("Program.cs"), " ");
        await sandbox.RunAsync([]);
        Assert.That(Directory.GetDirectories(sandbox.HostSource("bin/hosts"), ".new-*"), Is.Empty);
    }

    /// <summary>With the real one.</summary>
    [Test]
    [Explicit("compiles the host twenty times: a quarter of an hour on two idle cores")]
    public async Task The_run_after_a_killed_one_succeeds_with_the_real_compiler()
    {
        using var checkout = new NuGetCheckout();
        checkout.Use();
        var random = new Random(Seed);
        TimeSpan whole = TimeSpan.Zero;
        for (int moment = -2; moment < Moments; moment++) // the first two are not killed: the second says how long a warm one takes
        {
            Files.Delete(Path.Combine(checkout.Root, "build", "bin"));
            TimeSpan wait = random.NextDouble() * whole;
            if (moment >= 0)
            {
                using var cancel = new CancellationTokenSource(wait);
                try
                {
                    await checkout.BuildAsync("source", cancel.Token, "--version");
                }
                catch (OperationCanceledException)
                {
                }
            }

            var watch = Stopwatch.StartNew();
            ProcessResult result = checkout.Build("source", "--version");
            whole = moment < 0 ? watch.Elapsed : whole;
            string before = moment < 0 ? "none killed" : $"killed after {wait.TotalMilliseconds:0} ms";
            TestContext.Progress.WriteLine($"{before}; the next ended with {result.ExitCode} after {watch.ElapsedMilliseconds} ms");
            Assert.That(result.ExitCode, Is.Zero, result.StandardError);
        }
    }
}
