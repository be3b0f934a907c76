using System.Diagnostics;

namespace Qcw.Integration.Tests.Shims;

/// <summary>build.sh where something is missing, broken, killed or started twice.</summary>
[TestFixture]
[Platform(Exclude = "Win")]
public sealed class BuildShFailureTests
{
    private ShimSandbox sandbox = null!;

    [SetUp]
    public void CreateSandbox() => sandbox = new ShimSandbox();

    [TearDown]
    public void DeleteSandbox() => sandbox.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public async Task Without_dotnet_one_line_says_what_to_install(bool warm)
    {
        if (warm)
        {
            await sandbox.RunAsync([]);
        }

        File.Delete(Path.Combine(sandbox.ToolFolder, "dotnet"));
        var result = await sandbox.RunAsync([]);

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(2));
            Assert.That(result.Error, Does.Match(@"\Abuild\.sh: the \.NET SDK 10\.0 is needed .*; install it from https://.*\n\z"));
        });
    }

    [Test]
    public async Task A_wrong_sdk_is_named()
    {
        var result = await sandbox.RunAsync([], ("FAKE_SDKS", "8.0.100"));

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(2));
            Assert.That(result.Error, Does.Match(@"\Abuild\.sh: the \.NET SDK 10\.0 is needed \(found: 8\.0\.100\); install .*\n\z"));
        });
    }

    [Test]
    public async Task What_dotnet_says_is_shown_where_an_sdk_is_there_that_fits()
    {
        var result = await sandbox.RunAsync(
            [], ("FAKE_SDKS", "10.0.401"), ("FAKE_SAYS", @"Process terminated.\n\nCouldn't find a valid ICU package\na\nb\nc\nd\n"));

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Error, Is.EqualTo(
                "Process terminated.\nCouldn't find a valid ICU package\na\nb\nc\n"
                + "build.sh: a .NET SDK is installed, but dotnet does not start; its first lines are above.\n"));
        });
    }

    [TestCase("HOME", "/proc/none")]
    [TestCase("DOTNET_CLI_HOME", "/proc/none")]
    [TestCase("TMPDIR", "/nowhere")]
    public async Task A_folder_that_dotnet_cannot_do_without_is_named(string name, string value)
    {
        var result = await sandbox.RunAsync([], (name, value));

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Error, Is.EqualTo(
                $"build.sh: {name} is '{value}', which is not a folder that you can write: set it to one, and run this again.\n"));
            Assert.That(result.Calls, Is.Empty);
        });
    }

    [Test]
    public async Task A_host_that_was_compiled_without_an_error_and_is_not_there_is_an_error()
    {
        var result = await sandbox.RunAsync([], ("CakeAddins", "source"), ("FAKE_FORGETS", "1"));

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Error, Does.Contain("it does not start:\n").And.Contain("Build.dll: No such file"));
            Assert.That(Directory.GetDirectories(sandbox.HostSource("bin/hosts")), Is.Empty);
        });
    }

    [Test]
    public async Task A_compile_error_is_shown_once_and_not_forgotten()
    {
        var first = await sandbox.RunAsync([], ("FAKE_COMPILE_FAILS", "package source"));
        var second = await sandbox.RunAsync([]);

        Assert.Multiple(() =>
        {
            Assert.That(first.ExitCode, Is.EqualTo(1));
            Assert.That(
                first.Error,
                Does.Contain("error CS1002: ; expected by source").And.Contain("does not compile").And.Not.Contain("by package"));
            Assert.That(first.Calls, Does.Not.Contain("run"));
            Assert.That(sandbox.Memory, Does.Not.Exist);
            Assert.That(second.Calls, Does.Contain("build package").And.Contain("run"));
        });
    }

    [Test]
    public async Task Two_at_once_build_once_and_both_run()
    {
        var runs = await Task.WhenAll(
            sandbox.RunAsync([], ("FAKE_COMPILE_SECONDS", "1")),
            sandbox.RunAsync([], ("FAKE_COMPILE_SECONDS", "1")));

        Assert.Multiple(() =>
        {
            Assert.That(runs.Select(run => run.ExitCode), Is.All.Zero);
            Assert.That(sandbox.Calls.Count(call => call == "build package"), Is.EqualTo(1));
            Assert.That(sandbox.Calls.Count(call => call == "run"), Is.EqualTo(2));
        });
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Killed_while_building_it_builds_again(CancellationToken cancellation)
    {
        using (var killed = sandbox.Start([], ("FAKE_COMPILE_SECONDS", "60")))
        {
            await WaitForBuildAsync(killed, cancellation);
            killed.Kill(entireProcessTree: true);
            await killed.WaitForExitAsync(cancellation);
        }

        var result = await sandbox.RunAsync([]);

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.Zero);
            Assert.That(result.Calls, Does.Contain("build package").And.Contain("run"));
        });
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task What_a_killed_run_still_builds_is_waited_for(CancellationToken cancellation)
    {
        using (var killed = sandbox.Start([], ("FAKE_COMPILE_SECONDS", "2")))
        {
            await WaitForBuildAsync(killed, cancellation);
            killed.Kill();
            await killed.WaitForExitAsync(cancellation);
        }

        var result = await sandbox.RunAsync([]);

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.Zero);
            Assert.That(result.Error, Does.Contain("waiting for it"));
        });
    }

    private async Task WaitForBuildAsync(Process process, CancellationToken cancellation)
    {
        while (!sandbox.Calls.Contains("build package"))
        {
            Assert.That(process.HasExited, Is.False);
            await Task.Delay(20, cancellation);
        }
    }
}
