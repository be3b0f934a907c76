using System.Text;

namespace Qcw.Build.Tests.Compiling.Go;

/// <summary>A node of a version resource, read back by what the format's documentation says.</summary>
internal sealed record VersionNode(string Name, byte[] Value, bool IsText, IReadOnlyList<VersionNode> Children)
{
    public VersionNode this[string name] => Children.Single(child => child.Name == name);

    public string Text => Encoding.Unicode.GetString(Value).TrimEnd('\0');

    /// <summary>Reads the node that fills the bytes.</summary>
    public static VersionNode Read(ReadOnlySpan<byte> bytes)
    {
        Assert.That(BitConverter.ToUInt16(bytes), Is.EqualTo(bytes.Length));
        bool isText = BitConverter.ToUInt16(bytes[4..]) == 1;
        int valueLength = BitConverter.ToUInt16(bytes[2..]) * (isText ? 2 : 1);
        int end = 6;
        while (BitConverter.ToUInt16(bytes[end..]) != 0)
        {
            end += 2;
        }

        string name = Encoding.Unicode.GetString(bytes[6..end]);
        int valueAt = Aligned(end + 2);
        byte[] value = valueLength == 0 ? [] : bytes.Slice(valueAt, valueLength).ToArray();
        var children = new List<VersionNode>();
        int at = Aligned(valueLength == 0 ? end + 2 : valueAt + valueLength);
        while (at < bytes.Length)
        {
            int length = BitConverter.ToUInt16(bytes[at..]);
            children.Add(Read(bytes.Slice(at, length)));
            at = Aligned(at + length);
        }

        return new VersionNode(name, value, isText, children);
    }

    private static int Aligned(int position) => (position + 3) & ~3;
}
