using System.Text.RegularExpressions;
using Qcw.Build.Fetching;

namespace Qcw.Build.Compiling.Go;

/// <summary>
/// Fetches the Go modules of a component that does not carry them; go verifies each against the component's own go.sum. The part of Fetch
/// that has to come after Patch, because a patch may change go.mod and go.sum.
/// </summary>
/// <param name="go">The toolchain.</param>
/// <param name="paths">The folders of the build.</param>
/// <param name="sourceDateEpoch">Seconds since 1970 UTC.</param>
/// <param name="mirrorProxy">GOPROXY of the mirror, or null.</param>
/// <param name="offline">True: the network is not used.</param>
/// <param name="log">Gets a line.</param>
/// <param name="record">Gets how much came from where; null: nobody asks.</param>
public sealed partial class GoModules(
    GoToolchain go, Paths paths, long sourceDateEpoch, string? mirrorProxy, bool offline, BuildLog log, StepLog? record)
{
    // what go says of a module that is nowhere: proxy folder, GOPROXY=off, proxy server
    private static readonly string[] Absent =
    [
        "no such file or directory",
        "cannot find the file",
        "module lookup disabled",
        "404 Not Found",
        "410 Gone",
    ];

    private const string Fetched = "Go modules";

    private readonly GoEnvironment environment = new(paths, sourceDateEpoch);

    /// <summary>Fills the module cache with what the programs need, for every architecture.</summary>
    /// <exception cref="BuildException">A module could not be downloaded, or is not what go.sum says.</exception>
    public void Fetch(GoBuild build, Made tree)
    {
        string logFile = paths.Log(build.Component.Name, "modules");
        Files.Delete(logFile);
        if (TryList(build, tree, "off", environment.ModuleCache, logFile, out int present) is null)
        {
            using OpenEvent? known = record?.BeginFetch(build.Component.Name, Fetched);
            known?.Fetched("cache", network: false, bytes: null);
            log.Step(build.Component.Name, "modules", $"{present} modules: up to date");
            return;
        }

        string proxy = Proxy();
        log.Step(build.Component.Name, "modules", proxy == "off" ? "looking into the module cache only" : $"fetching from {proxy}");
        using OpenEvent? entry = record?.BeginFetch(build.Component.Name, Fetched);
        long before = SizeOfDownloads();
        if (TryList(build, tree, proxy, environment.ModuleCache, logFile, out int count) is { } failure)
        {
            throw Explain(build.Component, proxy, failure, logFile);
        }

        // go does not say which proxy of several served a module: with one on the network among them, all counts as from there
        entry?.Fetched(
            proxy == mirrorProxy ? "mirror" : "upstream",
            proxy.Split(',', '|').Any(one => one.StartsWith("http", StringComparison.Ordinal)),
            SizeOfDownloads() - before);
        log.Step(build.Component.Name, "modules", $"{count} modules: fetched and verified against go.sum");
    }

    private long SizeOfDownloads() => Path.Combine(environment.ModuleCache, "cache", "download") is var folder && Directory.Exists(folder)
        ? Files.SizeOf(folder)
        : 0;

    /// <summary>The files of a module proxy that has the component's modules and nothing else, from the filled cache.</summary>
    /// <returns>Path inside the proxy (with <c>/</c>) and full path of each file, sorted.</returns>
    public IReadOnlyList<(string RelativePath, string File)> ProxyFiles(GoBuild build, Made tree)
    {
        // the cache may be the person's own and have much else: go copies what is needed into an empty one, verifying it again
        string copy = Path.Combine(paths.Temporary, build.Component.Name + "-modules");
        Files.Delete(copy);
        string from = Path.Combine(environment.ModuleCache, "cache", "download");
        string logFile = paths.Log(build.Component.Name, "modules");
        if (TryList(build, tree, FileProxy(from), copy, logFile, out _) is { } failure)
        {
            throw Explain(build.Component, from, failure, logFile);
        }

        string proxy = Path.Combine(copy, "cache", "download");
        return
        [
            .. Directory.EnumerateFiles(proxy, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) is ".info" or ".mod" or ".zip")
                .Select(file => (Path.GetRelativePath(proxy, file).Replace('\\', '/'), file))
                .OrderBy(file => file.Item1, StringComparer.Ordinal),
        ];
    }

    /// <summary>GOPROXY for a folder.</summary>
    private static string FileProxy(string folder) => new Uri(folder + Path.DirectorySeparatorChar).AbsoluteUri.TrimEnd('/');

    /// <summary>What the person set; else the mirror, then (unless offline) what Go asks by default.</summary>
    private string Proxy()
    {
        string? given = Environment.GetEnvironmentVariable("GOPROXY") is { Length: > 0 } set ? set : null;
        if (offline)
        {
            // a proxy on the network is not offline; a folder is
            return given?.StartsWith("file:", StringComparison.Ordinal) == true ? given : mirrorProxy ?? "off";
        }

        string upstream = given ?? ProcessRunner.Run(new ProcessRequest(go.Program, "env", "GOPROXY")
        {
            Environment = new Dictionary<string, string?> { ["GOTOOLCHAIN"] = "local" },
        }).StandardOutput.Trim();
        return mirrorProxy is null ? upstream : $"{mirrorProxy},{upstream}";
    }

    /// <summary>Has go find every package of the programs, which fetches their modules and no others.</summary>
    /// <returns>Null, or what it says about the failure.</returns>
    private ProcessFailedException? TryList(GoBuild build, Made tree, string proxy, string cache, string logFile, out int modules)
    {
        var found = new HashSet<string>();
        try
        {
            foreach (Architecture architecture in Architecture.All)
            {
                Dictionary<string, string?> variables = environment.Fetching(build.Component.Name, architecture, proxy);
                variables["GOMODCACHE"] = cache;
                found.UnionWith(GoPackages.List(go, tree.Path, variables, build, logFile)
                    .Where(package => !package.IsStandard && !package.IsMain).Select(package => package.Module));
            }
        }
        catch (ProcessFailedException e)
        {
            modules = 0;
            return e;
        }

        modules = found.Count;
        return null;
    }

    private BuildException Explain(Component component, string proxy, ProcessFailedException failure, string logFile)
    {
        string[] said = [.. failure.Message.Split('\n', StringSplitOptions.TrimEntries)];
        if (said.Any(line => line.Contains("checksum mismatch", StringComparison.Ordinal)))
        {
            IEnumerable<string> lines = said.Where(line =>
                line.Contains("checksum mismatch", StringComparison.Ordinal)
                || line.StartsWith("downloaded:", StringComparison.Ordinal)
                || line.StartsWith("go.sum:", StringComparison.Ordinal));
            return new BuildException(
                $"{component.Name}: a Go module is not what the component's go.sum says:\n    {string.Join("\n    ", lines)}\n"
                    + $"  It came from {proxy} or from {environment.ModuleCache}: delete the wrong file there.\n  full output: {logFile}",
                failure);
        }

        string[] missing =
        [
            .. said.Where(line => Absent.Any(words => line.Contains(words, StringComparison.Ordinal)))
                .Select(line => ModuleName().Match(line))
                .Where(match => match.Success)
                .Select(match => match.Value.TrimEnd(':'))
                .Distinct(),
        ];
        if (missing.Length > 0 && (offline || mirrorProxy is not null))
        {
            string where = mirrorProxy is null ? "no --mirror with a go/ folder was given" : $"the mirror ({mirrorProxy}) lacks it";
            return new BuildException(
                $"{component.Name}: the Go module {string.Join(", ", missing)} is missing: "
                    + $"it is not in {environment.ModuleCache}, and {where}"
                    + (offline ? ", and --offline forbids the network" : string.Empty)
                    + ".\n  What to do: run --target=Mirror --mirror=DIR where there is a network, or set GOPROXY or GOMODCACHE.\n  "
                    + $"full output: {logFile}",
                failure);
        }

        string advice = said.Any(line => line.Contains("x509: ", StringComparison.Ordinal)) ? "\n" + Remedies.Certificate : string.Empty;
        return new BuildException(
            $"{component.Name}: could not download the Go modules from {proxy}:\n{failure.Message}{advice}", failure);
    }

    [GeneratedRegex(@"\b[a-z0-9.-]+\.[a-z]+(/[\w.~-]+)*@v[\w.+-]+:?")]
    private static partial Regex ModuleName();
}
