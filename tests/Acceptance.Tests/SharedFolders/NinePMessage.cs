using System.Buffers.Binary;
using System.Text;

namespace Qcw.Acceptance.Tests.SharedFolders;

/// <summary>A request of 9P2000.L, put together field by field; a string may be of any bytes.</summary>
/// <param name="type">The number of the request, without the size and the tag.</param>
internal sealed class NinePMessage(byte type)
{
    private readonly MemoryStream body = new();

    public NinePMessage Number8(byte value)
    {
        body.WriteByte(value);
        return this;
    }

    public NinePMessage Number16(ushort value) => Append(2, bytes => BinaryPrimitives.WriteUInt16LittleEndian(bytes, value));

    public NinePMessage Number32(uint value) => Append(4, bytes => BinaryPrimitives.WriteUInt32LittleEndian(bytes, value));

    public NinePMessage Number64(ulong value) => Append(8, bytes => BinaryPrimitives.WriteUInt64LittleEndian(bytes, value));

    public NinePMessage Text(string value) => Text(Encoding.UTF8.GetBytes(value));

    public NinePMessage Text(byte[] value)
    {
        Number16((ushort)value.Length);
        return Bytes(value);
    }

    public NinePMessage Bytes(byte[] value)
    {
        body.Write(value);
        return this;
    }

    /// <summary>The whole message: size, type, tag, body.</summary>
    public byte[] ToArray()
    {
        byte[] message = new byte[7 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        message[4] = type;
        message[5] = 1;
        body.ToArray().CopyTo(message, 7);
        return message;
    }

    private delegate void Writer(Span<byte> bytes);

    private NinePMessage Append(int size, Writer write)
    {
        Span<byte> bytes = stackalloc byte[size];
        write(bytes);
        body.Write(bytes);
        return this;
    }
}
