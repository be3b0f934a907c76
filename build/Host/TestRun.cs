using System.Xml.Linq;

namespace Qcw.Build.Host;

/// <summary>Runs NUnit projects with <c>dotnet test</c> and says at the end how many tests passed.</summary>
public sealed class TestRun(Paths paths, BuildLog log)
{
    // what build.sh and build.ps1 chose: names, with a blank between two
    private const string MSBuildVariables = "QCW_MSBUILD_ENVIRONMENT";

    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Runs every project, also after one failed, and ends with the line <c>N passed, N failed, N skipped</c>.</summary>
    /// <param name="projects">Names of folders under <c>tests/</c>.</param>
    /// <param name="filter">A filter as <c>dotnet test --filter</c> takes it, or null.</param>
    /// <exception cref="BuildException">A test failed, or none ran.</exception>
    public void Run(IReadOnlyList<string> projects, string? filter)
    {
        TestCount sum = new(0, 0, 0);
        var broken = new List<string>();
        foreach (string project in projects)
        {
            string results = Path.Combine(paths.Logs, "tests", project + ".trx");
            Files.Delete(results);
            ProcessResult result = RunProject(project, results, filter);
            TestCount count = File.Exists(results) ? Count(XDocument.Load(results)) : new TestCount(0, 0, 0);
            if (result.ExitCode != 0 && count.Failed == 0)
            {
                broken.Add(project);
            }

            sum += count;
        }

        log.Info($"{sum.Passed} passed, {sum.Failed} failed, {sum.Skipped} skipped");
        if (broken.Count > 0)
        {
            throw new BuildException(
                $"the tests of {string.Join(", ", broken)} did not finish: see {Path.Combine(paths.Logs, "tests")}");
        }

        if (sum.Failed > 0)
        {
            throw new BuildException($"{sum.Failed} tests failed");
        }

        if (sum.Passed == 0)
        {
            throw new BuildException("no test ran");
        }
    }

    /// <summary>The counts that a TRX file reports.</summary>
    public static TestCount Count(XDocument trx)
    {
        XElement counters = trx.Descendants(Trx + "Counters").First();
        int passed = (int)counters.Attribute("passed")!;
        int failed = (int)counters.Attribute("failed")!;
        return new TestCount(passed, failed, (int)counters.Attribute("total")! - passed - failed);
    }

    private ProcessResult RunProject(string project, string results, string? filter)
    {
        string logFile = Path.Combine(paths.Logs, "tests", project + ".log");
        string folder = Path.Combine(paths.Root, "tests", project);
        ProcessResult built = Compile(logFile, Path.Combine(folder, project + ".csproj"));
        if (built.ExitCode != 0)
        {
            return built;
        }

        // the tests have the caller's environment, and no project that would read it
        string[] arguments =
        [
            "test", Path.Combine(folder, "bin", "Debug", "net10.0", project + ".dll"),
            "--nologo", "--logger", $"trx;LogFileName={results}",
            .. filter is null ? Array.Empty<string>() : ["--filter", filter],
        ];
        return Dotnet(logFile, new Dictionary<string, string?> { ["QCW_RELEASE"] = paths.Release }, arguments);
    }

    private ProcessResult Compile(string logFile, string project)
    {
        string mark = Path.Combine(paths.Logs, "tests", "compiling");
        if (File.Exists(mark))
        {
            log.Info("the tests were being compiled when an earlier run was killed: compiling all of them again");
            string build = Path.Combine(paths.Root, "build");
            foreach (string file in new[] { Path.Combine(build, "addins"), Path.Combine(paths.Root, "tests") }
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories))
                .Append(Path.Combine(build, "Build.csproj")).ToList())
            {
                Files.Delete(Path.Combine(Path.GetDirectoryName(file)!, "obj"));
            }
        }

        Files.Write(mark, string.Empty);
        ProcessResult result = Dotnet(
            logFile,
            MSBuildEnvironment(),
            // build servers that outlive the run would keep its output folder busy
            "build", project, "--nologo", "-noAutoResponse", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        Files.Delete(mark);
        return result;
    }

    // MSBuild takes every variable as a property; null removes one
    private static Dictionary<string, string?> MSBuildEnvironment()
    {
        string[] names = Environment.GetEnvironmentVariable(MSBuildVariables) is { Length: > 0 } chosen
            ? chosen.Split(' ')
            : throw new BuildException($"{MSBuildVariables} is not set, so nothing says what MSBuild may get: use build.sh or build.ps1");
        return Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(name => name, _ => (string?)null);
    }

    private ProcessResult Dotnet(string logFile, Dictionary<string, string?> environment, params string[] arguments) =>
        ProcessRunner.Run(new ProcessRequest("dotnet", arguments)
        {
            WorkingDirectory = paths.Root,
            LogFile = logFile,
            OnLine = log.Info,
            AllowFailure = true,
            Patience = Timeout.InfiniteTimeSpan, // tests have their own limits
            Environment = environment,
        });
}

/// <summary>How many tests ended how.</summary>
public sealed record TestCount(int Passed, int Failed, int Skipped)
{
    /// <summary>The sum of two counts.</summary>
    public static TestCount operator +(TestCount one, TestCount other) => Add(one, other);

    /// <summary>The sum of two counts.</summary>
    public static TestCount Add(TestCount one, TestCount other) =>
        new TestCount(one.Passed + other.Passed, one.Failed + other.Failed, one.Skipped + other.Skipped);
}
