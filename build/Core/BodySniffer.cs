using System.Text;
using System.Text.RegularExpressions;

namespace Qcw.Build.Core;

/// <summary>Describes what an unexpected file looks like; usually it is an error page.</summary>
public static partial class BodySniffer
{
    private const int Read = 4096;

    /// <summary>"an HTML page ("Not found")", "an empty file", "a JSON text", or null for anything else.</summary>
    public static string? Describe(string path)
    {
        using FileStream stream = File.OpenRead(path);
        var bytes = new byte[Read];
        return Describe(bytes.AsSpan(0, stream.ReadAtLeast(bytes, Read, throwOnEndOfStream: false)));
    }

    /// <summary>Describes the first bytes of a file.</summary>
    public static string? Describe(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
        {
            return "an empty file";
        }

        if (start.Contains((byte)0) && !start.StartsWith((byte[])[0xFF, 0xFE]) && !start.StartsWith((byte[])[0xFE, 0xFF]))
        {
            return null;
        }

        string text = Decode(start).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (Html().IsMatch(text))
        {
            Match title = Title().Match(text);
            string name = Spaces().Replace(title.Groups[1].Value, " ").Trim();
            return name.Length > 0 ? $"an HTML page (\"{(name.Length > 80 ? name[..80] + "…" : name)}\")" : "an HTML page";
        }

        return text.StartsWith('{') && text.Contains('"', StringComparison.Ordinal) ? "a JSON text" : null;
    }

    private static string Decode(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(start),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(start),
        _ => Encoding.UTF8.GetString(start),
    };

    // comments and an XML declaration may precede the first element; (?>): tried in one way only, else many comments take for ever
    [GeneratedRegex(
        @"\A(?>(?><\?xml[^>]*>|<!--.*?-->)\s*)*<(?:!doctype\s+html|html|head|body|title|h1|meta|script)\b",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Html();

    [GeneratedRegex(@"<title[^>]*>(.*?)</title", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Title();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
