using System.Text;

namespace Qcw.Build.Tests.Fuzzing;

/// <summary>Damages sound files at random; the same number always damages in the same way.</summary>
/// <param name="seeds">Sound files, of which parts are mixed, too.</param>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds)
{
    private const int MostChanges = 8;
    private const int LongestPart = 64;
    private const int MostRepetitions = 400;

    // what readers stumble over: limits of numbers, ends of lines, quotes, ways up, bytes that are not text
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "\0", "\n", "\r\n", "\n\n", "\t", " ",
            "\"", "\\", "\\3", "\\777", "'", "`", "$(", "=", ":", ": ", ",", "#", ";", "[", "]", "{", "}",
            "-1", "0", "2147483647", "2147483648", "4294967295", "99999999999999999999999", "0x", "1e999", "NaN", "null", "[[[[[[[[",
            "../", "/../../x", "/", "//", "C:\\", ".git/", "/dev/null", "\ud83d\ude00", "\u202e", "\\ud800", "<!---->", "<?xml >",
            "--- ", "+++ ", "@@ -1 +1 @@\n", "@@ -999999999,999999999 +1 @@\n", "---\n", "diff --git ", "rename to ", "From ", "From: ",
            "GIT binary patch\n", "Binary files a and b differ\n", " 1 file changed\n",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xff, 0xff, 0xff, 0xff], [0x80, 0, 0, 0], [0, 0, 0, 0x80], [0xff, 0xff, 0xff, 0x7f], [0xc3], [0xed, 0xa0, 0x80],
        [0xef, 0xbb, 0xbf],
    ];

    /// <summary>The damaged file of a number.</summary>
    public byte[] Make(int number)
    {
        var random = new Random(number);
        List<byte> bytes = [.. seeds[random.Next(seeds.Count)]];
        for (int changes = random.Next(MostChanges); changes >= 0; changes--)
        {
            Change(bytes, random);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count + 1);
        int length = Math.Min(random.Next(LongestPart), bytes.Count - at);
        switch (random.Next(9))
        {
            case 0 when length > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when length > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 5:
                byte[] other = seeds[random.Next(seeds.Count)];
                int from = random.Next(other.Length + 1);
                bytes.InsertRange(at, other.Skip(from).Take(random.Next(LongestPart)));
                break;
            case 6:
                byte[] repeated = Tokens[random.Next(Tokens.Length)];
                bytes.InsertRange(at, Enumerable.Repeat(repeated, random.Next(MostRepetitions)).SelectMany(token => token));
                break;
            case 7:
                byte[] written = Tokens[random.Next(Tokens.Length)];
                bytes.RemoveRange(at, Math.Min(written.Length, bytes.Count - at));
                bytes.InsertRange(at, written);
                break;
            default:
                bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                break;
        }
    }
}
