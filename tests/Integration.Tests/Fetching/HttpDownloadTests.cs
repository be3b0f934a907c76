using Qcw.Build.Fetching;
using static Qcw.Integration.Tests.Fetching.FetchFixture;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>Each way in which a server fails ends in the right file or the right error.</summary>
public sealed class HttpDownloadTests
{
    private const string Path = "/dist/sample-1.0.tar.xz";
    private static readonly byte[] Good = Sample.Bytes(300_000);
    private FetchFixture fixture = null!;

    [SetUp]
    public void SetUp() => fixture = new FetchFixture();

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public async Task Fetches_once_and_is_up_to_date_afterwards()
    {
        Uri url = fixture.Server.On(Path, HttpReply.File(Good));
        Assert.That(await fixture.FetchAsync(Archive(Good, url)), Is.EqualTo(Good));
        Assert.That(await fixture.FetchAsync(Archive(Good, url)), Is.EqualTo(Good));
        Assert.That(fixture.Server.Requests, Has.Count.EqualTo(1));
        Assert.That(fixture.Output, Does.Contain($"fetched 300.0 kB from {url}").And.Contain("sample-1.0.tar.xz: up to date"));
        Assert.That(fixture.Partials, Is.Empty);
    }

    [Test]
    public async Task Resumes_what_was_truncated()
    {
        Uri url = fixture.Server.On(Path, HttpReply.Truncated(Good, 100_000), HttpReply.File(Good));
        Assert.That(await fixture.FetchAsync(Archive(Good, url)), Is.EqualTo(Good));
        Assert.That(fixture.Froms, Is.EqualTo(new long?[] { null, 100_000 }));
        Assert.That(fixture.Server.Requests.Last().Headers["If-Range"], Is.EqualTo("\"v1\""));
    }

    [Test]
    public async Task Resumes_behind_a_reset()
    {
        Uri url = fixture.Server.On(Path, HttpReply.Reset(Good, 100_000), HttpReply.File(Good));
        Assert.That(await fixture.FetchAsync(Archive(Good, url)), Is.EqualTo(Good));
        Assert.That(fixture.Output, Does.Contain("the connection broke").And.Contain("resuming after"));
    }

    [Test]
    public async Task Breaks_off_a_stall_and_resumes()
    {
        Uri url = fixture.Server.On(Path, HttpReply.Stall(Good, 100_000), HttpReply.File(Good));
        Assert.That(await fixture.FetchAsync(Archive(Good, url)), Is.EqualTo(Good));
        Assert.That(fixture.Froms, Is.EqualTo(new long?[] { null, 100_000 }));
        Assert.That(fixture.Output, Does.Contain("no data was received for 0.5 s"));
    }

    [Test]
    public async Task Waits_longer_each_time_a_server_is_in_trouble()
    {
        Uri url = fixture.Server.On(Path, HttpReply.Status(503), HttpReply.Status(500), HttpReply.Status(408), HttpReply.File(Good));
        Assert.That(await fixture.FetchAsync(Archive(Good, url)), Is.EqualTo(Good));
        Assert.That(fixture.Delays.Select(delay => delay.TotalSeconds), Is.EqualTo(new[] { 1.0, 2.0, 4.0 }).Within(50).Percent);
    }

    [Test]
    public async Task Waits_as_long_as_the_server_asks()
    {
        Uri url = fixture.Server.On(Path, HttpReply.Status(429, "Retry-After: 7"), HttpReply.File(Good));
        Assert.That(await fixture.FetchAsync(Archive(Good, url)), Is.EqualTo(Good));
        Assert.That(fixture.Delays, Is.EqualTo(new[] { TimeSpan.FromSeconds(7) }));
    }

    [Test]
    public void Gives_up_on_a_server_that_stays_in_trouble()
    {
        Uri url = fixture.Server.On(Path, HttpReply.Status(502));
        Assert.That(
            fixture.FetchError(Archive(Good, url)), Does.Contain(url.AbsoluteUri).And.Contain("HTTP status 502").And.Contain("--mirror"));
        Assert.That(fixture.Server.Requests, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Counts_attempts_anew_whenever_bytes_came()
    {
        Func<HttpExchange, Task>[] steps = [.. Enumerable.Range(1, 9).Select(i => HttpReply.Truncated(Good, i * 30_000))];
        Uri url = fixture.Server.On(Path, [.. steps, HttpReply.File(Good)]);
        Assert.That(await fixture.FetchAsync(Archive(Good, url)), Is.EqualTo(Good));
    }

    [TestCase(404)]
    [TestCase(403)]
    public async Task Goes_to_the_next_address_where_asking_again_is_in_vain(int status)
    {
        Uri first = fixture.Server.On("/gone" + Path, HttpReply.Status(status));
        Uri second = fixture.Server.On(Path, HttpReply.File(Good));
        Assert.That(await fixture.FetchAsync(Archive(Good, first, second)), Is.EqualTo(Good));
        Assert.That(fixture.Server.Requests, Has.Count.EqualTo(2));
        Assert.That(fixture.Output, Does.Contain($"HTTP status {status}").And.Contain("trying the next source"));
    }

    [Test]
    public void Names_an_html_page_that_came_with_status_200()
    {
        Uri url = fixture.Server.On(Path, HttpReply.Html("Log in to the Wi-Fi"));
        string message = fixture.FetchError(Archive(Good, url));
        Assert.That(message, Does.Contain(url.AbsoluteUri).And.Contain("an HTML page (\"Log in to the Wi-Fi\")")
            .And.Contain("expected: " + Sample.Sha256(Good)).And.Match("got: +[0-9a-f]{64}").And.Contain("what to do"));
        Assert.That(fixture.Partials, Is.Empty, "the wrong file is deleted");
    }

    [Test]
    public void Reports_other_bytes_with_both_hashes()
    {
        byte[] other = Sample.Bytes(1000, seed: 2);
        Uri url = fixture.Server.On(Path, HttpReply.File(other));
        Assert.That(
            fixture.FetchError(Archive(Good, url)),
            Does.Contain("expected: " + Sample.Sha256(Good))
                .And.Contain("got:      " + Sample.Sha256(other))
                .And.Contain("the pin or the file has changed"));
        Assert.That(fixture.Partials, Is.Empty);
    }

    [Test]
    public void Refuses_an_empty_file()
    {
        Uri url = fixture.Server.On(Path, HttpReply.File([]));
        Assert.That(fixture.FetchError(Archive(Good, url)), Does.Contain("the file is empty; it was deleted"));
    }

    [Test]
    public void Refuses_an_empty_file_even_where_its_hash_is_pinned()
    {
        Uri url = fixture.Server.On(Path, HttpReply.File([]));
        Assert.That(fixture.FetchError(Archive([], url)), Does.Contain("the file is empty; it was deleted"));
    }

    [Test]
    public async Task Starts_again_where_the_server_knows_no_ranges()
    {
        Uri url = fixture.Server.On(Path, HttpReply.Truncated(Good, 100_000), HttpReply.WithoutRanges(Good));
        Assert.That(await fixture.FetchAsync(Archive(Good, url)), Is.EqualTo(Good));
        Assert.That(fixture.Froms, Is.EqualTo(new long?[] { null, 100_000 }));
    }

    [Test]
    public async Task Starts_again_where_the_server_sends_another_part_than_asked_for()
    {
        Uri url = fixture.Server.On(Path, HttpReply.Truncated(Good, 100_000), HttpReply.WrongRange(Good), HttpReply.File(Good));
        Assert.That(await fixture.FetchAsync(Archive(Good, url)), Is.EqualTo(Good));
        Assert.That(fixture.Froms, Is.EqualTo(new long?[] { null, 100_000, null }));
        Assert.That(fixture.Output, Does.Contain("wrong part of the file (bytes 0-299999/300000)"));
    }

    [Test]
    public async Task Starts_again_behind_416()
    {
        Uri url = fixture.Server.On(Path, HttpReply.Truncated(Good, 100_000), HttpReply.Status(416), HttpReply.File(Good));
        Assert.That(await fixture.FetchAsync(Archive(Good, url)), Is.EqualTo(Good));
        Assert.That(fixture.Froms, Is.EqualTo(new long?[] { null, 100_000, null }));
    }

    [Test]
    public async Task Fetches_once_more_from_the_start_what_was_put_together_wrongly()
    {
        Uri url = fixture.Server.On(Path, HttpReply.Truncated(Good, 100_000), HttpReply.OtherBytes(Good), HttpReply.File(Good));
        Assert.That(await fixture.FetchAsync(Archive(Good, url)), Is.EqualTo(Good));
        Assert.That(fixture.Froms, Is.EqualTo(new long?[] { null, 100_000, null }));
        Assert.That(fixture.Output, Does.Contain("starting over"));
    }

    [Test]
    public async Task Fetches_once_more_what_ended_without_a_length()
    {
        Uri url = fixture.Server.On(Path, HttpReply.WithoutLength(Good, 100_000), HttpReply.WithoutLength(Good, Good.Length));
        Assert.That(await fixture.FetchAsync(Archive(Good, url)), Is.EqualTo(Good));
    }

    [Test]
    public async Task Does_not_resume_from_another_address()
    {
        Uri first = fixture.Server.On("/a" + Path, HttpReply.Truncated(Good, 100_000), HttpReply.Status(404));
        Uri second = fixture.Server.On("/b" + Path, HttpReply.File(Good));
        Assert.That(await fixture.FetchAsync(Archive(Good, first, second)), Is.EqualTo(Good));
        Assert.That(fixture.Froms, Is.EqualTo(new long?[] { null, 100_000, null }));
    }

    [Test]
    public async Task Follows_redirections()
    {
        Uri real = fixture.Server.On("/real", HttpReply.File(Good));
        Uri url = fixture.Server.On(Path, HttpReply.Status(302, $"Location: {real}"));
        Assert.That(await fixture.FetchAsync(Archive(Good, url)), Is.EqualTo(Good));
    }

    [Test]
    public void Ends_a_circle_of_redirections()
    {
        Uri url = fixture.Server.On(Path, HttpReply.Status(302, $"Location: {Path}"));
        Assert.That(fixture.FetchError(Archive(Good, url)), Does.Contain("too many redirections"));
    }

    [Test]
    [CancelAfter(10_000)]
    public void Learns_in_seconds_that_a_host_has_no_name()
    {
        string message = fixture.FetchError(Archive(Good, new Uri("http://no-such-host.invalid/sample-1.0.tar.xz")));
        Assert.That(
            message, Does.Contain("no-such-host.invalid could not be resolved").And.Contain("--mirror").And.Contain("--line=debian13"));
        Assert.That(fixture.Delays, Has.Count.EqualTo(2).And.All.LessThan(TimeSpan.FromSeconds(1)));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task Fetches_several_files_at_once(CancellationToken cancel)
    {
        using var both = new CountdownEvent(2);
        Component[] components =
        [
            .. new[] { 1, 2 }.Select(i =>
                Archive(
                    Sample.Bytes(1000, i),
                    fixture.Server.On(
                        $"/{i}.tar",
                        async exchange =>
                        {
                            // neither is answered before both have asked
                            both.Signal();
                            await Task.Run(() => both.Wait(cancel), cancel);
                            await HttpReply.File(Sample.Bytes(1000, i))(exchange);
                        }))),
        ];
        using Fetcher fetcher = fixture.Fetcher(new FetchOptions(Parallel: 2));
        await fetcher.FetchAsync(components, cancel);
        Assert.That(components.Select(component => File.Exists(fetcher.Locate(component).Path)), Is.All.True);
    }

    [Test]
    public void Reports_everything_that_fails_and_fetches_the_rest()
    {
        Uri good = fixture.Server.On("/good.tar.xz", HttpReply.File(Good));
        Uri bad = fixture.Server.On("/bad.tar.xz", HttpReply.Status(404));
        Uri worse = fixture.Server.On("/worse.tar.xz", HttpReply.Html("no"));
        using Fetcher fetcher = fixture.Fetcher();
        string message = Assert
            .ThrowsAsync<BuildException>(() => fetcher.FetchAsync([Archive(Good, bad), Archive(Good, worse), Archive(Good, good)]))!
            .Message;
        Assert.That(message, Does.Contain(bad.AbsoluteUri).And.Contain(worse.AbsoluteUri));
        Assert.That(message.Split("what to do"), Has.Length.EqualTo(2), "the remedy is said once");
        Assert.That(File.ReadAllBytes(fetcher.Locate(Archive(Good, good)).Path), Is.EqualTo(Good));
    }
}
