using System.Globalization;
using System.Net;

namespace Qcw.Build.Fetching.Http;

/// <summary>
/// The proxies that the environment names (<c>https_proxy</c>, <c>http_proxy</c>, <c>all_proxy</c>, <c>no_proxy</c>; lower case goes before
/// upper case), the same for every program: what .NET, git, apt and go understand of these variables differs.
/// </summary>
public sealed class ProxySettings : IWebProxy, ICredentials
{
    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];
    private static readonly string[] Variables = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"];
    private readonly Proxy? http;
    private readonly Proxy? https;
    private readonly string exceptions;
    private readonly NoProxyEntry[] bypassed;

    private ProxySettings(Proxy? http, Proxy? https, string exceptions, NoProxyEntry[] bypassed) =>
        (this.http, this.https, this.exceptions, this.bypassed) = (http, https, exceptions, bypassed);

    /// <summary>No proxy at all.</summary>
    public static ProxySettings None { get; } = new(null, null, string.Empty, []);

    /// <summary>Reads the environment.</summary>
    /// <exception cref="UsageException">A value is no address; the message names the variable.</exception>
    public static ProxySettings FromEnvironment()
    {
        Proxy? all = Read("all_proxy");
        (string name, string text) = Find("no_proxy") ?? ("no_proxy", string.Empty);
        string[] entries = text.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return new ProxySettings(
            Read("http_proxy") ?? all, Read("https_proxy") ?? all, string.Join(',', entries),
            [.. entries.Select(entry => NoProxyEntry.Parse(name, entry))]);
    }

    /// <summary>Credentials come with the address of a proxy.</summary>
    ICredentials? IWebProxy.Credentials
    {
        get => this;
        set => throw new NotSupportedException();
    }

    Uri? IWebProxy.GetProxy(Uri destination) => ProxyFor(destination)?.Address;

    bool IWebProxy.IsBypassed(Uri host) => ProxyFor(host) is null;

    NetworkCredential? ICredentials.GetCredential(Uri uri, string authType) =>
        new[] { https, http }.OfType<Proxy>().FirstOrDefault(proxy => proxy.Address == uri)?.Login;

    /// <summary>What is put behind an error that came while an address was asked for; empty where no proxy was in between.</summary>
    public string Through(Uri destination) =>
        ProxyFor(destination) is { } proxy
            ? $", through the proxy {proxy.Address.AbsoluteUri.TrimEnd('/')} that {proxy.Variable} names"
            : string.Empty;

    /// <summary>
    /// The variables for another program: every spelling is set or removed. Hosts that go without a proxy for a reason that the program may
    /// not understand (a port, a network) are named for it.
    /// </summary>
    /// <param name="destinations">The addresses that it is going to ask for, where they are known.</param>
    /// <param name="remoteNames">
    /// How the program spells a SOCKS 5 proxy that resolves names itself, as .NET has it: <c>socks5h</c>, but Go <c>socks5</c>.
    /// </param>
    public Dictionary<string, string?> ForChild(IEnumerable<Uri> destinations, string remoteNames = "socks5h")
    {
        IEnumerable<string> hosts = destinations
            .Where(destination => (destination.Scheme == Uri.UriSchemeHttps ? https : http) is not null && ProxyFor(destination) is null)
            .Select(destination => destination.IdnHost);
        var values = new Dictionary<string, string?>
        {
            ["http_proxy"] = http?.TextFor(remoteNames),
            ["https_proxy"] = https?.TextFor(remoteNames),
            ["all_proxy"] = null,
            ["no_proxy"] = string.Join(',', exceptions.Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(entry => entry.StartsWith("*.", StringComparison.Ordinal) ? entry[1..] : entry).Concat(hosts).Distinct()),
        };
        foreach (string name in OperatingSystem.IsWindows() ? [] : Variables)
        {
            values[name.ToUpperInvariant()] = null;
        }

        return values;
    }

    private Proxy? ProxyFor(Uri destination) =>
        bypassed.Any(entry => entry.Covers(destination)) ? null
        : destination.Scheme == Uri.UriSchemeHttps ? https
        : destination.Scheme == Uri.UriSchemeHttp ? http
        : null;

    private static (string Name, string Text)? Find(string name) =>
        new[] { name, name.ToUpperInvariant() }
            .Select(spelling => (Name: spelling, Text: Environment.GetEnvironmentVariable(spelling)?.Trim()))
            .Where(variable => variable.Text is { Length: > 0 })
            .Select(variable => ((string, string)?)(variable.Name, variable.Text!)).FirstOrDefault();

    private static Proxy? Read(string name)
    {
        if (Find(name) is not (var variable, var text))
        {
            return null;
        }

        string address = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        if (address.StartsWith("socks5h://", StringComparison.OrdinalIgnoreCase))
        {
            address = "socks5" + address["socks5h".Length..];
        }

        bool isAddress = Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && Schemes.Contains(uri.Scheme) && uri.Host.Length > 0
            && uri.HostNameType != UriHostNameType.Unknown && uri.PathAndQuery is "/" or "";
        return isAddress
            ? new Proxy(variable, uri!)
            : throw new UsageException(
                $"{variable} is {Harmless(text)}, which is not the address of a proxy: expected one such as http://proxy.example:3128 "
                    + "(or https, socks4, socks4a, socks5, socks5h); set it right, or unset it");
    }

    // a password must not get into a log
    private static string Harmless(string text) => text.LastIndexOf('@') is >= 0 and var at ? "..." + text[at..] : text;

    /// <summary>A proxy, and the variable that names it.</summary>
    private sealed class Proxy
    {
        private readonly string login;

        public Proxy(string variable, Uri uri)
        {
            Variable = variable;
            login = uri.UserInfo.Length > 0 ? uri.UserInfo + "@" : string.Empty;
            // the programs differ in the port that they take where none is given
            int port = uri.Port >= 0 ? uri.Port : 1080;
            Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"{uri.Scheme}://{HostOf(uri)}:{port}"));
            string[] parts = uri.UserInfo.Split(':', 2);
            Login = uri.UserInfo.Length == 0 ? null
                : new NetworkCredential(
                    Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? string.Empty));
        }

        public string Variable { get; }

        public Uri Address { get; }

        public NetworkCredential? Login { get; }

        private static string HostOf(Uri uri) => uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;

        public string TextFor(string remoteNames) => string.Create(
            CultureInfo.InvariantCulture,
            $"{(Address.Scheme == "socks5" ? remoteNames : Address.Scheme)}://{login}{HostOf(Address)}:{Address.Port}");
    }
}

/// <summary>One entry of <c>no_proxy</c>, read as curl does, and with a port as go does.</summary>
/// <param name="Host">Lower case, without dots at its ends; <c>*</c>: all.</param>
/// <param name="Address">Where it is an address; otherwise null.</param>
/// <param name="Bits">How many of its leading bits count.</param>
/// <param name="Port">The port that it is restricted to, or null.</param>
internal sealed record NoProxyEntry(string Host, IPAddress? Address, int Bits, int? Port)
{
    /// <summary>Reads one.</summary>
    /// <param name="variable">For the message.</param>
    /// <param name="text">An address, a network (<c>10.0.0.0/8</c>), a host, a domain, <c>*.domain</c>, <c>*</c>; maybe a port.</param>
    /// <exception cref="UsageException">It is none of them.</exception>
    public static NoProxyEntry Parse(string variable, string text)
    {
        string[] network = text.Split('/');
        if (network.Length == 2 && IPAddress.TryParse(network[0].Trim('[', ']'), out IPAddress? first)
            && int.TryParse(network[1], NumberStyles.None, CultureInfo.InvariantCulture, out int bits)
            && bits <= first.GetAddressBytes().Length * 8)
        {
            return new NoProxyEntry(text, first, bits, null);
        }

        if (network.Length == 1 && IPAddress.TryParse(text.Trim('[', ']'), out IPAddress? address) && !text.Contains("]:"))
        {
            return new NoProxyEntry(text, address, address.GetAddressBytes().Length * 8, null);
        }

        string host = text;
        int? port = null;
        if (text.LastIndexOf(':') is > 0 and var colon
            && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= 65535)
        {
            (host, port) = (text[..colon], number);
        }

        string name = (host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host).Trim('.').ToLowerInvariant();
        if (IPAddress.TryParse(name.Trim('[', ']'), out IPAddress? one))
        {
            return new NoProxyEntry(name, one, one.GetAddressBytes().Length * 8, port);
        }

        return name == "*" || Uri.CheckHostName(name) == UriHostNameType.Dns
            ? new NoProxyEntry(name, null, 0, port)
            : throw new UsageException(
                $"{variable} has the entry {text}: expected a host, .domain, *.domain, an address or a network such as 10.0.0.0/8, or *; "
                    + "set it right, or unset the variable");
    }

    /// <summary>True where an address goes without a proxy for this entry.</summary>
    public bool Covers(Uri destination)
    {
        if (Port is { } port && port != destination.Port)
        {
            return false;
        }

        string host = destination.IdnHost.TrimEnd('.').ToLowerInvariant();
        return Host == "*"
            || (Address is null ? host == Host || host.EndsWith("." + Host, StringComparison.Ordinal)
                : IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? there) && IsIn(there));
    }

    private bool IsIn(IPAddress there)
    {
        byte[] ours = Address!.GetAddressBytes();
        byte[] theirs = there.GetAddressBytes();
        return ours.Length == theirs.Length
            && Enumerable.Range(0, Bits).All(bit => ((ours[bit / 8] ^ theirs[bit / 8]) & (0x80 >> (bit % 8))) == 0);
    }
}
