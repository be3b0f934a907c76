using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Qcw.Build.Reporting;

/// <summary>
/// A piece of HTML or SVG. It is made from an interpolated string whose holes are escaped unless they are pieces themselves: what others
/// wrote (subjects of patches, names of files) cannot become an element.
/// </summary>
public readonly record struct Markup
{
    private const int LongestText = 400;

    private readonly string? text;

    private Markup(string text) => this.text = text;

    /// <summary>Nothing.</summary>
    public static Markup None => default;

    /// <summary>Makes a piece.</summary>
    public static Markup Of(ref MarkupHandler pieces) => new(pieces.ToText());

    /// <summary>Pieces behind each other.</summary>
    public static Markup Join(IEnumerable<Markup> pieces)
    {
        var text = new StringBuilder();
        foreach (Markup piece in pieces)
        {
            text.Append(piece.text);
        }

        return new Markup(text.ToString());
    }

    /// <summary>Text that is markup already, and from here: the style.</summary>
    internal static Markup Raw(string text) => new(text);

    /// <summary>
    /// A text of any origin as it can be shown: markup is escaped; control characters, those that turn the direction of writing, and
    /// what is no character are written as their codes; what is too long for a page is cut, and says so.
    /// </summary>
    public static string Escape(string? value)
    {
        if (value is null)
        {
            return string.Empty;
        }

        var text = new StringBuilder(value.Length);
        int count = 0;
        foreach (Rune rune in value.EnumerateRunes())
        {
            if (++count > LongestText)
            {
                text.Append(CultureInfo.InvariantCulture, $"… ({value.Length:N0} characters)");
                break;
            }

            Append(text, rune);
        }

        return text.ToString();
    }

    public override string ToString() => text ?? string.Empty;

    private static void Append(StringBuilder text, Rune rune)
    {
        switch (rune.Value)
        {
            case '&':
                text.Append("&amp;");
                break;
            case '<':
                text.Append("&lt;");
                break;
            case '>':
                text.Append("&gt;");
                break;
            case '"':
                text.Append("&quot;");
                break;
            case '\'':
                text.Append("&#39;");
                break;
            case '\n' or '\r' or '\t':
                text.Append(' ');
                break;
            case < ' ' or (>= 0x7f and <= 0x9f) or 0xfffd or 0x061c or 0x200e or 0x200f or 0xfeff:
            case (>= 0x2028 and <= 0x202e) or (>= 0x2066 and <= 0x2069) or (>= 0xfdd0 and <= 0xfdef):
            case var code when (code & 0xfffe) == 0xfffe:
                text.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
                break;
            default:
                text.Append(rune.ToString());
                break;
        }
    }
}

/// <summary>Escapes the holes of an interpolated string; the compiler calls it.</summary>
[InterpolatedStringHandler]
public ref struct MarkupHandler(int literals, int holes)
{
    private readonly StringBuilder text = new(literals + (holes * 16));

    /// <summary>What stands in the source: markup.</summary>
    public readonly void AppendLiteral(string value) => text.Append(value);

    /// <summary>A piece of markup.</summary>
    public readonly void AppendFormatted(Markup value) => text.Append(value.ToString());

    /// <summary>Pieces of markup.</summary>
    public readonly void AppendFormatted(IEnumerable<Markup> value)
    {
        foreach (Markup piece in value)
        {
            text.Append(piece.ToString());
        }
    }

    /// <summary>Text.</summary>
    public readonly void AppendFormatted(string? value) => text.Append(Markup.Escape(value));

    /// <summary>A number, the same on every machine.</summary>
    public readonly void AppendFormatted<T>(T value, string? format = null)
        where T : struct, IFormattable =>
        text.Append(Markup.Escape(value.ToString(format, CultureInfo.InvariantCulture)));

    internal readonly string ToText() => text.ToString();
}
