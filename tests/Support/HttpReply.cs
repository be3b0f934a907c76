using System.Text;

namespace Qcw.Tests.Support;

/// <summary>The ways in which servers answer, and fail to.</summary>
public static class HttpReply
{
    private const string Tag = "ETag: \"v1\"";

    /// <summary>The file, or the part asked for, as a good server does it.</summary>
    public static Func<HttpExchange, Task> File(byte[] bytes) => Part(bytes, bytes.Length);

    /// <summary>Promises everything that was asked for, sends that many bytes, and ends in order.</summary>
    public static Func<HttpExchange, Task> Truncated(byte[] bytes, int count) => Part(bytes, count);

    /// <summary>The same, but ends with a TCP reset.</summary>
    public static Func<HttpExchange, Task> Reset(byte[] bytes, int count) => async exchange =>
    {
        await Part(bytes, count)(exchange);
        await Task.Delay(50); // a reset overtakes bytes that the client has not read yet
        exchange.Reset();
    };

    /// <summary>The same, but keeps the connection open and says nothing more.</summary>
    public static Func<HttpExchange, Task> Stall(byte[] bytes, int count) => async exchange =>
    {
        await Part(bytes, count)(exchange);
        await exchange.StallAsync();
    };

    /// <summary>Never heard of ranges: always the whole file.</summary>
    public static Func<HttpExchange, Task> WithoutRanges(byte[] bytes) => async exchange =>
    {
        await exchange.HeadAsync(200, $"Content-Length: {bytes.Length}");
        await exchange.BodyAsync(bytes);
    };

    /// <summary>The whole file, its length not said; ends after that many bytes.</summary>
    public static Func<HttpExchange, Task> WithoutLength(byte[] bytes, int count) => async exchange =>
    {
        await exchange.HeadAsync(200);
        await exchange.BodyAsync(bytes.AsMemory(0, count));
    };

    /// <summary>206, but from another byte than asked for.</summary>
    public static Func<HttpExchange, Task> WrongRange(byte[] bytes) => async exchange =>
    {
        await exchange.HeadAsync(206, $"Content-Length: {bytes.Length}", $"Content-Range: bytes 0-{bytes.Length - 1}/{bytes.Length}", Tag);
        await exchange.BodyAsync(bytes);
    };

    /// <summary>206 from the right byte, of another file.</summary>
    public static Func<HttpExchange, Task> OtherBytes(byte[] bytes) => File([.. bytes.Select(b => (byte)~b)]);

    /// <summary>A status without a body.</summary>
    public static Func<HttpExchange, Task> Status(int status, params string[] headers) =>
        exchange => exchange.HeadAsync(status, ["Content-Length: 0", .. headers]);

    /// <summary>A page with status 200, as captive portals and broken download sites send it.</summary>
    public static Func<HttpExchange, Task> Html(string title) => async exchange =>
    {
        byte[] page = Encoding.UTF8.GetBytes($"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>sorry</body></html>\n");
        await exchange.HeadAsync(200, "Content-Type: text/html", $"Content-Length: {page.Length}");
        await exchange.BodyAsync(page);
    };

    private static Func<HttpExchange, Task> Part(byte[] bytes, int count) => async exchange =>
    {
        int from = (int)(exchange.From ?? 0);
        if (exchange.Headers.TryGetValue("If-Range", out string? tag) && tag != "\"v1\"")
        {
            from = 0;
        }

        string[] range = from > 0 ? [$"Content-Range: bytes {from}-{bytes.Length - 1}/{bytes.Length}"] : [];
        await exchange.HeadAsync(from > 0 ? 206 : 200, [$"Content-Length: {bytes.Length - from}", Tag, .. range]);
        await exchange.BodyAsync(bytes.AsMemory(from, Math.Max(0, Math.Min(count, bytes.Length) - from)));
    };
}
