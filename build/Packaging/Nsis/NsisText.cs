using System.Text;

namespace Qcw.Build.Packaging.Nsis;

/// <summary>Text in NSIS's syntax.</summary>
internal static class NsisText
{
    /// <summary>A quoted literal in which nothing is expanded.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '$' => "$$",
                '"' => "$\\\"",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A path with <c>/</c> in Windows' form.</summary>
    public static string Backslashes(string path) => path.Replace('/', '\\');
}
