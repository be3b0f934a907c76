using System.Text;

namespace Qcw.Build.Sources.Patches;

/// <summary>
/// Paths as git writes them: plain, or where they have special bytes in double quotes with C escapes. Such output is ASCII, whatever
/// encoding this process has been given for the output of programs.
/// </summary>
internal static class QuotedPath
{
    /// <summary>The path itself. Bytes that are not UTF-8 become U+FFFD.</summary>
    public static string Unquote(string written) => Split(written) is (var path, "") ? path : written;

    /// <summary>The path that a text begins with, and what follows it. Without a pair of quotes all of the text is the path.</summary>
    public static (string Path, string Behind) Split(string text)
    {
        byte[] written = Encoding.UTF8.GetBytes(text);
        var bytes = new List<byte>();
        for (int at = 1; written is [(byte)'"', ..] && at < written.Length; at++)
        {
            if (written[at] == '"')
            {
                return (Encoding.UTF8.GetString([.. bytes]), Encoding.UTF8.GetString(written, at + 1, written.Length - at - 1));
            }

            if (written[at] != '\\' || at + 1 == written.Length)
            {
                bytes.Add(written[at]);
            }
            else if (written.AsSpan(at + 1, Math.Min(3, written.Length - at - 1)) is [>= (byte)'0' and <= (byte)'3', _, _] octal
                && !octal.ContainsAnyExceptInRange((byte)'0', (byte)'7'))
            {
                bytes.Add((byte)(((octal[0] - '0') << 6) | ((octal[1] - '0') << 3) | (octal[2] - '0')));
                at += 3;
            }
            else
            {
                at++;
                bytes.Add(written[at] switch
                {
                    (byte)'a' => 7,
                    (byte)'b' => 8,
                    (byte)'t' => 9,
                    (byte)'n' => 10,
                    (byte)'v' => 11,
                    (byte)'f' => 12,
                    (byte)'r' => 13,
                    var escaped => escaped,
                });
            }
        }

        return (text, string.Empty);
    }
}
