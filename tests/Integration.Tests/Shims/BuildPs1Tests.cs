namespace Qcw.Integration.Tests.Shims;

/// <summary>build.ps1 in PowerShell 7, in a repository of its own, with fake-dotnet.sh as dotnet.</summary>
[TestFixture]
[Platform(Exclude = "Win")]
public sealed class BuildPs1Tests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void CreateRepository()
    {
        folder = new TemporaryFolder();
        folder.Write("repository/build.ps1", File.ReadAllBytes(Path.Combine(Repository.Root, "build.ps1")));
        folder.Write("repository/global.json", "{}"u8.ToArray());
        folder.Write("repository/build/Build.csproj", "<Project />"u8.ToArray());
        folder.Write("repository/build/Host/msbuild-environment.txt", ShimSandbox.MSBuildVariables);
        Directory.CreateDirectory(folder["tools"]);
        Directory.CreateDirectory(folder["elsewhere"]);
        File.CreateSymbolicLink(folder["tools/dotnet"], Repository.Fixture("shims", "fake-dotnet.sh"));
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [TestCase("--version"), TestCase("--help"), TestCase("--target=Doctor", "--line=debian13"), TestCase("--mirror=a b", "--filter=x;y")]
    public void Hands_every_argument_and_the_callers_folder_to_the_host(params string[] arguments)
    {
        ProcessResult result = Run(0, arguments);
        Assert.That(result.ExitCode, Is.Zero, result.StandardError);
        Assert.That(
            result.StandardOutput,
            Is.EqualTo(
                $"in <{folder["repository"]}> from <{folder["elsewhere"]}>\n"
                + string.Concat(arguments.Select(argument => $"<{argument}>\n"))));
    }

    [TestCase(0), TestCase(1), TestCase(2), TestCase(130)]
    public void Ends_with_the_exit_code_of_the_host(int exitCode) =>
        Assert.That(Run(exitCode, "--version").ExitCode, Is.EqualTo(exitCode));

    [Test]
    public void Builds_the_host_once()
    {
        Run(0, "--version");
        Assert.That(Run(0, "--version").StandardError, Is.Empty);
        Assert.That(File.ReadAllLines(folder["calls"]), Is.EqualTo(["restore source", "build source", "run", "run"]));
    }

    [Test]
    public void Dotnet_gets_what_the_list_names_and_the_host_gets_everything()
    {
        folder.Write("repository/NuGet.Config", "<add key=\"ClearTextPassword\" value=\"%FEED_WORD%\" />");
        ProcessResult result = RunWith(
            new() { ["VERSION"] = "latest", ["OutputPath"] = "elsewhere", ["FEED_WORD"] = "x", ["https_proxy"] = "y" }, "--version");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.StandardError);
            foreach (string line in File.ReadAllLines(folder["calls.environment"]))
            {
                string[] names = line.Split(' ');
                bool host = line.Contains("hosts/source-", StringComparison.Ordinal);
                Assert.That(names, Does.Contain("FEED_WORD").And.Contain("https_proxy").And.Contain("PATH"), line);
                Assert.That(names.Contains("VERSION"), Is.EqualTo(host), line);
                Assert.That(names.Contains("OutputPath"), Is.EqualTo(host), line);
                Assert.That(names.Contains("CheckoutFolder"), Is.Not.EqualTo(host), line);
            }
        }
    }

    [Test]
    public void What_dotnet_says_is_shown_where_an_sdk_is_there_that_fits()
    {
        ProcessResult result = RunWith(new() { ["FAKE_SDKS"] = "10.0.401", ["FAKE_SAYS"] = @"Process terminated.\n\nNo ICU\n" });
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.StandardError, Is.EqualTo(
            "Process terminated.\nNo ICU\nbuild.ps1: a .NET SDK is installed, but dotnet does not start; its first lines are above.\n"));
    }

    [Test]
    public void A_wrong_sdk_is_named()
    {
        ProcessResult result = RunWith(new() { ["FAKE_SDKS"] = "8.0.100" });
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.StandardError, Does.Match(@"\Abuild\.ps1: the \.NET SDK 10\.0 is needed \(found: 8\.0\.100\); install .*\n\z"));
    }

    [Test]
    public void A_host_that_was_compiled_without_an_error_and_is_not_there_is_an_error()
    {
        ProcessResult result = RunWith(new() { ["FAKE_FORGETS"] = "1" });
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.StandardError, Does.Contain("it does not start:\n").And.Contain("Build.dll: No such file"));
        Assert.That(Directory.GetDirectories(folder["repository/build/bin/hosts"]), Is.Empty);
    }

    [Test]
    public void Restoring_leaves_the_lock_file_as_it_is()
    {
        folder.Write("repository/build/packages.source.lock.json", "committed");
        ProcessResult result = RunWith(new() { ["FAKE_RESTORE_FAILS"] = "source" });
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(File.ReadAllText(folder["repository/build/packages.source.lock.json"]), Is.EqualTo("committed"));
    }

    [Test]
    public void What_a_killed_run_left_half_compiled_is_deleted()
    {
        folder.Write("repository/build/bin/hosts/.new-killed/source/build/addins/Half/obj/ref.dll", "half");
        folder.Write("repository/build/addins/Half/obj/ref.dll", "half"); // by another program than this
        ProcessResult result = Run(0, "--version");
        Assert.That(result.ExitCode, Is.Zero, result.StandardError);
        Assert.That(folder["repository/build/bin/hosts/.new-killed"], Does.Not.Exist);
    }

    private ProcessResult Run(int exitCode, params string[] arguments) =>
        RunWith(new() { ["FAKE_EXIT"] = $"{exitCode}" }, arguments);

    private ProcessResult RunWith(Dictionary<string, string?> environment, params string[] arguments) => Pwsh.Run(
        folder["elsewhere"],
        ["-File", folder["repository/build.ps1"], .. arguments],
        environment: new Dictionary<string, string?>(environment)
        {
            ["PATH"] = folder["tools"] + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
            ["CakeAddins"] = "source",
            ["FAKE_LOG"] = folder["calls"],
        });
}
