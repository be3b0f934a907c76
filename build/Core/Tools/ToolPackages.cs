using System.Text.RegularExpressions;

namespace Qcw.Build.Core;

/// <summary>A package that a tool was installed from.</summary>
/// <param name="Tool">The tool, as <see cref="Provenance.Tools"/> names it.</param>
/// <param name="Name">Of the package, or of the archive that the line pins.</param>
/// <param name="Version">Debian's version text with its epoch: <c>12.2.0-14+deb12u1+25.2+b1</c>.</param>
/// <param name="Architecture">Debian's name, <c>amd64</c> or <c>all</c>; of an archive what it is for, as upstream names it.</param>
/// <param name="Distribution"><c>debian</c>, <c>ubuntu</c>; null: it is no package, but an archive that the line pins.</param>
public sealed record ToolPackage(string Tool, string Name, string Version, string Architecture, string? Distribution)
{
    /// <summary>
    /// Of the <c>.deb</c> or archive, 64 lower-case hex digits; null: the version is known, but no index of apt's had it any more, or yet.
    /// </summary>
    public string? Sha256 { get; init; }
}

/// <summary>
/// Finds the packages that tools are from. What a tool prints of its version leaves out the packager's changes; this says where the very
/// program can be found in five years.
/// </summary>
/// <param name="script">Full path of <see cref="Script"/>.</param>
/// <param name="ask">Has bash run it with arguments where the tools are, and returns what it printed.</param>
public sealed partial class ToolPackages(string script, Func<IReadOnlyList<string>, string> ask)
{
    /// <summary>The script that answers, on this machine or in a container.</summary>
    public const string Script = "tool-packages.sh";

    private readonly Lock gate = new();
    private readonly Dictionary<string, IReadOnlyList<ToolPackage>> known = new(StringComparer.Ordinal);

    /// <summary>The packages of this machine's tools; none where it has no dpkg.</summary>
    public static ToolPackages ForHost(Paths paths) => new(
        Path.Combine(paths.ToolScripts, Script),
        arguments => OperatingSystem.IsLinux() ? ProcessRunner.Run(new ProcessRequest("bash", arguments)).StandardOutput : string.Empty);

    /// <summary>The versions of packages that are installed on this machine, by name; null: it has no dpkg.</summary>
    public static IReadOnlyDictionary<string, string>? Installed(IReadOnlyList<string> names)
    {
        const string dpkg = "/usr/bin/dpkg-query";
        if (!File.Exists(dpkg))
        {
            return null;
        }

        var request = new ProcessRequest(dpkg, ["--show", "--showformat", "${Package}\t${Version}\t${db:Status-Status}\n", .. names])
        {
            AllowFailure = true, // it ends so where one is not installed
        };
        return ProcessRunner.Run(request).StandardOutput.Split('\n').Select(line => line.Split('\t'))
            .Where(parts => parts is [_, _, "installed"]).DistinctBy(parts => parts[0]).ToDictionary(parts => parts[0], parts => parts[1]);
    }

    /// <summary>What bash is told: the script, then each tool with its path and the packages beside it, as the script expects it.</summary>
    public static IReadOnlyList<string> Arguments(string script, IEnumerable<FoundTool> tools) =>
    [
        script,
        .. tools.Where(found => found.Path is not null).Select(found =>
            $"{found.Tool.Name}|{found.Path}|{string.Join(',', [.. found.Tool.DebianPackage.Split(' '), .. found.Tool.PartPackages])}"),
    ];

    /// <summary>Reads the answer.</summary>
    /// <exception cref="BuildException">It is not one.</exception>
    public static IReadOnlyList<ToolPackage> Read(string answer) =>
    [
        .. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Line().Match(line) is { Success: true } match
                ? new ToolPackage(
                    match.Groups["tool"].Value, match.Groups["name"].Value, match.Groups["version"].Value,
                    match.Groups["architecture"].Value, match.Groups["distribution"].Value)
                {
                    Sha256 = match.Groups["sha256"] is { Success: true } sum ? sum.Value : null,
                }
                : throw new BuildException($"{Script} did not list packages of tools; it printed: {line}")),
    ];

    /// <summary>The packages of tools. Each tool is looked up once in a run.</summary>
    public IReadOnlyList<ToolPackage> Of(params IReadOnlyList<FoundTool> tools)
    {
        lock (gate)
        {
            FoundTool[] asked = [.. tools.Where(found => !known.ContainsKey(found.Tool.Name)).DistinctBy(found => found.Tool.Name)];
            if (asked.Length > 0)
            {
                ILookup<string, ToolPackage> found = Read(ask(Arguments(script, asked))).ToLookup(package => package.Tool);
                foreach (FoundTool tool in asked)
                {
                    known.Add(tool.Tool.Name, [.. found[tool.Tool.Name]]);
                }
            }

            return [.. tools.SelectMany(tool => known[tool.Tool.Name])];
        }
    }

    [GeneratedRegex(
        @"^(?<tool>[^\t]+)\t(?<name>[a-z0-9][a-z0-9.+-]+)\t(?<version>[0-9A-Za-z.+:~-]+)\t(?<architecture>[a-z0-9-]+)\t"
            + @"((?<sha256>[0-9a-f]{64})|-)\t(?<distribution>[a-z0-9.-]+)$")]
    private static partial Regex Line();
}
