namespace Qcw.Integration.Tests.Shims;

/// <summary>build.sh: when it builds the host, how it runs it, and what it says when it cannot.</summary>
[TestFixture]
[Platform(Exclude = "Win")]
public sealed class BuildShTests
{
    private static readonly string[] PackageBuild = ["restore package", "build package", "run"];
    private static readonly string[] RunOnly = ["run"];

    private ShimSandbox sandbox = null!;

    [SetUp]
    public void CreateSandbox() => sandbox = new ShimSandbox();

    [TearDown]
    public void DeleteSandbox() => sandbox.Dispose();

    [Test]
    public async Task Arguments_reach_the_host_as_they_were_given()
    {
        var result = await sandbox.RunAsync(["--target=A", "two words", "", "*", "$HOME", "--x='\"y", "--"]);

        Assert.That(result.Output, Does.EndWith("<--target=A>\n<two words>\n<>\n<*>\n<$HOME>\n<--x='\"y>\n<-->\n"));
    }

    [Test]
    public async Task The_host_runs_in_the_repository_and_is_told_where_the_caller_is()
    {
        var result = await sandbox.RunAsync([]);

        Assert.That(result.Output, Is.EqualTo($"in <{sandbox.Root}> from <{Path.GetDirectoryName(sandbox.Root)}>\n"));
    }

    [TestCase("0")]
    [TestCase("1")]
    [TestCase("2")]
    [TestCase("255")]
    public async Task The_exit_code_is_the_hosts(string code)
    {
        var result = await sandbox.RunAsync([], ("FAKE_EXIT", code));

        Assert.That(result.ExitCode.ToString(null, null), Is.EqualTo(code));
    }

    [Test]
    public async Task The_host_is_built_once()
    {
        var first = await sandbox.RunAsync([]);
        var second = await sandbox.RunAsync([]);

        Assert.Multiple(() =>
        {
            Assert.That(first.Calls, Is.EqualTo(PackageBuild));
            Assert.That(second.Calls, Is.EqualTo(RunOnly));
            Assert.That(second.Error, Is.Empty);
        });
    }

    [TestCase("Program.cs")]
    [TestCase("../global.json")]
    public async Task A_changed_file_makes_it_build_again(string file)
    {
        await sandbox.RunAsync([]);
        var time = File.GetLastWriteTimeUtc(sandbox.HostSource(file));
        await File.AppendAllTextAsync(sandbox.HostSource(file), " ");
        File.SetLastWriteTimeUtc(sandbox.HostSource(file), time);

        var result = await sandbox.RunAsync([]);

        Assert.That(result.Calls, Is.EqualTo(PackageBuild));
    }

    [Test]
    public async Task A_deleted_file_makes_it_build_again()
    {
        await sandbox.RunAsync([]);
        File.Delete(sandbox.HostSource("Tasks/Default.cs"));

        var result = await sandbox.RunAsync([]);

        Assert.That(result.Calls, Is.EqualTo(PackageBuild));
    }

    [Test]
    public async Task A_renamed_file_makes_it_build_again()
    {
        await sandbox.RunAsync([]);
        File.Move(sandbox.HostSource("Tasks/Default.cs"), sandbox.HostSource("Tasks/Help.cs"));

        var result = await sandbox.RunAsync([]);

        Assert.That(result.Calls, Is.EqualTo(PackageBuild));
    }

    [TestCase("../artifacts/log.txt")]
    [TestCase("../tests/Test.cs")]
    [TestCase("obj/project.assets.json")]
    [TestCase("addins/X/bin/X.dll")]
    [TestCase("Build.csproj.user")]
    public async Task A_file_that_the_host_is_not_made_of_does_not(string file)
    {
        await sandbox.RunAsync([]);
        Directory.CreateDirectory(Path.GetDirectoryName(sandbox.HostSource(file))!);
        await File.WriteAllTextAsync(sandbox.HostSource(file), string.Empty);

        var result = await sandbox.RunAsync([]);

        Assert.That(result.Calls, Is.EqualTo(RunOnly));
    }
}
