using Cake.Frosting;
using Cake.Http;
using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Compiling.Go;
using Qcw.Build.Fetching;

namespace Qcw.Build.Host;

/// <summary>Says what the host has and what it lacks.</summary>
[TaskDescription("Lists every tool that a target needs (--for=TARGET), found, wanted, how to install it")]
public sealed class Doctor : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        TaskNode[] tasks =
        [
            .. (context.Options.For is { } target ? context.Graph.Closure(target) : context.Graph.Nodes)
                // on Windows the tools of recipes are MSYS2's packages
                .Where(task => task.IsIn(context.Line) && !(task.UsesBuilder && OperatingSystem.IsWindows())),
        ];
        FoundTool[] tools = [.. ToolCheck.ToolsOf(tasks, context.Line, context.Graph).Select(context.HostTools.Find)];
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
    private static void Engine(HostContext context)
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

    private static void Hosts(HostContext context)
    {
        string[] hosts =
        [
            .. context.Line.Components.Concat(context.Line.Libraries).SelectMany(Input.Of)
                .Where(input => input is not PatchInput && input.Addresses.Count > 0)
                .Select(input => input.Addresses[0].GetLeftPart(UriPartial.Authority)).Distinct().Order(StringComparer.Ordinal),
        ];
        context.Messages.Info(
            hosts.Length == 0 ? "Upstream hosts of the line: none, everything comes from Debian's archive" : "Upstream hosts of the line:");
        foreach (string host in hosts)
        {
            context.Messages.Info($"  {host}  {(context.Options.Offline ? "not asked (--offline)" : Ask(context, host))}");
        }
    }

    private static string Ask(HostContext context, string host)
    {
        try
        {
            context.HttpSend(host, "HEAD", new HttpSettings { Timeout = TimeSpan.FromSeconds(5) });
            return "answers";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or AggregateException)
        {
            return $"does not answer ({e.GetBaseException().Message}): "
                + "use --mirror, or --line=debian12 where Debian's packages can be reached";
        }
    }
}
