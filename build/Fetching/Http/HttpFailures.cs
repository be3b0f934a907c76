using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Qcw.Build.Fetching.Http;

/// <summary>Explains failed requests: the cause in words, and whether another attempt can help.</summary>
internal static class HttpFailures
{
    /// <summary>No usable answer came.</summary>
    /// <param name="e">What .NET says.</param>
    /// <param name="url">What was asked for.</param>
    /// <param name="settings">How long was waited.</param>
    /// <param name="through">The proxy in between, as the end of a message; empty where there was none.</param>
    public static TransferException Explain(Exception e, Uri url, HttpSettings settings, string through) => e switch
    {
        OperationCanceledException { InnerException: TimeoutException } =>
            new TransferException(
                $"no connection to {url.Authority} within {settings.ConnectTimeout.TotalSeconds:0.#} s{through}",
                TransferFailure.Unreachable,
                inner: e),
        OperationCanceledException =>
            new TransferException(
                $"no data was received for {settings.StallTimeout.TotalSeconds:0.#} s{through}", TransferFailure.Passing, inner: e),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            new TransferException(
                through.Length == 0 ? $"the host name {url.Host} could not be resolved" : $"no connection to {url.Authority}{through}: "
                    + Innermost(e),
                TransferFailure.Unreachable, inner: e),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
            new TransferException($"no connection to {url.Authority}{through} ({Innermost(e)})", TransferFailure.Unreachable, inner: e),
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } =>
            new TransferException($"no connection to {url.Authority}{through} ({Innermost(e)})", TransferFailure.Unreachable, inner: e),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            new TransferException(
                $"no trusted TLS connection to {url.Authority}{through} ({Innermost(e)})",
                Find<AuthenticationException>(e) is null ? TransferFailure.Final : TransferFailure.Untrusted,
                inner: e),
        _ when Find<SocketException>(e) is { } socket =>
            new TransferException($"the connection broke{through} ({socket.Message})", TransferFailure.Passing, inner: e),
        HttpRequestException or HttpIOException =>
            new TransferException($"the answer ended early{through} ({Innermost(e)})", TransferFailure.Passing, inner: e),
        _ => new TransferException(FolderProblems.Explain(e) ?? e.Message, TransferFailure.Final, inner: e), // the disk, not the network
    };

    /// <summary>The server answered, but not with the file.</summary>
    public static TransferException Explain(HttpResponseMessage response, Uri url, string through)
    {
        string status = $"HTTP status {(int)response.StatusCode} ({response.ReasonPhrase}){through}";
        return response.StatusCode switch
        {
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
                new TransferException(status, TransferFailure.Passing, RetryAfter(response)),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest when Downgrades(response, url) =>
                new TransferException(
                    $"redirected from https to {response.Headers.Location}: refused, because that is not encrypted", TransferFailure.Final),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
                new TransferException($"{status}: too many redirections, or a redirection without a target", TransferFailure.Final),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new TransferException(status, TransferFailure.Absent),
            _ => new TransferException(status, TransferFailure.Final),
        };
    }

    // the handler follows every redirection but this kind, and hands it on as it came
    private static bool Downgrades(HttpResponseMessage response, Uri url) =>
        (response.RequestMessage?.RequestUri ?? url).Scheme == Uri.UriSchemeHttps
        && response.Headers.Location is { IsAbsoluteUri: true } to && to.Scheme == Uri.UriSchemeHttp;

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - DateTimeOffset.UtcNow is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };

    private static T? Find<T>(Exception? e)
        where T : Exception
    {
        while (e is not null and not T)
        {
            e = e.InnerException;
        }

        return (T?)e;
    }

    private static string Innermost(Exception e) => e.GetBaseException().Message;
}

/// <summary>What a failed transfer means for the next one.</summary>
public enum TransferFailure
{
    /// <summary>Temporary: try again after a while (5xx, 408, 429, reset, truncated, stalled).</summary>
    Passing,

    /// <summary>The server has another file than the partial one belongs to: start over.</summary>
    Restart,

    /// <summary>The host cannot be reached (name, route, refused): few and quick attempts.</summary>
    Unreachable,

    /// <summary>Another attempt would fail too (403): take the next address.</summary>
    Final,

    /// <summary>The same where the server says that it does not have the file (404, 410).</summary>
    Absent,

    /// <summary>The same for a certificate that no trusted authority vouches for; there is advice of its own.</summary>
    Untrusted,
}

/// <summary>One transfer failed. The message has the cause only; the caller adds the address.</summary>
public sealed class TransferException(string message, TransferFailure failure, TimeSpan? retryAfter = null, Exception? inner = null)
    : BuildException(message, inner)
{
    /// <summary>Whether and how to try again.</summary>
    public TransferFailure Failure { get; } = failure;

    /// <summary>How long the server asks to wait; null: it does not.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
