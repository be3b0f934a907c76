using System.Security.Cryptography.X509Certificates;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>What can only be seen with fetches in processes of their own.</summary>
public sealed class ProcessTests
{
    private static readonly byte[] Good = Sample.Bytes(3_000_000);
    private FetchFixture fixture = null!;

    private string Artifacts => fixture.Folder["artifacts"];

    [SetUp]
    public void SetUp() => fixture = new FetchFixture();

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    [CancelAfter(60_000)]
    public async Task Killed_in_the_middle_the_next_run_asks_for_the_rest_only(CancellationToken cancel)
    {
        Uri url = fixture.Server.On("/sample-1.0.tar.xz", HttpReply.Stall(Good, 1_000_000), HttpReply.File(Good));
        using (var first = new FetchToolProcess(Artifacts, url, Sample.Sha256(Good)))
        {
            while (fixture.Partials is not [string partial] || new FileInfo(partial).Length < 1_000_000)
            {
                await Task.Delay(20, cancel);
            }

            await first.KillAsync();
        }

        using var second = new FetchToolProcess(Artifacts, url, Sample.Sha256(Good));
        (int exitCode, string output, string error) = await second.EndAsync();
        Assert.That(exitCode, Is.Zero, error);
        Assert.That(fixture.Froms, Is.EqualTo(new long?[] { null, 1_000_000 }));
        Assert.That(await File.ReadAllBytesAsync(output.Trim().Split('\n')[^1], cancel), Is.EqualTo(Good));
        Assert.That(fixture.Partials, Is.Empty);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Two_at_once_fetch_it_once_and_both_get_it(CancellationToken cancel)
    {
        var bothAreThere = new TaskCompletionSource();
        Uri url = fixture.Server.On("/sample-1.0.tar.xz", async exchange =>
        {
            await exchange.HeadAsync(200, $"Content-Length: {Good.Length}");
            await exchange.BodyAsync(Good.AsMemory(0, 1_000_000));
            await bothAreThere.Task;
            await exchange.BodyAsync(Good.AsMemory(1_000_000));
        });
        using var one = new FetchToolProcess(Artifacts, url, Sample.Sha256(Good));
        using var two = new FetchToolProcess(Artifacts, url, Sample.Sha256(Good));

        while (!(one.Output + two.Output).Contains("waiting for another process that fetches it", StringComparison.Ordinal))
        {
            await Task.Delay(20, cancel);
        }

        bothAreThere.SetResult();
        (int, string, string)[] ends = [await one.EndAsync(), await two.EndAsync()];
        Assert.That(ends.Select(end => end.Item1), Is.All.Zero, ends[0].Item3 + ends[1].Item3);
        Assert.That(fixture.Server.Requests, Has.Count.EqualTo(1));
        Assert.That(ends.Select(end => File.ReadAllBytes(end.Item2.Trim().Split('\n')[^1])), Is.All.EqualTo(Good));
    }

    [Test]
    public async Task Refuses_a_redirection_from_https_to_http()
    {
        using X509Certificate2 certificate = OwnAuthority.Certificate();
        using var secure = new HttpTestServer(certificate);
        Uri plain = fixture.Server.On("/sample-1.0.tar.xz", HttpReply.File(Good));
        Uri url = secure.On("/sample-1.0.tar.xz", HttpReply.Status(302, $"Location: {plain}"));
        string trusted = fixture.Folder.Write("ca.pem", System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
        using var tool = new FetchToolProcess(Artifacts, url, Sample.Sha256(Good), ("SSL_CERT_FILE", trusted));
        (int exitCode, _, string error) = await tool.EndAsync();
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error, Does.Contain($"redirected from https to {plain}: refused"));
        Assert.That(fixture.Server.Requests, Is.Empty);
    }

    [Test]
    public async Task Refuses_a_certificate_that_nobody_vouches_for()
    {
        using X509Certificate2 certificate = OwnAuthority.Certificate();
        using var secure = new HttpTestServer(certificate);
        Uri url = secure.On("/sample-1.0.tar.xz", HttpReply.File(Good));
        using var tool = new FetchToolProcess(Artifacts, url, Sample.Sha256(Good));
        (int exitCode, _, string error) = await tool.EndAsync();
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error, Does.Contain("no trusted TLS connection to localhost"));
    }

    [Test]
    public async Task Goes_through_the_proxy_that_the_environment_names()
    {
        fixture.Server.Otherwise = HttpReply.File(Good);
        using var tool = new FetchToolProcess(
            Artifacts, new Uri("http://upstream.invalid/sample-1.0.tar.xz"), Sample.Sha256(Good),
            ("http_proxy", fixture.Server.Url("/").AbsoluteUri));
        (int exitCode, _, string error) = await tool.EndAsync();
        Assert.That(exitCode, Is.Zero, error);
        Assert.That(fixture.Server.Requests.Single().Path, Is.EqualTo("http://upstream.invalid/sample-1.0.tar.xz"));
    }
}
