using System.Text;
using System.Text.RegularExpressions;

namespace Qcw.Build.Components;

/// <summary>
/// Puts <c>qcw-utils.ps1</c> together. It is one file, because people run it from its address; it is written in parts, each of which
/// is PowerShell of its own. All but the parameters stand in a block that is called, so that nothing stays behind in the session of
/// somebody who runs the text with <c>iex</c>.
/// </summary>
public static partial class UtilsScriptText
{
    /// <summary>The name in the release folder.</summary>
    public const string FileName = "qcw-utils.ps1";

    /// <summary>Stands first: PowerShell takes parameters nowhere else.</summary>
    private const string Parameters = "Parameters";

    /// <summary>What uses something stands behind it where that matters: variables before what reads them, and <c>Main</c> last.</summary>
    private static readonly string[] Parts =
    [
        "Release", "Text", "Help", "Files", "Manifest", "Download", "Archive", "Launchers", "Install", "Uninstall",
        "Registry", "Machine", "Programs", "Doctor", "Report", "Desktop", "Main",
    ];

    private const string Head = """
        # qcw-utils.ps1 installs command prompts for Podman, and XZ Utils, into a folder: -Help says how.
        # Part of qcw, https://github.com/arixmkii/qcw, under the Apache License 2.0. Put together by its build from the parts in
        # build/Components/Utils/script.

        """;

    /// <summary>The whole script, lines ended by LF.</summary>
    /// <param name="folder">The folder of the parts.</param>
    /// <param name="stamp">The release it belongs to.</param>
    /// <exception cref="BuildException">The stamp has a value that cannot stand in a script, or a part is not what is expected.</exception>
    public static string Assemble(string folder, UtilsStamp stamp)
    {
        string[] surplus = [.. Directory.GetFiles(folder).Select(file => Path.GetFileNameWithoutExtension(file)!).Except([Parameters, .. Parts])];
        if (surplus.Length > 0)
        {
            throw new BuildException($"{folder} has parts that are nowhere in {FileName}: {string.Join(", ", surplus)}; add them to the list in {nameof(UtilsScriptText)}");
        }

        var text = new StringBuilder(Head).Append('\n').Append(Read(folder, Parameters))
            .Append("\n& {\nSet-StrictMode -Version 3.0\n$ErrorActionPreference = 'Stop'\n");
        foreach (string part in Parts)
        {
            text.Append('\n').Append(Read(folder, part));
        }

        text.Append("}\n")
            .Replace("@tag@", Checked("tag", stamp.Tag))
            .Replace("@downloads@", Checked("address", stamp.Downloads))
            .Replace("@xz-file@", Checked("name of the XZ archive", stamp.XzFile))
            .Replace("@xz-sha256@", Checked("sha256", stamp.XzSha256));
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Read(string folder, string part) => File.ReadAllText(Path.Combine(folder, part + ".ps1"));

    // they end up between single quotes of a script that people run
    private static string Checked(string what, string value) => HarmlessText().IsMatch(value)
        ? value
        : throw new BuildException($"the {what} '{value}' cannot be written into {FileName}: letters, digits and . _ + - : / are expected");

    [GeneratedRegex(@"^[A-Za-z0-9._+:/-]*\z")]
    private static partial Regex HarmlessText();
}
