using System.Text.RegularExpressions;

namespace Qcw.Build.Compiling.Builders.Msys2;

/// <summary>MSYS2's packages: those that are asked for, and those that are there.</summary>
public static partial class Msys2Packages
{
    /// <summary>The file of a release that lists what its programs were compiled with.</summary>
    public const string FileName = "msys2-packages.txt";

    // the package that has a tool of the catalog, where it is not one for Windows, or has another name
    private static readonly Dictionary<string, string> Owners = new(StringComparer.Ordinal)
    {
        ["autoconf"] = "autoconf-wrapper",
        ["automake"] = "automake-wrapper",
        ["autopoint"] = "gettext-devel",
        ["bash"] = "bash",
        ["bzip2"] = "bzip2",
        ["git"] = "git",
        ["groff"] = "groff",
        ["libtoolize"] = "libtool",
        ["m4"] = "m4",
        ["make"] = "make",
        ["mingw-w64"] = Prefix + "gcc",
        ["mingw-w64-binutils"] = Prefix + "binutils",
        ["mingw-w64-c++"] = Prefix + "gcc",
        ["perl"] = "perl",
        ["pkg-config"] = Prefix + "pkgconf",
        ["python3"] = Prefix + "python",
        ["python3-venv"] = Prefix + "python",
        ["sphinx"] = Prefix + "python-sphinx",
    };

    private const string Prefix = "mingw-w64-ucrt-x86_64-";

    /// <summary>The packages that the list of this repository asks for.</summary>
    /// <param name="file">Full path: a name a line, <c>#</c> begins a comment.</param>
    public static IReadOnlyList<string> Wanted(string file) =>
        [.. File.ReadLines(file).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0)];

    /// <summary>Reads what <c>pacman -Q</c> printed.</summary>
    /// <returns>Name and version, sorted by name.</returns>
    /// <exception cref="BuildException">It is not that.</exception>
    public static IReadOnlyList<string> Read(string answer)
    {
        string[] lines =
            [.. answer.Split('\n').Select(line => line.Trim('\r')).Where(line => line.Length > 0).Order(StringComparer.Ordinal)];
        return lines.Length > 0 && lines.All(Package().IsMatch)
            ? lines
            : throw new BuildException(
                "pacman -Q did not list MSYS2's packages; it printed: "
                    + $"{lines.FirstOrDefault(line => !Package().IsMatch(line)) ?? "nothing"}");
    }

    /// <summary>Name and version of the package that a tool of the catalog is from.</summary>
    /// <exception cref="BuildException">It is not there.</exception>
    public static string Of(string tool, IReadOnlyList<string> packages)
    {
        string owner = Owners.GetValueOrDefault(tool, Prefix + tool);
        return packages.FirstOrDefault(package => package.StartsWith(owner + " ", StringComparison.Ordinal))
            ?? throw new BuildException(
                $"MSYS2 lacks the package {owner}, which has {tool}: build/Compiling/Builders/Msys2/image/packages.txt has to list it");
    }

    [GeneratedRegex("^[a-zA-Z0-9@_+][a-zA-Z0-9@._+-]* [^ ]+$")]
    private static partial Regex Package();
}
