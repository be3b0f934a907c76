namespace Qcw.Integration.Tests.Shims;

/// <summary>build.sh: packages first, then the stand-ins, said and remembered.</summary>
[TestFixture]
[Platform(Exclude = "Win")]
public sealed class BuildShPackagesTests
{
    private static readonly string[] PackageBuild = ["restore package", "build package", "run"];
    private static readonly string[] FallbackBuild = ["restore package", "restore source", "build source", "run"];
    private static readonly string[] CompileFallbackBuild = ["restore package", "build package", "restore source", "build source", "run"];
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
            Assert.That(
                first.Error.Split('\n'),
                Has.One.Matches(
                    @"cannot be restored .*build/addins.* until build/\.cake-addins is deleted; "
                        + @".*NU1101: Unable to find package Cake\.package\.$"));
            Assert.That(File.ReadAllText(sandbox.Memory), Is.EqualTo("source\n"));
            Assert.That(sandbox.HostSource("packages.package.lock.json"), Does.Not.Exist);
            Assert.That(second.Calls, Is.EqualTo(RunOnly));
            Assert.That(second.Error, Is.Empty);
        });
    }

    [Test]
    public async Task Packages_that_the_host_does_not_compile_against_are_replaced_with_one_line_and_remembered()
    {
        var first = await sandbox.RunAsync([], ("FAKE_COMPILE_FAILS", "package"));
        var second = await sandbox.RunAsync([], ("FAKE_COMPILE_FAILS", "package"));

        Assert.Multiple(() =>
        {
            Assert.That(first.ExitCode, Is.Zero);
            Assert.That(first.Calls, Is.EqualTo(CompileFallbackBuild));
            Assert.That(
                first.Error.Split('\n'),
                Has.One.Matches(
                    @"does not compile against the Cake packages .*\(please report it\), "
                        + @".*build/addins.* until build/\.cake-addins is deleted; "
                        + @"the reason: build/Program\.cs\(1,1\): error CS1002: ; expected by package$"));
            Assert.That(File.ReadAllText(sandbox.Memory), Is.EqualTo("source\n"));
            Assert.That(second.Calls, Is.EqualTo(RunOnly));
            Assert.That(second.Error, Is.Empty);
        });
    }

    [TestCase("package")]
    [TestCase("source")]
    public async Task A_mode_that_was_asked_for_and_does_not_compile_fails(string mode)
    {
        var result = await sandbox.RunAsync([], ("CakeAddins", mode), ("FAKE_COMPILE_FAILS", mode));

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Error, Does.Contain($"expected by {mode}").And.Contain("does not compile"));
            Assert.That(result.Calls, Is.EqualTo((string[])[$"restore {mode}", $"build {mode}"]));
            Assert.That(sandbox.Memory, Does.Not.Exist);
        });
    }

    [TestCase("FAKE_RESTORE_FAILS", "FAKE_COMPILE_FAILS", "Unable to find package Cake.package", "expected by source")]
    [TestCase("FAKE_COMPILE_FAILS", "FAKE_RESTORE_FAILS", "expected by package", "Unable to find package Cake.source")]
    public async Task Where_each_fails_differently_both_errors_are_shown(string packages, string standIns, string first, string second)
    {
        var result = await sandbox.RunAsync([], (packages, "package"), (standIns, "source"));

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Error, Does.Contain(first).And.Contain(second));
            Assert.That(sandbox.Memory, Does.Not.Exist);
        });
    }

    [TestCase("package")]
    [TestCase("source")]
    public async Task Restoring_leaves_the_lock_file_as_it_is(string mode)
    {
        string lockFile = sandbox.HostSource($"packages.{mode}.lock.json");
        await File.WriteAllTextAsync(lockFile, "committed");

        await sandbox.RunAsync([], ("FAKE_RESTORE_FAILS", mode));

        Assert.That(await File.ReadAllTextAsync(lockFile), Is.EqualTo("committed"));
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
