using System.Text;
using System.Text.RegularExpressions;

namespace Qcw.Build.Components;

/// <summary>
/// Puts <c>qcw-utils.ps1</c> together. It is one file, because people run it from its address. It is written in parts, each of which is
/// PowerShell of its own: <c>Main</c> has the parameters, and a line where the other parts are inserted.
/// </summary>
public static partial class UtilsScriptText
{
    /// <summary>The name in the release folder.</summary>
    public const string FileName = "qcw-utils.ps1";

    private const string Main = "Main";

    /// <summary>The line of <c>Main</c> that the other parts replace.</summary>
    private const string Place = "# @parts@\n";

    private static readonly string[] Parts =
        ["Files", "Release", "Launchers", "Install", "Windows", "Programs", "Toml", "Configuration", "Doctor", "FirstRun", "Verify"];

    /// <summary>The whole script, lines ended by LF.</summary>
    /// <param name="folder">The folder of the parts.</param>
    /// <param name="stamp">The release it belongs to.</param>
    /// <exception cref="BuildException">A value of the stamp cannot be written into a script, or a part is not as expected.</exception>
    public static string Assemble(string folder, UtilsStamp stamp)
    {
        string[] surplus = [.. Directory.GetFiles(folder).Select(file => Path.GetFileNameWithoutExtension(file)!).Except([Main, .. Parts])];
        if (surplus.Length > 0)
        {
            throw new BuildException(
                $"{folder} has parts that are not in {FileName}: {string.Join(", ", surplus)}; "
                    + $"add them to the list in {nameof(UtilsScriptText)}");
        }

        var text = new StringBuilder(Read(folder, Main))
            .Replace(Place, string.Join('\n', Parts.Select(part => Read(folder, part))))
            .Replace("@tag@", Checked("tag", stamp.Tag))
            .Replace("@downloads@", Checked("address", stamp.Downloads))
            .Replace("@xz-file@", Checked("name of the XZ archive", stamp.XzFile))
            .Replace("@xz-sha256@", Checked("sha256", stamp.XzSha256))
            .Replace("@verify-key@", Checked("public key", stamp.VerifyKey));
        return text.ToString();
    }

    private static string Read(string folder, string part) =>
        File.ReadAllText(Path.Combine(folder, part + ".ps1")).ReplaceLineEndings("\n");

    // they end up between single quotes of a script that people run
    private static string Checked(string what, string value) => HarmlessText().IsMatch(value)
        ? value
        : throw new BuildException($"the {what} '{value}' cannot be written into {FileName}: letters, digits and . _ + - : / are expected");

    [GeneratedRegex(@"^[A-Za-z0-9._+:/-]*\z")]
    private static partial Regex HarmlessText();
}

/// <summary>What <c>qcw-utils.ps1</c> knows of the release it belongs to.</summary>
/// <param name="Tag">The tag that the release's files are published under; empty: none, so nothing can be downloaded.</param>
/// <param name="XzFile">The archive of XZ Utils; empty: not known.</param>
/// <param name="XzSha256">Its sha256: 64 lower-case hex digits; empty: not known.</param>
public sealed record UtilsStamp(string Tag, string XzFile, string XzSha256)
{
    /// <summary>A script that belongs to no release.</summary>
    public static UtilsStamp None { get; } = new(string.Empty, string.Empty, string.Empty);

    /// <summary>The public key that releases are verified with, x and y in 128 hex digits; empty: none.</summary>
    public string VerifyKey { get; init; } = string.Empty;

    /// <summary>Where releases are published: a tag and a file's name follow.</summary>
    public string Downloads { get; init; } = Publisher.Downloads;
}
