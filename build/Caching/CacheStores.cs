using System.Net;

namespace Qcw.Build.Caching;

/// <summary>Where a cache keeps its entries: <c>ac/SHA256</c> and <c>cas/SHA256</c>.</summary>
public interface ICacheStore : IDisposable
{
    /// <summary>For people, without a password.</summary>
    string Name { get; }

    /// <summary>Gets an entry.</summary>
    /// <param name="path"><c>ac/…</c> or <c>cas/…</c>.</param>
    /// <param name="target">Gets the bytes.</param>
    /// <param name="most">More bytes than this are not read.</param>
    /// <returns>False where the cache does not have it.</returns>
    /// <exception cref="CacheUnavailableException">The cache cannot be used.</exception>
    bool TryGet(string path, Stream target, long most);

    /// <summary>True where an entry of that size is there.</summary>
    /// <exception cref="CacheUnavailableException">The cache cannot be used.</exception>
    bool Has(string path, long size);

    /// <summary>Puts an entry, or replaces it.</summary>
    /// <param name="path"><c>ac/…</c> or <c>cas/…</c>.</param>
    /// <param name="content">The bytes; read from where they are at.</param>
    /// <exception cref="CacheUnavailableException">The cache cannot be used, or does not take it.</exception>
    void Put(string path, Stream content);
}

/// <summary>The cache cannot be used. The build goes on without it.</summary>
public sealed class CacheUnavailableException(string message, Exception? inner = null) : BuildException(message, inner);

/// <summary>A cache in a folder, as a web server would serve it.</summary>
/// <param name="folder">Full path.</param>
public sealed class FolderStore(string folder) : ICacheStore
{
    public string Name => folder;

    public bool TryGet(string path, Stream target, long most)
    {
        try
        {
            string file = Path.Combine(folder, path);
            if (!File.Exists(file))
            {
                return false;
            }

            using FileStream content = File.OpenRead(file);
            CacheStream.Copy(content, target, most);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    public bool Has(string path, long size) => new FileInfo(Path.Combine(folder, path)) is { Exists: true } file && file.Length == size;

    public void Put(string path, Stream content)
    {
        string file = Path.Combine(folder, path);
        // several machines may write the same entry at once
        string partial = $"{file}.{Guid.NewGuid():N}{Files.PartialSuffix}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            try
            {
                using (FileStream to = File.Create(partial))
                {
                    content.CopyTo(to);
                    to.Flush(flushToDisk: true);
                }

                File.Move(partial, file, overwrite: true);
            }
            finally
            {
                File.Delete(partial);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    public void Dispose()
    {
        // nothing is open between two calls
    }

    private static CacheUnavailableException Unusable(Exception e) => new(FolderProblems.Explain(e) ?? e.Message, e);
}

/// <summary>A cache on a web server: Bazel's HTTP protocol, which bazel-remote, nginx with WebDAV and buckets serve.</summary>
/// <param name="root">Its address without user and password.</param>
/// <param name="client">Connects, with what the server wants to know of us.</param>
/// <param name="stall">How long the server may send, or take, nothing.</param>
public sealed class HttpStore(Uri root, HttpClient client, TimeSpan stall) : ICacheStore
{
    public string Name => root.AbsoluteUri.TrimEnd('/');

    public bool TryGet(string path, Stream target, long most) => Try(path, async patience =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(path));
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        if (IsAbsent(response))
        {
            return false;
        }

        await using Stream body = await response.Content.ReadAsStreamAsync(patience.Token);
        await CacheStream.CopyAsync(body, target, most, () => patience.CancelAfter(stall), patience.Token);
        return true;
    });

    public bool Has(string path, long size) => Try(path, async patience =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, AddressOf(path));
        using HttpResponseMessage response = await client.SendAsync(request, patience.Token);
        return !IsAbsent(response) && response.Content.Headers.ContentLength is { } length && length == size;
    });

    public void Put(string path, Stream content)
    {
        long start = content.Position;
        Try(path, async patience =>
        {
            content.Position = start;
            using var body = new StreamContent(new WatchedStream(content, () => patience.CancelAfter(stall)));
            body.Headers.ContentLength = content.Length - start;
            using HttpResponseMessage response = await client.PutAsync(AddressOf(path), body, patience.Token);
            return IsAbsent(response) ? throw new CacheUnavailableException($"it has no place for {path} (HTTP status 404)") : true;
        });
    }

    public void Dispose() => client.Dispose();

    private Uri AddressOf(string path) => new($"{Name}/{path}");

    private T Try<T>(string path, Func<CancellationTokenSource, Task<T>> exchange) => TryAsync(path, exchange).GetAwaiter().GetResult();

    private async Task<T> TryAsync<T>(string path, Func<CancellationTokenSource, Task<T>> exchange)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stopping.Token);
            patience.CancelAfter(stall);
            try
            {
                return await exchange(patience);
            }
            catch (HttpRequestException e) when (isFirst && e.HttpRequestError == HttpRequestError.ResponseEnded)
            {
                // without a byte of an answer: the server closed a connection that it had kept for the next request
            }
            catch (OperationCanceledException e)
            {
                Stopping.ThrowIfAsked();
                throw new CacheUnavailableException($"it did not answer within {stall.TotalSeconds:0.#} s ({path})", e);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                throw new CacheUnavailableException($"{e.GetBaseException().Message} ({path})", e);
            }
        }
    }

    private static bool IsAbsent(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone
        || (response.IsSuccessStatusCode ? false : throw new CacheUnavailableException(response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => "it wants a user and a password, or others (HTTP status 401)",
            HttpStatusCode.Forbidden => "it does not allow that (HTTP status 403)",
            HttpStatusCode.MethodNotAllowed => "it does not take files (HTTP status 405)",
            _ => $"HTTP status {(int)response.StatusCode} ({response.ReasonPhrase})",
        }));
}

/// <summary>Copies no more than what was announced.</summary>
internal static class CacheStream
{
    private const int BufferSize = 128 * 1024;

    public static void Copy(Stream from, Stream to, long most) =>
        CopyAsync(from, to, most, () => { }, CancellationToken.None).GetAwaiter().GetResult();

    // one byte more than allowed is enough to see that it is too long
    public static async Task CopyAsync(Stream from, Stream to, long most, Action alive, CancellationToken cancel)
    {
        var buffer = new byte[BufferSize];
        long left = most == long.MaxValue ? most : most + 1;
        int count;
        while (left > 0 && (count = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, BufferSize)), cancel)) > 0)
        {
            alive();
            await to.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None);
            left -= count;
        }
    }
}

/// <summary>A stream that says when it is read: an upload goes on as long as the server takes it.</summary>
internal sealed class WatchedStream(Stream inner, Action alive) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        alive();
        return inner.Read(buffer, offset, count);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        alive();
        return inner.ReadAsync(buffer, cancellationToken);
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
