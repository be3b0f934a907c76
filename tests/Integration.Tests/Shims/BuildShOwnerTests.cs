using System.Runtime.Versioning;

namespace Qcw.Integration.Tests.Shims;

/// <summary>build.sh in a checkout that several users build in, or that nobody can write.</summary>
[TestFixture]
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class BuildShOwnerTests
{
    private const string Nobody = "65534";

    private ShimSandbox sandbox = null!;

    [SetUp]
    public void CreateSandbox()
    {
        Assume.That(Environment.UserName, Is.EqualTo("root"), "only root can be another user");
        sandbox = new ShimSandbox();
        sandbox.LetIn();
    }

    [TearDown]
    public void DeleteSandbox() => sandbox?.Dispose();

    [Test]
    public async Task What_root_has_built_serves_a_user()
    {
        await sandbox.RunAsync([]);
        Assert.That(File.GetUnixFileMode(sandbox.Hosts.Single()), Is.EqualTo((UnixFileMode)0b111_101_101));
        sandbox.User = Nobody;

        var result = await sandbox.RunAsync([]);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, string.Empty)));
    }

    [TestCase("build/bin")]
    [TestCase("")]
    public async Task A_folder_of_roots_is_named_with_its_owner_and_what_to_do(string folder)
    {
        await sandbox.RunAsync([]);
        if (folder.Length > 0)
        {
            Give(sandbox.Root);
            ProcessRunner.Run(new ProcessRequest("chown", "-R", "0:0", Path.Combine(sandbox.Root, folder)));
        }

        await File.AppendAllTextAsync(sandbox.HostSource("Program.cs"), " ");
        sandbox.User = Nobody;

        var result = await sandbox.RunAsync([]);

        string path = Path.Combine(sandbox.Root, folder).TrimEnd('/');
        Assert.That((result.ExitCode, result.Error.Split('\n')[^2]), Is.EqualTo((1,
            $"build.sh: {path} belongs to root and cannot be written by nobody: run 'sudo chown -R nobody {path}', or run this as root.")));
    }

    [Test]
    public async Task A_user_then_root_then_the_user_again()
    {
        Give(sandbox.Root);
        foreach (string? user in (string?[])[Nobody, null, Nobody])
        {
            await File.AppendAllTextAsync(sandbox.HostSource("Program.cs"), " ");
            foreach (string host in sandbox.Hosts)
            {
                Directory.SetLastWriteTimeUtc(host, DateTime.UtcNow.AddDays(-2)); // to be tidied away, by whom it can be
            }

            sandbox.User = user;
            var result = await sandbox.RunAsync([]);
            Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "build.sh: building the build host.\n")));
        }
    }

    [Test]
    public async Task A_read_only_checkout_says_so_and_runs_the_host_that_it_has()
    {
        await sandbox.RunAsync([]);
        const string Run =
            """mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && "$0/build.sh" && CakeAddins=source "$0/build.sh" """;
        ProcessResult result = ProcessRunner.Run(new ProcessRequest("unshare", "--mount", "bash", "-c", Run, sandbox.Root)
        {
            AllowFailure = true,
            Environment = new Dictionary<string, string?>
            {
                ["PATH"] = sandbox.ToolFolder + ":" + Environment.GetEnvironmentVariable("PATH"),
                ["FAKE_LOG"] = Path.Combine(Path.GetDirectoryName(sandbox.Root)!, "log"),
                ["CakeAddins"] = null,
            },
        });
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.StandardOutput, Does.StartWith("in <"));
        Assert.That(result.StandardError, Does.EndWith($"build.sh: {sandbox.Root} is on a read-only file system: "
            + "copy the checkout to a folder that can be written, and run this there.\n"));
    }

    private static void Give(string folder) => ProcessRunner.Run(new ProcessRequest("chown", "-R", $"{Nobody}:{Nobody}", folder));
}
