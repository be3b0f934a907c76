namespace Qcw.Integration.Tests.Shims;

/// <summary>build.sh: packages first, then the stand-ins, said and remembered.</summary>
[TestFixture]
[Platform(Exclude = "Win")]
public sealed class BuildShPackagesTests
{
    private static readonly string[] PackageBuild = ["restore package", "build package", "run"];
    private static readonly string[] FallbackBuild = ["restore package", "restore source", "build source", "run"];
    private static readonly string[] RunOnly = ["run"];

    private ShimSandbox sandbox = null!;

    [SetUp]
    public void CreateSandbox() => sandbox = new ShimSandbox();

    [TearDown]
    public void DeleteSandbox() => sandbox.Dispose();

    [Test]
    public async Task Packages_that_cannot_be_restored_are_replaced_with_one_line_and_remembered()
    {
        var first = await sandbox.RunAsync([], ("FAKE_RESTORE_FAILS", "package"));
        var second = await sandbox.RunAsync([], ("FAKE_RESTORE_FAILS", "package"));

        Assert.Multiple(() =>
        {
            Assert.That(first.Calls, Is.EqualTo(FallbackBuild));
            Assert.That(first.Error.Split('\n'), Has.One.Matches(
                @"cannot be restored .*build/addins.* until build/\.cake-addins is deleted; .*NU1101: Unable to find package Cake\.package\.$"));
            Assert.That(File.ReadAllText(sandbox.Memory), Is.EqualTo("source\n"));
            Assert.That(sandbox.HostSource("packages.package.lock.json"), Does.Not.Exist);
            Assert.That(second.Calls, Is.EqualTo(RunOnly));
            Assert.That(second.Error, Is.Empty);
        });
    }

    [Test]
    public async Task Deleting_the_memory_tries_the_packages_again()
    {
        await sandbox.RunAsync([], ("FAKE_RESTORE_FAILS", "package"));
        File.Delete(sandbox.Memory);

        var result = await sandbox.RunAsync([]);

        Assert.That(result.Calls, Is.EqualTo(PackageBuild));
    }

    [TestCase("package")]
    [TestCase("source")]
    public async Task The_environment_decides_and_nothing_replaces_what_it_says(string mode)
    {
        var result = await sandbox.RunAsync([], ("CakeAddins", mode), ("FAKE_RESTORE_FAILS", mode));

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Calls, Is.EqualTo((string[])[$"restore {mode}"]));
            Assert.That(sandbox.Memory, Does.Not.Exist);
        });
    }

    [Test]
    public async Task An_invalid_mode_is_wrong_usage()
    {
        var result = await sandbox.RunAsync([], ("CakeAddins", "sauce"));

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(2));
            Assert.That(result.Error, Does.Match("'sauce'; allowed are 'package' and 'source'"));
        });
    }

    [Test]
    public async Task When_neither_can_be_restored_both_errors_are_shown()
    {
        var result = await sandbox.RunAsync([], ("FAKE_RESTORE_FAILS", "package source"));

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Error, Does.Contain("package Cake.package.").And.Contain("package Cake.source."));
            Assert.That(sandbox.Memory, Does.Not.Exist);
        });
    }
}
