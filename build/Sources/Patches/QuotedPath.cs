using System.Text;

namespace Qcw.Build.Sources.Patches;

/// <summary>
/// Paths as git writes them: plain, or where they have special bytes in double quotes with C escapes. Such output is ASCII, whatever
/// encoding this process has been given for the output of programs.
/// </summary>
internal static class QuotedPath
{
    /// <summary>The path itself. Bytes that are not UTF-8 become U+FFFD.</summary>
    public static string Unquote(string written)
    {
        if (written is not ['"', .., '"'])
        {
            return written;
        }

        var bytes = new List<byte>();
        for (int at = 1; at < written.Length - 1; at++)
        {
            if (written[at] != '\\' || at + 1 >= written.Length - 1)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(written, at, 1));
                continue;
            }

            char escape = written[++at];
            if (escape is >= '0' and <= '3' && at + 2 < written.Length - 1)
            {
                bytes.Add(Convert.ToByte(written.Substring(at, 3), 8));
                at += 2;
                continue;
            }

            bytes.Add(escape switch
            {
                'a' => 7,
                'b' => 8,
                't' => 9,
                'n' => 10,
                'v' => 11,
                'f' => 12,
                'r' => 13,
                _ => (byte)escape,
            });
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

}
