using Cake.Frosting;
using Cake.Http;
using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Compiling.Go;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Says what the host has and what it lacks.</summary>
[TaskName(nameof(Doctor))]
[TaskDescription("Lists every tool that a target needs (--for=TARGET), found, wanted, how to install it")]
public sealed class Doctor : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        IEnumerable<TaskNode> tasks = context.Options.For is { } target ? context.Graph.Closure(target) : context.Graph.Nodes;
        // on Windows the tools of recipes are MSYS2's packages
        FoundTool[] tools = [.. ToolCheck.ToolsOf(tasks.Where(task => !(task.UsesBuilder && OperatingSystem.IsWindows())), context.Line).Select(context.HostTools.Find)];
        context.Messages.Info($"Tools for {context.Options.For ?? "all targets"} of the line {context.Line.Name}:");
        foreach (FoundTool tool in tools)
        {
            context.Messages.Info("  " + ToolCheck.Describe(tool));
        }

        if (context.Line.Go is { } go && tools.Any(tool => tool.Tool.Name == "go"))
        {
            context.Messages.Info(GoFinder.ForHost().Report(go));
        }

        Engine(context);
        Hosts(context);
        string[] missing = [.. tools.Where(tool => !tool.Fits && !tool.Tool.Optional).Select(tool => tool.Tool.Name)];
        if (missing.Length > 0)
        {
            throw new UsageException($"{missing.Length} needed tools are missing or too old: {string.Join(", ", missing)}");
        }
    }

    /// <summary>Only the builders that run containers need one; who plans to use it wants to know whether it works.</summary>
    private static void Engine(BuildContext context)
    {
        context.Messages.Info("Container engines (optional):");
        foreach (string engine in InstalledEngines.Of(context.HostTools).Describe())
        {
            context.Messages.Info("  " + engine);
        }

        if (OperatingSystem.IsWindows())
        {
            context.Messages.Info("MSYS2: " + (Msys2Shell.OfHost()?.Root ?? "none found"));
        }
    }

    private static void Hosts(BuildContext context)
    {
        string[] hosts = [.. context.Line.Components.Concat(context.Line.Libraries)
            .Select(component => component.Source).OfType<ArchiveSource>().Select(source => source.Urls[0].GetLeftPart(UriPartial.Authority))
            .Concat(context.Line.Components.Select(component => component.Source).OfType<GitSource>().Select(source => source.Url.GetLeftPart(UriPartial.Authority)))
            .Distinct().Order(StringComparer.Ordinal)];
        context.Messages.Info(hosts.Length == 0 ? "Upstream hosts of the line: none, everything comes from Debian's archive" : "Upstream hosts of the line:");
        foreach (string host in hosts)
        {
            context.Messages.Info($"  {host}  {(context.Options.Offline ? "not asked (--offline)" : Ask(context, host))}");
        }
    }

    private static string Ask(BuildContext context, string host)
    {
        try
        {
            context.HttpSend(host, "HEAD", new HttpSettings { Timeout = TimeSpan.FromSeconds(5) });
            return "answers";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or AggregateException)
        {
            return $"does not answer ({e.GetBaseException().Message}): use --mirror, or --line=debian12 where Debian's packages can be reached";
        }
    }
}
