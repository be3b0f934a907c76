using Cake.Frosting;
using Cake.Http;
using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Compiling.Go;
using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Debian;

namespace Qcw.Build.Host;

/// <summary>Says what the host has and what it lacks.</summary>
[TaskDescription("Lists the tools that a target needs (--for=TARGET): found, wanted, how to install")]
public sealed class Doctor : FrostingTask<HostContext>
{
    private const string DebianArchive = "Debian's archive, ";
    private const int MostNames = 4;
    private const int MostAtOnce = 16;

    public override void Run(HostContext context)
    {
        TaskNode[] tasks =
        [
            .. (context.Options.For is { } target ? context.Graph.Closure(target) : context.Graph.Nodes)
                // on Windows the tools of recipes are MSYS2's packages
                .Where(task => task.IsIn(context.Line) && !(task.UsesBuilder && OperatingSystem.IsWindows())),
        ];
        FoundTool[] tools = [.. context.HostTools.Find(ToolCheck.ToolsOf(tasks, context.Line, context.Graph))];
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
        Origins(context);
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

    /// <summary>Asks every place that an input of the line can be fetched from, alternatives included.</summary>
    private static void Origins(HostContext context)
    {
        Component[] components =
        [
            .. context.Line.Components.Concat(context.Line.Libraries),
            .. GoFinder.ForHost().SdkFor(context.Line.Go) is { } sdk ? (Component[])[sdk] : [],
        ];
        IGrouping<string, string>[] origins =
        [
            .. from component in components
               from input in Input.AllOf(component)
               from place in input.Places
               group component.Name by OriginOf(place) into origin
               orderby origin.Key
               select origin,
        ];
        Dictionary<string, string?> problems = context.Options.Offline ? [] : origins.AsParallel().WithDegreeOfParallelism(MostAtOnce)
            .ToDictionary(origin => origin.Key, origin => Ask(context, origin.Key));
        context.Messages.Info("Where the inputs of the line can be fetched from:");
        foreach (IGrouping<string, string> origin in origins)
        {
            string answer = !problems.TryGetValue(origin.Key, out string? problem) ? "not asked (--offline)"
                : problem is null ? "answers"
                : $"does not answer ({problem})";
            context.Messages.Info($"  {origin.Key}  {answer}  ({Names([.. origin.Distinct()])})");
        }

        bool Answers(Input input) => input.Places.Count == 0 || input.Places.Any(place => problems[OriginOf(place)] is null);
        string[] without = context.Options.Offline ? [] :
        [
            .. components.Where(component => !Input.WaysTo(component).Any(way => way.Inputs.All(Answers))
                || !Input.PatchesOf(component).All(Answers)).Select(component => component.Name),
        ];
        if (without.Length > 0)
        {
            context.Messages.Info(
                $"No place answers for {string.Join(", ", without)}: use --mirror, or --line=debian13 where Debian's packages can be "
                    + "reached.");
        }
    }

    private static string OriginOf(InputPlace place) => place switch
    {
        WebPlace web => Server(web.Address),
        RepositoryPlace repository => Server(repository.Address),
        GitArchivePlace { Archive.Url: var address } => Server(address),
        DebianPlace debian => DebianArchive + debian.Suite,
        DebianPackagePlace debian => DebianArchive + debian.Package.Suite,
        _ => throw new InvalidOperationException($"nothing here asks a {place.GetType().Name}"),
    };

    private static string Server(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static string Names(IReadOnlyCollection<string> names) =>
        names.Count <= MostNames ? string.Join(", ", names) : $"{names.Count} components and libraries";

    /// <summary>Null where it answers; otherwise why not.</summary>
    private static string? Ask(HostContext context, string origin)
    {
        try
        {
            string address = origin;
            if (origin.StartsWith(DebianArchive, StringComparison.Ordinal))
            {
                string suite = origin[DebianArchive.Length..];
                address = AptSettings.ArchiveOf(suite) ?? throw new BuildException("apt has no source of Debian's");
                if (!address.StartsWith("http", StringComparison.Ordinal))
                {
                    // a folder or a list of mirrors, which only apt can read
                    return null;
                }
            }

            context.HttpSend(address, "HEAD", new HttpSettings { Timeout = TimeSpan.FromSeconds(5) });
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or AggregateException or BuildException)
        {
            return e.GetBaseException().Message;
        }
    }
}
