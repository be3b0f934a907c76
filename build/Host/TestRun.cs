using System.Xml.Linq;
using Qcw.Build.Reporting;

namespace Qcw.Build.Host;

/// <summary>Runs NUnit projects with <c>dotnet test</c> and says at the end how many tests passed.</summary>
public sealed class TestRun(Paths paths, BuildLog log)
{
    // what build.sh and build.ps1 chose: names, with a blank between two
    private const string MSBuildVariables = "QCW_MSBUILD_ENVIRONMENT";

    private const int Named = 5;

    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>
    /// Compiles the projects and runs all parts side by side, each in a process of its own and as soon as its project is compiled; names
    /// the slowest classes of each, and ends with the line <c>N passed, N failed, N skipped</c>.
    /// </summary>
    /// <param name="parts">What is run, also after another part failed.</param>
    /// <param name="filter">A filter as <c>dotnet test --filter</c> takes it, or null.</param>
    /// <exception cref="BuildException">A test failed, or none ran.</exception>
    public void Run(IReadOnlyList<TestPart> parts, string? filter)
    {
        foreach (TestPart part in parts)
        {
            Files.Delete(Results(part));
        }

        // while one project runs, the next is compiled
        (TestPart Part, Task<bool> Success)[] started =
        [
            .. parts.GroupBy(part => part.Project).Where(project => Compile(project.Key))
                .SelectMany(project => project.Select(part => (part, RunPartAsync(part, filter, parts.Count > 1)))),
        ];
        Task.WhenAll(started.Select(one => one.Success)).GetAwaiter().GetResult();

        TestCount sum = new(0, 0, 0);
        List<string> broken = [.. parts.Except(started.Select(one => one.Part)).Select(part => part.Name)];
        foreach ((TestPart part, Task<bool> success) in started)
        {
            TestCount count = new(0, 0, 0);
            if (File.Exists(Results(part)))
            {
                XDocument trx = XDocument.Load(Results(part));
                count = Count(trx);
                foreach ((string name, TimeSpan took) in Slowest(trx).Take(Named))
                {
                    log.Info($"{part.Name}: {name} took {Duration.Text((long)took.TotalMilliseconds)}");
                }
            }

            if (!success.Result && count.Failed == 0)
            {
                broken.Add(part.Name);
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

    /// <summary>
    /// The classes of a TRX file and how long each took, the longest first. A test takes from the end of the one before to its own end, so
    /// that what a class makes before its first test counts.
    /// </summary>
    public static IReadOnlyList<(string Class, TimeSpan Took)> Slowest(XDocument trx)
    {
        Dictionary<string, string> classes = trx.Descendants(Trx + "UnitTest").ToDictionary(
            test => (string)test.Attribute("id")!,
            test => ((string)test.Element(Trx + "TestMethod")!.Attribute("className")!).Split('.')[^1]);
        Dictionary<string, TimeSpan> took = new(StringComparer.Ordinal);
        var before = (DateTimeOffset)trx.Descendants(Trx + "Times").First().Attribute("start")!;
        foreach ((DateTimeOffset end, string test) in trx.Descendants(Trx + "UnitTestResult")
            .Select(result => ((DateTimeOffset)result.Attribute("endTime")!, (string)result.Attribute("testId")!)).Order())
        {
            string owner = classes[test];
            took[owner] = took.GetValueOrDefault(owner) + (end - before);
            before = end;
        }

        return
        [
            .. took.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value)),
        ];
    }

    private string Results(TestPart part) => Path.Combine(paths.Logs, "tests", part.Name + ".trx");

    private string Log(string name) => Path.Combine(paths.Logs, "tests", name + ".log");

    private async Task<bool> RunPartAsync(TestPart part, string? filter, bool named)
    {
        string all = string.Join('&', new[] { filter, part.Filter }.OfType<string>().Select(one => $"({one})"));
        // the tests have the caller's environment, and no project that would read it
        string[] arguments =
        [
            "test", Path.Combine(paths.Root, "tests", part.Project, "bin", "Debug", "net10.0", part.Project + ".dll"),
            "--nologo", "--logger", $"trx;LogFileName={Results(part)}",
            .. all.Length == 0 ? Array.Empty<string>() : ["--filter", all],
        ];
        ProcessResult result = await Dotnet(
            Log(part.Name),
            new Dictionary<string, string?>
            {
                ["QCW_RELEASE"] = paths.Release,
                // hundreds of short programs are started, and end before measured code is faster than quickly compiled code
                ["DOTNET_TieredPGO"] = "0",
            },
            named ? $"{part.Name}: " : string.Empty,
            arguments);
        return result.ExitCode == 0;
    }

    private bool Compile(string project)
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
            Log(project),
            MSBuildEnvironment(),
            string.Empty,
            "build", Path.Combine(paths.Root, "tests", project, project + ".csproj"), "--nologo", "-noAutoResponse",
            // build servers that outlive the run would keep its output folder busy
            "-nodeReuse:false", "-p:UseSharedCompilation=false").GetAwaiter().GetResult();
        Files.Delete(mark);
        return result.ExitCode == 0;
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

    private Task<ProcessResult> Dotnet(
        string logFile, Dictionary<string, string?> environment, string before, params string[] arguments) =>
        ProcessRunner.RunAsync(
            new ProcessRequest("dotnet", arguments)
            {
                WorkingDirectory = paths.Root,
                LogFile = logFile,
                OnLine = line => log.Info(before + line),
                AllowFailure = true,
                Patience = Timeout.InfiniteTimeSpan, // tests have their own limits
                Environment = environment,
            },
            CancellationToken.None);
}

/// <summary>Tests that run one after the other in one process.</summary>
/// <param name="Project">The name of a folder under <c>tests/</c>.</param>
/// <param name="Filter">Which tests of the project, as <c>dotnet test --filter</c> takes it; null: all.</param>
/// <param name="Suffix">Tells parts of one project apart; null: it has only this one.</param>
public sealed record TestPart(string Project, string? Filter = null, string? Suffix = null)
{
    /// <summary>What it is called in the log, and its files.</summary>
    public string Name => Suffix is null ? Project : $"{Project}.{Suffix}";
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
