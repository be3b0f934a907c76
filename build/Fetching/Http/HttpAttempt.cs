using System.Net;
using System.Net.Http.Headers;
using Qcw.Build.Fetching.Cache;

namespace Qcw.Build.Fetching.Http;

/// <summary>One HTTP request that completes a partial file, or fails and leaves the bytes that it received.</summary>
internal sealed class HttpAttempt(
    HttpClient client, HttpSettings settings, ProxySettings proxies, Uri url, PartialFile partial, TransferProgress transfer)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>
    /// True if bytes of an earlier request were kept, or the server did not say how long the file is: then a wrong hash may be due to the
    /// transfer.
    /// </summary>
    public bool MayBeDamaged { get; private set; }

    /// <summary>Asks for the file, or for the rest of it where a part of it is here.</summary>
    /// <exception cref="TransferException">It failed; the exception says whether to try again.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            patience.CancelAfter(settings.ConnectTimeout + settings.StallTimeout);
            using HttpRequestMessage request = Request();
            using HttpResponseMessage response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (Accept(request, response))
            {
                await ReceiveAsync(response, patience);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            cancel.ThrowIfCancellationRequested();
            throw HttpFailures.Explain(e, url, settings, proxies.Through(url));
        }
    }

    private HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        long have = partial.Length;
        if (have == 0 || partial.State is not { } state || state.Url != url.AbsoluteUri)
        {
            return request;
        }

        request.Headers.Range = new RangeHeaderValue(have, null);

        // If-Range lets the server send the whole file where it has changed; it takes strong tags only (RFC 9110, 13.1.5)
        if (state.ETag is { } tag && !tag.StartsWith("W/", StringComparison.Ordinal))
        {
            request.Headers.IfRange = new RangeConditionHeaderValue(EntityTagHeaderValue.Parse(tag));
        }
        else if (state.LastModified is { } time)
        {
            request.Headers.IfRange = new RangeConditionHeaderValue(time);
        }

        return request;
    }

    // true: a body follows; false: the file is whole already
    private bool Accept(HttpRequestMessage request, HttpResponseMessage response)
    {
        long? asked = request.Headers.Range?.Ranges.First().From;
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        long? length = response.Content.Headers.ContentLength;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                partial.Begin(
                    new ResumeState(url.AbsoluteUri, response.Headers.ETag?.ToString(), response.Content.Headers.LastModified, length));
                MayBeDamaged = length is null;
                DiskSpace.Require(partial.Path, length ?? 0, $"the download of {url.Segments[^1]}");
                transfer.Begin(0, length, url.Host);
                return true;
            case HttpStatusCode.PartialContent when asked is { } from && Fits(range, response, from):
                MayBeDamaged = true;
                transfer.Begin(from, range!.Length, url.Host);
                return true;
            case HttpStatusCode.PartialContent when asked is null:
                throw new TransferException(
                    "the server answered a request for the whole file with a part of it (206)", TransferFailure.Final);
            case HttpStatusCode.PartialContent:
                partial.Delete();
                throw new TransferException(
                    $"the server sent the wrong part of the file ({range?.ToString() ?? "it does not say which"})",
                    TransferFailure.Restart);
            case HttpStatusCode.RequestedRangeNotSatisfiable when asked is { } end && range?.Length == end:
                MayBeDamaged = true;
                return false;
            case HttpStatusCode.RequestedRangeNotSatisfiable when asked is not null:
                partial.Delete();
                throw new TransferException("the server has no more bytes of this file (416)", TransferFailure.Restart);
            default:
                throw HttpFailures.Explain(response, url, proxies.Through(url));
        }
    }

    private bool Fits(ContentRangeHeaderValue? range, HttpResponseMessage response, long from)
    {
        ResumeState state = partial.State!;
        return range is { Unit: "bytes" } && range.From == from
            && (range.Length is null || state.Length is null || range.Length == state.Length)
            && (response.Headers.ETag is null || state.ETag is null || response.Headers.ETag.ToString() == state.ETag);
    }

    private async Task ReceiveAsync(HttpResponseMessage response, CancellationTokenSource patience)
    {
        patience.CancelAfter(settings.StallTimeout);
        await using Stream body = await response.Content.ReadAsStreamAsync(patience.Token);
        await using FileStream file = partial.OpenToAppend();
        var buffer = new byte[BufferSize];
        while (true)
        {
            patience.CancelAfter(settings.StallTimeout);
            int count = await body.ReadAsync(buffer, patience.Token);
            if (count == 0)
            {
                break;
            }

            // not cancelled in the middle: what is counted is on disk
            await file.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None);
            await file.FlushAsync(CancellationToken.None);
            transfer.Add(count);
        }
    }
}
