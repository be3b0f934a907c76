namespace Qcw.Build.Core;

/// <summary>
/// What a person sees of the build: plain lines, and on a terminal one live line that is rewritten in place. Safe to call from several
/// threads.
/// </summary>
/// <param name="output">Gets the lines.</param>
/// <param name="interactive">
/// True on a terminal. Elsewhere (CI, a pipe) live texts are dropped: they would fill a log file with outdated lines.
/// </param>
/// <param name="width">Columns of the terminal; live texts are cut to it.</param>
/// <param name="annotates">
/// True on GitHub Actions: groups and errors are written as its commands, which fold the log and mark the run.
/// </param>
public sealed class BuildLog(TextWriter output, bool interactive, int width = 100, bool annotates = false)
{
    private readonly Lock gate = new();
    private readonly List<LivePart> parts = [];
    private int liveLength;

    /// <summary>The log on the console of this process.</summary>
    public static BuildLog ForConsole()
    {
        bool interactive = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("CI") is null;
        return new BuildLog(
            Console.Out, interactive, interactive && Console.WindowWidth > 20 ? Console.WindowWidth : 100,
            Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true");
    }

    /// <summary>True on a terminal, where live texts are shown.</summary>
    public bool Interactive => interactive;

    /// <summary>Writes a line.</summary>
    public void Info(string text)
    {
        lock (gate)
        {
            EraseLive();
            output.WriteLine(text);
            output.Flush();
        }
    }

    /// <summary>Writes a line about one step: <c>qemu     patch    up to date</c>.</summary>
    public void Step(string component, string phase, string text) => Info($"  {component,-14} {phase,-10} {text}");

    /// <summary>What follows belongs to one task.</summary>
    public void BeginGroup(string title)
    {
        if (annotates)
        {
            Info("::group::" + title);
        }
    }

    /// <summary>Ends a group.</summary>
    public void EndGroup()
    {
        if (annotates)
        {
            Info("::endgroup::");
        }
    }

    /// <summary>Marks the run of a workflow with an error; the error itself is printed elsewhere.</summary>
    public void Annotate(string error)
    {
        if (annotates)
        {
            // a command ends with its line: GitHub decodes these three
            Info(
                "::error::"
                    + error
                        .Replace("%", "%25", StringComparison.Ordinal)
                        .Replace("\r", "%0D", StringComparison.Ordinal)
                        .Replace("\n", "%0A", StringComparison.Ordinal));
        }
    }

    /// <summary>A warning: something to know although the build continues.</summary>
    public void Warn(string text) => Info("warning: " + text);

    /// <summary>
    /// Begins to show work that is underway in the live line, until the result is disposed of. What else is underway shares the line.
    /// </summary>
    public LivePart BeginLive()
    {
        var part = new LivePart(this);
        lock (gate)
        {
            parts.Add(part);
        }

        return part;
    }

    internal void End(LivePart part)
    {
        lock (gate)
        {
            parts.Remove(part);
        }
    }

    internal void Show(LivePart part, string text, string brief)
    {
        if (!interactive)
        {
            return;
        }

        lock (gate)
        {
            // a timer may have begun to show what has ended meanwhile
            if (!parts.Contains(part))
            {
                return;
            }

            part.Brief = brief;
            string[] others = [.. parts.Where(other => other != part).Select(other => other.Brief).OfType<string>()];
            WriteLive(others.Length == 0 ? text : "  " + string.Join(" | ", parts.Select(one => one.Brief).OfType<string>()));
        }
    }

    /// <summary>Replaces the live line. Does nothing where the output is not a terminal.</summary>
    public void Live(string text)
    {
        if (!interactive)
        {
            return;
        }

        lock (gate)
        {
            WriteLive(text);
        }
    }

    private void WriteLive(string text)
    {
        string line = text.Length < width ? text : text[..(width - 1)];
        // a shorter text overwrites all of a longer one, and leaves the cursor at its own end
        output.Write('\r' + line.PadRight(liveLength) + (line.Length < liveLength ? '\r' + line : string.Empty));
        output.Flush();
        liveLength = line.Length;
    }

    private void EraseLive()
    {
        if (liveLength > 0)
        {
            output.Write('\r' + new string(' ', liveLength) + '\r');
            liveLength = 0;
        }
    }
}

/// <summary>Work that is underway, in the live line of a <see cref="BuildLog"/>.</summary>
public sealed class LivePart : IDisposable
{
    private readonly BuildLog log;

    internal LivePart(BuildLog log) => this.log = log;

    /// <summary>What the line has of it while it is not alone; null: nothing yet.</summary>
    internal string? Brief { get; set; }

    /// <summary>Replaces what is shown of it.</summary>
    /// <param name="text">The whole line, where nothing else is underway.</param>
    /// <param name="brief">A few words, where the line is shared.</param>
    public void Show(string text, string brief) => log.Show(this, text, brief);

    /// <summary>It has ended.</summary>
    public void Dispose() => log.End(this);
}
