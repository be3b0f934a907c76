using System.IO.Hashing;

namespace Qcw.Build.Sources.Archives;

/// <summary>
/// Reads from a decoder. Whatever a decoder throws on damaged input becomes an <see cref="InvalidDataException"/>, which keeps it apart
/// from a full disk on the writing side. Also counts the zero bytes at the end: a tar file ends with blocks of zeros.
/// </summary>
/// <param name="open">Makes the decoder: that too reads, and fails on damaged input.</param>
/// <param name="checkSum">True: the CRC-32 is computed.</param>
internal sealed class DecodedStream(Func<Stream> open, bool checkSum = false) : Stream
{
    private readonly Crc32? crc = checkSum ? new Crc32() : null;
    private Stream? inner;

    /// <summary>How many zero bytes in a row were read last.</summary>
    public long TrailingZeros { get; private set; }

    /// <summary>How many bytes were read.</summary>
    public long TotalLength { get; private set; }

    /// <summary>The CRC-32 (as in zip archives) of all bytes that were read, where it was asked for.</summary>
    public uint Crc32 => crc?.GetCurrentHashAsUInt32() ?? 0;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            inner ??= open();
            read = inner.Read(buffer);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidDataException(e.Message, e);
        }

        TotalLength += read;
        crc?.Append(buffer[..read]);
        int last = buffer[..read].LastIndexOfAnyExcept((byte)0);
        TrailingZeros = last < 0 ? TrailingZeros + read : read - 1 - last;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Reads what is left and lets the decoder compare its checksums; some do that only when they are closed.</summary>
    /// <exception cref="InvalidDataException">The checksums differ.</exception>
    public void Complete()
    {
        CopyTo(Null);
        Stream? decoder = inner;
        inner = Null;
        try
        {
            decoder?.Dispose();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing)
            {
                inner?.Dispose();
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // not completed: another failure is on its way, and a decoder that was not read to its end must not hide it
        }

        base.Dispose(disposing);
    }
}
