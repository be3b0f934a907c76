using System.Xml.Linq;

namespace Qcw.Integration.Tests.Shims;

/// <summary>
/// A copy of this checkout whose NuGet knows only the feeds that a test names, with a package folder of its own: what the checkout's own
/// restore has put on this machine is there, but for Cake's packages.
/// </summary>
internal sealed class NuGetCheckout : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public NuGetCheckout()
    {
        Directory.CreateDirectory(Root);
        Sh($"cd '{Repository.Root}' && git ls-files -z --cached --others --exclude-standard"
            + " -- build build.sh global.json .editorconfig 'Directory.*' patches LICENSE"
            + $" | xargs --null cp --parents --no-dereference --target-directory='{Root}'");
        Directory.CreateDirectory(folder["packages"]);
        foreach (string package in Directory.GetDirectories(MachinePackages).Where(package => !IsCakes(Path.GetFileName(package))))
        {
            File.CreateSymbolicLink(Path.Combine(folder["packages"], Path.GetFileName(package)), package);
        }
    }

    public string Root => folder["a checkout"];

    /// <summary>The full path of a file or folder beside the checkout.</summary>
    public string Beside(string name) => folder[name];

    public string Memory => Path.Combine(Root, "build", ".cake-addins");

    private static string MachinePackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The versions of Cake's four packages that the checkout asks for, by id.</summary>
    public static IReadOnlyDictionary<string, string> CakePackages { get; } = ReadCakePackages();

    /// <summary>Makes it a fresh clone on a machine with these feeds; none: the feeds that this machine is configured for.</summary>
    public void Use(params NuGetFeed[] feeds)
    {
        File.Delete(Memory);
        File.Delete(Path.Combine(Root, "build", "packages.package.lock.json"));
        Sh($"rm -rf '{Root}/build/bin/hosts' '{Root}/NuGet.Config' '{folder["http"]}'");
        foreach (string package in Directory.GetDirectories(folder["packages"]).Where(package => IsCakes(Path.GetFileName(package))))
        {
            Directory.Delete(package, recursive: true);
        }

        if (feeds.Length > 0)
        {
            new XElement("configuration",
                new XElement("packageSources", new XElement("clear"), feeds.Select((feed, number) => new XElement("add",
                    new XAttribute("key", $"feed{number}"), new XAttribute("value", feed.Index),
                    new XAttribute("allowInsecureConnections", "true")))),
                new XElement("auditSources", new XElement("clear")),
                new XElement("packageSourceMapping", new XElement("clear"))).Save(Path.Combine(Root, "NuGet.Config"));
        }
    }

    /// <summary>Runs build.sh.</summary>
    /// <param name="mode"><c>package</c> or <c>source</c>; null: nobody asks for either.</param>
    /// <param name="arguments">Of the host.</param>
    public ProcessResult Build(string? mode, params string[] arguments) => Run(Path.Combine(Root, "build.sh"), mode, arguments);

    /// <summary>Runs build.sh until it is cancelled: it and all that it started are killed then.</summary>
    public Task<ProcessResult> BuildAsync(string? mode, CancellationToken cancel, params string[] arguments) =>
        ProcessRunner.RunAsync(Request(Path.Combine(Root, "build.sh"), mode, new(), arguments), cancel);

    /// <summary>Runs build.sh with further variables.</summary>
    public ProcessResult BuildWith(string? mode, Dictionary<string, string?> environment, params string[] arguments) =>
        ProcessRunner.Run(Request(Path.Combine(Root, "build.sh"), mode, environment, arguments));

    /// <summary>Runs <c>dotnet restore</c> on the host's project, which says more than build.sh lets through.</summary>
    public ProcessResult Restore(string mode) =>
        Run("dotnet", mode, "restore", "build/Build.csproj", "-nodeReuse:false", "-tl:off", "-nologo");

    public void Dispose() => folder.Dispose();

    private ProcessResult Run(string program, string? mode, params string[] arguments) =>
        ProcessRunner.Run(Request(program, mode, new(), arguments));

    private ProcessRequest Request(string program, string? mode, Dictionary<string, string?> environment, string[] arguments) =>
        new(program, arguments)
        {
            AllowFailure = true,
            WorkingDirectory = Root,
            Environment = new Dictionary<string, string?>(environment)
            {
                ["CakeAddins"] = mode,
                ["CI"] = null, // there a lock file that differs is an error
                ["NUGET_PACKAGES"] = folder["packages"], // without a slash at its end
                ["NUGET_HTTP_CACHE_PATH"] = folder["http"],
                ["NO_PROXY"] = "localhost",
            },
        };

    // Cake.Tool is not one of the four: the stand-ins are on it
    private static bool IsCakes(string package) => package.StartsWith("cake.", StringComparison.Ordinal) && package != "cake.tool";

    private static Dictionary<string, string> ReadCakePackages()
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"));
        string cake = file.Descendants("CakeVersion").Single().Value;
        return file.Descendants("PackageVersion").Where(one => IsCakes(one.Attribute("Include")!.Value.ToLowerInvariant())).ToDictionary(
            one => one.Attribute("Include")!.Value,
            one => one.Attribute("Version")!.Value.Replace("$(CakeVersion)", cake, StringComparison.Ordinal));
    }

    private static void Sh(string command) => ProcessRunner.Run(new ProcessRequest("bash", "-c", command));
}
