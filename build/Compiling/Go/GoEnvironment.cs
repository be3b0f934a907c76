using System.Globalization;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Compiling.Go;

/// <summary>
/// What the go command sees of the world. The caller's environment is left out, but for GOFLAGS, GOMODCACHE, GOPROXY and GOSUMDB, which
/// people in closed networks need, and the variables without which Windows starts no program.
/// </summary>
/// <param name="paths">Where caches are.</param>
/// <param name="sourceDateEpoch">Seconds since 1970 UTC.</param>
public sealed class GoEnvironment(Paths paths, long sourceDateEpoch)
{
    private static readonly string[] WindowsNeeds =
    [
        "SystemRoot",
        "SystemDrive",
        "ComSpec",
        "PATHEXT",
        "NUMBER_OF_PROCESSORS",
        "PROCESSOR_ARCHITECTURE",
    ];

    // how modules are reached, where they are fetched and nowhere else
    private static readonly string[] NetworkNeeds =
    [
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "GONOSUMDB",
        "GOPRIVATE",
    ];

    /// <summary>Extra flags of the caller's; they can change what is built, so they are part of fingerprints.</summary>
    public static string Flags => Environment.GetEnvironmentVariable("GOFLAGS") ?? string.Empty;

    /// <summary>Where modules are kept.</summary>
    public string ModuleCache =>
        Environment.GetEnvironmentVariable("GOMODCACHE") is { Length: > 0 } given ? Path.GetFullPath(given) : paths.GoModules;

    /// <summary>For building: no network at all, modules from the cache only.</summary>
    /// <param name="component">Names the scratch folder.</param>
    /// <param name="system">GOOS.</param>
    /// <param name="architecture">GOARCH.</param>
    public Dictionary<string, string?> Offline(string component, string system, string architecture)
    {
        string scratch = Path.Combine(paths.Temporary, component);
        Directory.CreateDirectory(scratch);
        var environment = new Dictionary<string, string?>
        {
            ["CGO_ENABLED"] = "0",
            ["GOAMD64"] = "v1",
            ["GOARCH"] = architecture,
            ["GOCACHE"] = paths.GoCache,
            ["GOENV"] = "off",
            ["GOFLAGS"] = Flags,
            ["GOMODCACHE"] = ModuleCache,
            ["GOOS"] = system,
            ["GOPATH"] = Path.Combine(scratch, "gopath"),
            ["GOPROXY"] = "off",
            ["GOSUMDB"] = "off", // go.sum has every hash; -mod=readonly refuses what it does not have
            ["GOTELEMETRY"] = "off",
            ["GOTOOLCHAIN"] = "local",
            ["GOWORK"] = "off",
            ["HOME"] = scratch,
            ["LC_ALL"] = "C.UTF-8",
            ["PATH"] = OperatingSystem.IsWindows() ? Environment.GetEnvironmentVariable("PATH") : "/usr/bin:/bin",
            ["SOURCE_DATE_EPOCH"] = sourceDateEpoch.ToString(CultureInfo.InvariantCulture),
            ["TMPDIR"] = scratch,
            ["TZ"] = "UTC",
        };
        if (OperatingSystem.IsWindows())
        {
            Pass(environment, WindowsNeeds);
            environment["TEMP"] = environment["TMP"] = environment["USERPROFILE"] = environment["LOCALAPPDATA"] = scratch;
        }

        return environment;
    }

    /// <summary>For fetching modules.</summary>
    /// <param name="component">Names the scratch folder.</param>
    /// <param name="architecture">What is built for: which modules are needed depends on it.</param>
    /// <param name="proxy">GOPROXY.</param>
    public Dictionary<string, string?> Fetching(string component, Architecture architecture, string proxy)
    {
        Dictionary<string, string?> environment = Offline(component, "windows", architecture.GoName);
        environment["GOPROXY"] = proxy;
        if (proxy != "off")
        {
            Pass(environment, NetworkNeeds);
            string[] servers = [.. proxy.Split([',', '|']).Where(place => !place.StartsWith("file:", StringComparison.Ordinal))];
            foreach ((string name, string? value) in servers.Length == 0 ? [] : ProxySettings.FromEnvironment().ForChild(
                servers.Select(text => Uri.TryCreate(text, UriKind.Absolute, out Uri? server) ? server : null).OfType<Uri>(), "socks5"))
            {
                environment[name] = value;
            }

            environment["GOSUMDB"] =
                Environment.GetEnvironmentVariable("GOSUMDB") ?? (proxy.StartsWith("file:", StringComparison.Ordinal) ? "off" : null);
        }

        return environment;
    }

    private static void Pass(Dictionary<string, string?> environment, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                environment[name] = value;
            }
        }
    }
}
