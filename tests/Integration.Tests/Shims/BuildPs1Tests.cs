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

    private ProcessResult Run(int exitCode, params string[] arguments) => Pwsh.Run(
        folder["elsewhere"],
        ["-File", folder["repository/build.ps1"], .. arguments],
        environment: new Dictionary<string, string?>
        {
            ["PATH"] = folder["tools"] + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
            ["CakeAddins"] = "source",
            ["FAKE_LOG"] = folder["calls"],
            ["FAKE_EXIT"] = $"{exitCode}",
        });
}
