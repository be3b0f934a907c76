using Qcw.Build.Compiling.Builders.Container;

namespace Qcw.Integration.Tests.Compiling.Builders.Container;

/// <summary>What a recipe can and cannot do in its container.</summary>
public sealed class HermeticTests
{
    private RecipeRun recipe = null!;

    [SetUp]
    public void SetUp() => recipe = new RecipeRun();

    [TearDown]
    public void TearDown() => recipe.Dispose();

    [TestCase("git ls-remote https://example.org/x.git", "fatal: transport 'https' not allowed", 128)]
    [TestCase("exec 3<>/dev/tcp/192.0.2.1/80", "/dev/tcp/192.0.2.1/80: Network is unreachable", 1)]
    public void A_recipe_that_tries_the_network_fails(string command, string message, int code) =>
        Assert.That(
            () => recipe.Run(command),
            Throws.TypeOf<ProcessFailedException>()
                .With.Message.Match("^the recipe test.sh in a container of qcw-build:[0-9a-f]{16} failed with exit code " + code)
                .And.Message.Contains(message)
                .And.Message.Contains("full output: "));

    [TestCase("$QCW_SOURCE/x"), TestCase("$compiling/x"), TestCase("$(dirname \"$recipe\")/x"), TestCase("/usr/x")]
    public void Nothing_but_build_and_output_can_be_written_to(string place) =>
        Assert.That(
            () => recipe.Run($": >\"{place}\""),
            Throws.TypeOf<ProcessFailedException>().With.Message.Contains("Read-only file system"));

    [Test]
    public void It_has_no_rights_and_sees_no_variable_of_ours()
    {
        Environment.SetEnvironmentVariable("QCW_SECRET", "secret");
        string[] lines = recipe.Run("grep -E '^(CapEff|NoNewPrivs)' /proc/self/status; env; test -w \"$TMPDIR\"");
        Environment.SetEnvironmentVariable("QCW_SECRET", null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Member("CapEff:\t0000000000000000").And.Member("NoNewPrivs:\t1").And.Member("QCW_CCACHE="));
            Assert.That(lines, Has.None.Contains("secret"));
        }
    }

    [Test]
    public void Limits_hold()
    {
        string[] lines = recipe.Run(
            "cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/cpu.max "
                + "/sys/fs/cgroup/cpu/cpu.cfs_quota_us 2>/dev/null || true",
            new ContainerLimits("512m", 0.5));
        // the two versions of control groups
        Assert.That(lines, Has.Member("536870912").And.Some.Match("^50000( 100000)?$"));
    }

    [Test]
    public void Nothing_is_left_of_a_container_that_has_ended()
    {
        recipe.Run(":");
        Assert.That(ContainerFixture.Daemon.Containers(), Is.Empty);
        Assert.That(Path.Combine(recipe.Output, "licenses", "test", "none"), Does.Exist);
    }
}
