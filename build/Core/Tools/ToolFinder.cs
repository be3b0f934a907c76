using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Qcw.Build.Core;

/// <summary>Finds tools and asks them for their version; each is asked once in a run.</summary>
/// <param name="searchPath">Folders to look in, in order: those of PATH.</param>
public sealed partial class ToolFinder(IReadOnlyList<string> searchPath)
{
    private readonly ConcurrentDictionary<string, Lazy<FoundTool>> found = [];

    /// <summary>
    /// Looks in the system's own folders first, then along PATH: a Python of one's own in front of the system's breaks QEMU's
    /// configuration, and recipes run with the system's folders only.
    /// </summary>
    public static ToolFinder ForHost() => new(
    [
        .. OperatingSystem.IsWindows() ? Array.Empty<string>() : ["/usr/bin", "/bin"],
        .. (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
    ]);

    /// <summary>What there is of a tool.</summary>
    public FoundTool Find(Tool tool) => found.GetOrAdd(tool.Name, _ => new Lazy<FoundTool>(() => Look(tool))).Value;

    /// <summary>What there is of several tools, in their order. All are asked at once: one of Python takes half a second.</summary>
    public IReadOnlyList<FoundTool> Find(IEnumerable<Tool> tools)
    {
        // threads of their own, because each waits for a program
        Task<FoundTool>[] answers =
        [
            .. tools.Select(tool => Task.Factory.StartNew(
                () => Find(tool), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        ];
        return Task.WhenAll(answers).GetAwaiter().GetResult();
    }

    /// <summary>The first line of what a tool says about its version: part of the fingerprint of what it makes.</summary>
    public string VersionOf(string toolName) => Find(ToolCatalog.Find(toolName)).VersionText;

    /// <summary>Forgets what was found, after tools were installed.</summary>
    public void Forget() => found.Clear();

    private FoundTool Look(Tool tool)
    {
        string? path = tool.Commands.SelectMany(Candidates).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return new FoundTool(tool, null, string.Empty, null);
        }

        try
        {
            ProcessResult result = ProcessRunner.Run(new ProcessRequest(path, tool.VersionArguments)
            {
                AllowFailure = true,
                Timeout = TimeSpan.FromSeconds(20),
            });
            string text = FirstLine(result.StandardOutput + result.StandardError);

            // of the needed ones, some end so when they have printed what they are asked for
            return tool.Optional && result.ExitCode != 0
                ? Unusable(tool, path, $"it ends with exit code {result.ExitCode}: {text}")
                : Read(tool, path, text);
        }
        catch (ProcessFailedException e)
        {
            return Unusable(tool, path, FirstLine(e.Message));
        }
    }

    private static FoundTool Unusable(Tool tool, string path, string problem) =>
        new(tool, path, string.Empty, null) { Problem = problem };

    private static string FirstLine(string text) => text.Split('\n').FirstOrDefault(line => line.Length > 0) ?? string.Empty;

    /// <summary>A tool that is there, and says a line about its version.</summary>
    public static FoundTool Read(Tool tool, string path, string text)
    {
        Match number = VersionNumber().Match(text);
        return new FoundTool(tool, path, text, number.Success ? ParseVersion(number.Groups[1].Value) : null);
    }

    // "12" is a version too, but not one that Version takes
    private static Version? ParseVersion(string text) =>
        Version.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0", out Version? version) ? version : null;

    // a place of Debian's means nothing on Windows, where it would be one on the current drive
    private IEnumerable<string> Candidates(string command) =>
        Path.IsPathRooted(command)
            ? OperatingSystem.IsWindows() ? [] : [command]
            : searchPath.Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? command + ".exe" : command));

    // a number that stands alone: not the 86 of x86_64
    [GeneratedRegex(@"(?<![\w.])(?:v|go)?(\d+(?:\.\d+){0,2})")]
    private static partial Regex VersionNumber();
}
