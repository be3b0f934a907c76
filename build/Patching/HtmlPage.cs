using System.Text;

namespace Qcw.Build.Patching;

/// <summary>Recognizes the error page of a web server where something else was expected.</summary>
internal static class HtmlPage
{
    /// <summary>True where the bytes start like an HTML page.</summary>
    public static bool Looks(ReadOnlySpan<byte> start)
    {
        string text = Encoding.UTF8.GetString(start[..Math.Min(512, start.Length)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<head", StringComparison.OrdinalIgnoreCase);
    }
}
