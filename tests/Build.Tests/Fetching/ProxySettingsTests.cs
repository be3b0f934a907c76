using System.Net;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Tests.Fetching;

/// <summary>What the proxy variables mean, for downloads of the host itself and for the programs that it starts.</summary>
[NonParallelizable]
public sealed class ProxySettingsTests
{
    private readonly List<EnvironmentVariable> set = [];

    [SetUp]
    public void SetUp()
    {
        foreach (string name in (string[])["http_proxy", "https_proxy", "all_proxy", "no_proxy"])
        {
            Set(name, string.Empty);
            Set(name.ToUpperInvariant(), string.Empty);
        }
    }

    [TearDown]
    public void TearDown()
    {
        set.ForEach(variable => variable.Dispose());
        set.Clear();
    }

    [TestCase("http://proxy.example:3128", "http://proxy.example:3128/")]
    [TestCase("proxy.example:3128", "http://proxy.example:3128/")]
    [TestCase("10.1.2.3:8080", "http://10.1.2.3:8080/")]
    [TestCase("https://proxy.example/", "https://proxy.example/")]
    [TestCase("socks5h://proxy.example:1081", "socks5://proxy.example:1081/")]
    [TestCase("SOCKS5://proxy.example", "socks5://proxy.example:1080/")]
    [TestCase("socks4a://[::1]:1080", "socks4a://[::1]:1080/")]
    [TestCase("http://me:p%40ss@proxy.example:3128", "http://proxy.example:3128/")]
    public void Addresses_are_read_as_curl_reads_them(string value, string expected)
    {
        Set("HTTPS_PROXY", value);
        Assert.That(ProxyOf("https://example.org/x")?.AbsoluteUri, Is.EqualTo(expected));
        Assert.That(ProxyOf("http://example.org/x"), Is.Null);
    }

    [Test]
    public void Lower_case_goes_before_upper_case_and_both_before_the_one_for_all()
    {
        Set("ALL_PROXY", "all.example:1");
        Set("HTTPS_PROXY", "upper.example:1");
        if (!OperatingSystem.IsWindows())
        {
            Set("https_proxy", "lower.example:1");
            Assert.That(ProxyOf("https://example.org/")?.Host, Is.EqualTo("lower.example"));
        }

        Assert.That(ProxyOf("http://example.org/")?.Host, Is.EqualTo("all.example"));
    }

    [TestCase("HTTPS_PROXY", "http://proxy with blanks:80")]
    [TestCase("HTTP_PROXY", "ftp://proxy.example:21")]
    [TestCase("ALL_PROXY", "http://")]
    [TestCase("HTTPS_PROXY", "proxy.example:99999")]
    [TestCase("HTTPS_PROXY", "http://proxy.example:3128/path")]
    [TestCase("NO_PROXY", "10.0.0.0/99")]
    [TestCase("NO_PROXY", "http://example.org")]
    public void What_is_no_address_is_one_error_that_names_the_variable(string name, string value)
    {
        Set(name, value);
        Assert.That(
            ProxySettings.FromEnvironment,
            Throws.TypeOf<UsageException>().With.Message.Contains(name).And.Message.Contains(value).And.Message.Contains("expected")
                .And.Message.Contains("unset"));
    }

    [Test]
    public void A_password_is_not_in_the_error()
    {
        Set("HTTPS_PROXY", "http://me:secret@proxy example:80");
        Assert.That(ProxySettings.FromEnvironment, Throws.TypeOf<UsageException>().With.Message.Not.Contains("secret"));
        Set("HTTPS_PROXY", "http://me:secret@proxy.example:80");
        Assert.That(
            ProxySettings.FromEnvironment().Through(new Uri("https://example.org/")),
            Is.EqualTo(", through the proxy http://proxy.example that HTTPS_PROXY names").Or.Contain("http://proxy.example:80 ")
                .And.Not.Contain("secret"));
    }

    [Test]
    public void Credentials_are_those_of_the_address()
    {
        Set("HTTPS_PROXY", "http://me:p%40ss@proxy.example:3128");
        var settings = ProxySettings.FromEnvironment();
        IWebProxy proxy = settings;
        NetworkCredential login = proxy.Credentials!.GetCredential(proxy.GetProxy(new Uri("https://example.org/"))!, "Basic")!;
        Assert.That((login.UserName, login.Password), Is.EqualTo(("me", "p@ss")));
        Assert.That(settings.ForChild([])["https_proxy"], Is.EqualTo("http://me:p%40ss@proxy.example:3128"));
    }

    [TestCase("*", "https://example.org/", true)]
    [TestCase("example.org", "https://example.org/", true)]
    [TestCase("example.org", "https://git.example.org/", true)]
    [TestCase("example.org", "https://notexample.org/", false)]
    [TestCase(".example.org", "https://git.example.org/", true)]
    [TestCase(".example.org", "https://example.org/", true)]
    [TestCase("*.example.org", "https://git.example.org/", true)]
    [TestCase("*.example.org", "https://example.com/", false)]
    [TestCase("EXAMPLE.org", "https://example.ORG./", true)]
    [TestCase("example.org:8443", "https://example.org:8443/", true)]
    [TestCase("example.org:8443", "https://example.org/", false)]
    [TestCase("other.example, example.org", "https://example.org/", true)]
    [TestCase("other.example example.org", "https://example.org/", true)]
    [TestCase("10.0.0.0/8", "https://10.200.3.4/", true)]
    [TestCase("10.1.2.3/8", "https://10.200.3.4/", true)]
    [TestCase("10.0.0.0/8", "https://11.0.0.1/", false)]
    [TestCase("192.168.128.0/17", "https://192.168.127.1/", false)]
    [TestCase("192.168.128.0/17", "https://192.168.129.1/", true)]
    [TestCase("10.0.0.0/8", "https://ten.example/", false)]
    [TestCase("10.1.2.3", "https://10.1.2.3/", true)]
    [TestCase("10.1.2.3:8443", "https://10.1.2.3/", false)]
    [TestCase("fd00::/8", "https://[fd12::1]/", true)]
    [TestCase("::1", "https://[::1]/", true)]
    [TestCase("[::1]:8443", "https://[::1]:8443/", true)]
    [TestCase("[::1]:8443", "https://[::1]/", false)]
    public void What_goes_without_a_proxy(string value, string address, bool direct)
    {
        Set("HTTPS_PROXY", "http://proxy.example:3128");
        Set("NO_PROXY", value);
        var settings = ProxySettings.FromEnvironment();
        var destination = new Uri(address);
        Assert.That(((IWebProxy)settings).IsBypassed(destination), Is.EqualTo(direct));
        Assert.That(settings.Through(destination).Length == 0, Is.EqualTo(direct));
    }

    [Test]
    public void Other_programs_get_one_spelling_and_the_hosts_that_they_would_not_recognize()
    {
        Set("ALL_PROXY", "socks5h://proxy.example");
        Set("NO_PROXY", "*.example.org git.example:8443 10.0.0.0/8");
        Uri[] destinations = [new("https://git.example:8443/x.git"), new("https://10.1.1.1/"), new("https://example.com/")];
        Dictionary<string, string?> git = ProxySettings.FromEnvironment().ForChild(destinations);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(git["http_proxy"], Is.EqualTo("socks5h://proxy.example:1080").And.EqualTo(git["https_proxy"]));
            Assert.That(git["no_proxy"], Is.EqualTo(".example.org,git.example:8443,10.0.0.0/8,git.example,10.1.1.1"));
            Assert.That(git["ALL_PROXY"], Is.Null);
            Assert.That(
                ProxySettings.FromEnvironment().ForChild([], "socks5")["https_proxy"], Is.EqualTo("socks5://proxy.example:1080"), "for go");
        }
    }

    private static Uri? ProxyOf(string address) => ((IWebProxy)ProxySettings.FromEnvironment()).GetProxy(new Uri(address));

    private void Set(string name, string value) => set.Insert(0, new EnvironmentVariable(name, value));
}
