namespace Qcw.Build.Patching;

/// <summary>
/// Reads from a decoder. Whatever a decoder throws on damaged input becomes an <see cref="InvalidDataException"/>, which
/// keeps it apart from a full disk on the writing side. Also counts the zero bytes at the end: a tar file ends with blocks of zeros.
/// </summary>
internal sealed class DecodedStream(Stream inner) : Stream
{
    /// <summary>How many zero bytes in a row were read last.</summary>
    public long TrailingZeros { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = inner.Read(buffer);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidDataException(e.Message, e);
        }

        int last = buffer[..read].LastIndexOfAnyExcept((byte)0);
        TrailingZeros = last < 0 ? TrailingZeros + read : read - 1 - last;
        return read;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
