using System.Net;
using System.Text;
using Qcw.Build.Caching;

namespace Qcw.Build.Tests.Caching;

/// <summary>A server that ends a connection without a byte of an answer, as one does that had kept it for the next request.</summary>
public sealed class HttpStoreTests
{
    private static readonly Uri Root = new("http://localhost/cache");

    [Test]
    public void What_got_no_answer_is_sent_once_more_from_where_it_began()
    {
        using var server = new Server(silent: 1);
        using var content = new MemoryStream(Encoding.ASCII.GetBytes("head and entry")) { Position = 9 };
        using (HttpStore store = server.Store())
        {
            store.Put("cas/1", content);
        }

        Assert.That(server.Received, Is.EqualTo(["entry", "entry"]));
    }

    [Test]
    public void The_second_time_it_is_an_error()
    {
        using var server = new Server(silent: 2);
        using HttpStore store = server.Store();
        using var content = new MemoryStream();
        Assert.That(() => store.Put("cas/1", content), Throws.TypeOf<CacheUnavailableException>().With.Message.EndsWith("(cas/1)"));
        Assert.That(server.Received, Has.Count.EqualTo(2));
    }

    private sealed class Server(int silent) : HttpMessageHandler
    {
        public List<string> Received { get; } = [];

        public HttpStore Store() => new(Root, new HttpClient(this, disposeHandler: false), TimeSpan.FromSeconds(5));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Received.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            return Received.Count <= silent
                ? throw new HttpRequestException(HttpRequestError.ResponseEnded)
                : new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}
