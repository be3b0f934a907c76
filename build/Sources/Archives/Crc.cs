namespace Qcw.Build.Sources.Archives;

/// <summary>CRC-32 as zip archives have it (ISO 3309, reflected polynomial EDB88320).</summary>
internal static class Crc
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <summary>The sum of all bytes so far, from the sum of those before; 0 where there are none before.</summary>
    public static uint Append(uint before, ReadOnlySpan<byte> data)
    {
        uint sum = ~before;
        foreach (byte value in data)
        {
            sum = Table[(byte)sum ^ value] ^ (sum >> 8);
        }

        return ~sum;
    }

    private static uint Entry(int value)
    {
        uint entry = (uint)value;
        for (int bit = 0; bit < 8; bit++)
        {
            entry = (entry & 1) != 0 ? (entry >> 1) ^ Polynomial : entry >> 1;
        }

        return entry;
    }
}
