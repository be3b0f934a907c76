using System.Text.RegularExpressions;

namespace Qcw.Build.Compiling.Msys2;

/// <summary>Paths as the programs of MSYS2 spell them.</summary>
public static partial class MsysPath
{
    /// <summary><c>C:\x\y</c> as <c>/c/x/y</c>.</summary>
    /// <param name="path">A full path on a drive; also in the form for long paths, <c>\\?\C:\x</c>.</param>
    /// <exception cref="BuildException">It is not on a drive.</exception>
    public static string Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return OnDrive().Match(path) is { Success: true } parts
            ? string.Join('/', [string.Empty, parts.Groups[1].Value.ToLowerInvariant(), .. parts.Groups[2].Value.Split(['\\', '/'], StringSplitOptions.RemoveEmptyEntries)])
            : throw new BuildException($"'{path}' is not on a drive, as in C:\\folder: MSYS2 compiles only where paths begin with a drive's letter");
    }

    [GeneratedRegex(@"^(?:\\\\\?\\)?([A-Za-z]):(?:[\\/](.*))?$")]
    private static partial Regex OnDrive();
}
