using System.Globalization;
using System.Text;

namespace Qcw.Build.Packaging.Msi;

/// <summary>The bytes that are installed for a file.</summary>
internal static class MsiContent
{
    private static readonly string[] BatchEndings = [".cmd", ".bat"];

    /// <summary>
    /// The file's bytes. Only batch files are not taken as they are: they are text files in git, which have LF, and Windows' command
    /// interpreter wants CRLF (it loses labels otherwise).
    /// </summary>
    public static byte[] Read(InstalledFile file)
    {
        byte[] bytes = File.ReadAllBytes(file.Source);
        return BatchEndings.Contains(Path.GetExtension(file.Target), StringComparer.OrdinalIgnoreCase)
            ? Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal))
            : bytes;
    }

    /// <summary>The size of all files in KB, rounded up: what Apps &amp; Features shows.</summary>
    public static string KilobytesOf(MsiDescription description) =>
        ((description.Features.SelectMany(feature => feature.Files).Sum(file => (long)Read(file).Length) + 1023) / 1024).ToString(CultureInfo.InvariantCulture);
}
