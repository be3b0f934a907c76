using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Host;

/// <summary>Checks what is asked of the host before anything starts, and installs it on request.</summary>
public sealed class ToolCheck(ToolFinder finder, BuildLog log)
{
    /// <summary>The tools that tasks need on a line, sorted by name.</summary>
    public static IReadOnlyList<Tool> ToolsOf(IEnumerable<TaskNode> tasks, ReleaseLine line, TaskGraph graph) =>
        [.. tasks.SelectMany(task => task.ToolsFor(line, graph)).Distinct().Order(StringComparer.Ordinal).Select(ToolCatalog.Find)];

    /// <summary>Ends the run where a needed tool is missing or too old.</summary>
    /// <exception cref="UsageException">Names every such tool, what it is for, and the command that installs all of them.</exception>
    public void Require(IReadOnlyList<Tool> tools, bool install)
    {
        List<FoundTool> missing = Missing(tools);
        FoundTool[] welcome = [.. install ? finder.Find(tools.Where(tool => tool.Welcome)).Where(tool => !tool.Fits) : []];
        if (install && (missing.Count > 0 || welcome.Length > 0))
        {
            Install([.. missing, .. welcome]);
            finder.Forget();
            missing = Missing(tools);
        }

        if (missing.Count > 0)
        {
            throw new UsageException(Explain(missing));
        }
    }

    /// <summary>One line that says what was found and what is wanted.</summary>
    public static string Describe(FoundTool found)
    {
        Tool tool = found.Tool;
        string have = found.Path is null ? "missing" : found.Problem is not null ? "broken" : found.Version?.ToString() ?? "found";
        string want = tool.Minimum is null ? "any" : $">= {tool.Minimum}";
        string state = found.Fits ? "ok" : tool.Optional ? "optional" : "NEEDED";
        string problem = found.Problem is null ? string.Empty : $" ({found.Path}: {found.Problem})";
        string remedy = found.Fits ? string.Empty : $"{problem}  apt-get install {tool.DebianPackage}; elsewhere: {tool.Elsewhere}";
        string advice = found is { Fits: true, Tool.Better: { } better } && found.Version < better.Version
            ? $"; {better.Version} is better: {better.Why}"
            : string.Empty;
        return $"{state,-9} {tool.Name,-19} {have,-10} {want,-9} {tool.Purpose}{remedy}{advice}";
    }

    /// <summary>Names of the needed tools that are missing or too old.</summary>
    public IReadOnlyCollection<string> MissingOf(IReadOnlyList<Tool> tools) => [.. Missing(tools).Select(found => found.Tool.Name)];

    private List<FoundTool> Missing(IReadOnlyList<Tool> tools) =>
        [.. finder.Find(tools.Where(tool => !tool.Optional)).Where(tool => !tool.Fits)];

    private void Install(List<FoundTool> missing)
    {
        string[] packages = Packages(missing);
        if (!File.Exists("/usr/bin/apt-get"))
        {
            throw new UsageException("--install-tools works with apt-get, on Debian and Ubuntu. " + Explain(missing));
        }

        string[] trusted = TrustedAuthorities.File is { } file ? ["-o", "Acquire::https::CAInfo=" + file] : [];
        string[] prefix = Environment.UserName == "root" ? [] : ["sudo"];
        foreach (string[] command in (string[][])
                [
                    ["apt-get", "update", "-q", .. trusted],
                    ["apt-get", "install", "-q", "-y", "--no-install-recommends", .. trusted, .. packages],
                ])
        {
            string[] whole = [.. prefix, .. command];
            log.Info($"installing tools: {string.Join(' ', whole)}");
            ProcessRunner.Run(new ProcessRequest(whole[0], whole[1..])
            {
                Environment = new Dictionary<string, string?>(ProxySettings.FromEnvironment().ForChild([]))
                {
                    ["DEBIAN_FRONTEND"] = "noninteractive",
                },
                OnLine = log.Live,
            });
        }
    }

    private static string[] Packages(List<FoundTool> missing) =>
        [.. missing.SelectMany(found => found.Tool.DebianPackage.Split(' ')).Distinct().Order(StringComparer.Ordinal)];

    private static string Explain(List<FoundTool> missing)
    {
        IEnumerable<string> lines = missing.Select(found =>
            found.Path is null
                ? $"  {found.Tool.Name} is missing ({found.Tool.Purpose}); on systems other than Debian: {found.Tool.Elsewhere}"
                : found.Problem is not null ? $"  {found.Tool.Name} at {found.Path} does not work ({found.Tool.Purpose}): {found.Problem}"
                : found.Version is null
                    ? $"  {found.Tool.Name} at {found.Path} does not work ({found.Tool.Purpose}): it says '{found.VersionText}'"
                : $"  {found.Tool.Name} {found.Version} at {found.Path} is too old: "
                    + $"{found.Tool.Minimum} or newer is needed ({found.Tool.Purpose})");
        string packages = string.Join(' ', Packages(missing));
        return $"tools are missing:\n{string.Join('\n', lines)}\nOn Debian and Ubuntu: apt-get install {packages}\n"
            + "or add --install-tools to have them installed.";
    }
}
