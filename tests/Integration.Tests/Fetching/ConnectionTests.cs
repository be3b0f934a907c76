using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Fetching.Http;
using static Qcw.Integration.Tests.Fetching.FetchFixture;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>Certificate authorities and proxies: downloads, git and apt follow the same settings.</summary>
[NonParallelizable]
public sealed class ConnectionTests
{
    private const string Archive = "/sample-1.0.tar.xz";
    private static readonly byte[] Good = Sample.Bytes(10_000);
    private readonly List<EnvironmentVariable> set = [];
    private FetchFixture fixture = null!;
    private X509Certificate2 certificate = null!;
    private HttpTestServer secure = null!;
    private GitUpstream upstream = null!;

    private string Authorities => fixture.Folder["ca.pem"];

    [SetUp]
    public void SetUp()
    {
        fixture = new FetchFixture();
        certificate = OwnAuthority.Certificate();
        secure = new HttpTestServer(certificate) { Otherwise = ServeAsync };
        fixture.Server.Otherwise = ServeAsync;
        secure.On(Archive, HttpReply.File(Good));
        fixture.Folder.Write("ca.pem", certificate.ExportCertificatePem());
        upstream = new GitUpstream(fixture.Folder);
        GitUpstream.Git(fixture.Folder["upstream/pod.git"], "update-server-info");
        foreach (string name in (string[])
            [TrustedAuthorities.Variable, "GIT_SSL_CAINFO", "http_proxy", "https_proxy", "all_proxy", "no_proxy",
                "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"])
        {
            Set(name, null);
        }

        Set("GIT_CONFIG_GLOBAL", fixture.Folder.Write("gitconfig", string.Empty));
    }

    [TearDown]
    public void TearDown()
    {
        set.ForEach(variable => variable.Dispose());
        set.Clear();
        secure.Dispose();
        certificate.Dispose();
        fixture.Dispose();
    }

    [Test]
    public async Task One_file_of_authorities_serves_archives_and_git_and_apt()
    {
        Set(TrustedAuthorities.Variable, Authorities);
        Assert.That(await fixture.FetchAsync(FetchFixture.Archive(Good, secure.Url(Archive))), Is.EqualTo(Good));
        await FetchGitAsync(secure.Url("/pod.git"));
        await DownloadWithAptAsync();
    }

    [Test]
    public void A_certificate_that_nobody_vouches_for_is_final_and_has_its_own_advice()
    {
        string[] errors =
        [
            fixture.FetchError(FetchFixture.Archive(Good, secure.Url(Archive))),
            fixture.FetchError(Component(Pod(secure.Url("/pod.git")))),
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(errors, Is.All.Contains("--ca-file=FILE").And.All.Contains("docs/closed-networks.md"));
            Assert.That(errors, Is.All.Not.Contains("check the network"));
            Assert.That(fixture.Delays, Is.Empty, "nothing was tried again");
        }
    }

    [Test]
    public void What_apt_says_of_a_certificate_is_recognized() =>
        Assert.That(
            DownloadWithAptAsync,
            Throws.TypeOf<TransferException>().With.Property(nameof(TransferException.Failure)).EqualTo(TransferFailure.Untrusted));

    [Test]
    public async Task The_persons_git_settings_for_one_server_are_kept()
    {
        fixture.Folder.Write(
            "gitconfig", $"[http \"{secure.Url("/")}\"]\n\tsslCAInfo = {Authorities}\n[url \"{secure.Url("/")}\"]\n\tinsteadOf = other:\n"
                + "[core]\n\tautocrlf = true\n");
        await FetchGitAsync(new Uri("other:pod.git"));
        Assert.That(secure.Requests, Is.Not.Empty);
    }

    [Test]
    public async Task Settings_of_gits_own_go_before_the_builds()
    {
        Set(TrustedAuthorities.Variable, fixture.Folder.Write("wrong.pem", File.ReadAllText("/etc/ssl/certs/ca-certificates.crt")));
        fixture.Folder.Write("gitconfig", $"[http]\n\tsslCAInfo = {Authorities}\n");
        await FetchGitAsync(secure.Url("/pod.git"));
    }

    [TestCase("socks5h")]
    [TestCase("socks5")]
    public async Task A_socks_proxy_resolves_the_names_for_archives_and_for_git(string scheme)
    {
        using var socks = new SocksProxy();
        Set("ALL_PROXY", $"{scheme}://{socks.Authority}");
        int port = fixture.Server.Url("/").Port;
        fixture.Server.On(Archive, HttpReply.File(Good));
        Assert.That(await fixture.FetchAsync(FetchFixture.Archive(Good, new Uri($"http://one.invalid:{port}{Archive}"))), Is.EqualTo(Good));
        await FetchGitAsync(new Uri($"http://two.invalid:{port}/pod.git"));
        Assert.That(socks.Names.Distinct(), Is.EqualTo(["one.invalid", "two.invalid"]));
    }

    [TestCase("127.0.0.0/8")]
    [TestCase("*")]
    [TestCase("127.0.0.1:PORT")]
    public async Task What_needs_no_proxy_goes_without_for_archives_and_git(string exception)
    {
        int port = fixture.Server.Url("/").Port;
        Set("HTTP_PROXY", $"http://127.0.0.1:{ClosedPort()}");
        fixture.Server.On(Archive, HttpReply.File(Good));
        Set("NO_PROXY", exception.Replace("PORT", $"{port}", StringComparison.Ordinal));
        var address = new Uri($"http://127.0.0.1:{port}{Archive}");
        Assert.That(await fixture.FetchAsync(FetchFixture.Archive(Good, address)), Is.EqualTo(Good));
        await FetchGitAsync(new Uri($"http://127.0.0.1:{port}/pod.git"));
    }

    [Test]
    public void An_error_that_came_through_a_proxy_names_it()
    {
        string proxy = $"http://127.0.0.1:{ClosedPort()}";
        Set("HTTPS_PROXY", proxy);
        string[] errors =
        [
            fixture.FetchError(FetchFixture.Archive(Good, new Uri("https://upstream.invalid" + Archive))),
            fixture.FetchError(Component(Pod(new Uri("https://upstream.invalid/pod.git")))),
        ];
        Assert.That(errors, Is.All.Contains($"through the proxy {proxy} that HTTPS_PROXY names"));
    }

    [TestCase(407)]
    [TestCase(403)]
    public void A_proxy_that_refuses_is_named(int status)
    {
        fixture.Server.Otherwise = HttpReply.Status(status);
        string proxy = fixture.Server.Url("/").AbsoluteUri;
        Set("HTTP_PROXY", proxy);
        Set("HTTPS_PROXY", proxy);
        foreach (string scheme in (string[])["http", "https"])
        {
            Assert.That(
                fixture.FetchError(FetchFixture.Archive(Good, new Uri($"{scheme}://upstream.invalid{Archive}"))),
                Does.Contain($"{status}").And.Contain($"through the proxy {proxy.TrimEnd('/')} that"));
        }
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private GitSource Pod(Uri address) => new(address, upstream.Commits[1], []);

    private async Task FetchGitAsync(Uri address)
    {
        using Fetcher fetcher = fixture.Fetcher();
        await fetcher.FetchAsync([Component(Pod(address))]);
    }

    // with apt's own transport; the index is Debian's
    private async Task DownloadWithAptAsync()
    {
        var archive = new DebianArchive(fixture.Paths, ProxySettings.FromEnvironment(), fixture.Log);
        var file = new AptFile(secure.Url(Archive).AbsoluteUri, "sample", Good.Length, Sample.Sha256(Good));
        await archive.DownloadAsync(new AptIndex("bookworm", Source: true), file, fixture.Folder["got"], CancellationToken.None);
        Assert.That(await File.ReadAllBytesAsync(fixture.Folder["got"]), Is.EqualTo(Good));
    }

    private async Task ServeAsync(HttpExchange exchange)
    {
        string file = fixture.Folder["upstream/" + exchange.Path.Split('?')[0].TrimStart('/')];
        await (File.Exists(file) ? HttpReply.WithoutRanges(await File.ReadAllBytesAsync(file)) : HttpReply.Status(404))(exchange);
    }

    private void Set(string name, string? value) => set.Insert(0, new EnvironmentVariable(name, value));
}
