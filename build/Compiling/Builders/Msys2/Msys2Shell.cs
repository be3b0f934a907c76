using System.Text.RegularExpressions;

namespace Qcw.Build.Compiling.Builders.Msys2;

/// <summary>MSYS2 as it is installed on this machine.</summary>
/// <param name="Root">Its folder, <c>C:\msys64</c>.</param>
public sealed record Msys2Shell(string Root)
{
    /// <summary>Where its installer puts it.</summary>
    public const string DefaultRoot = @"C:\msys64";

    /// <summary>The variable that says where it is, where it is elsewhere.</summary>
    public const string Variable = "MSYS2_ROOT";

    private const string Prefix = @"\ucrt64";

    /// <summary>Full path of bash.</summary>
    public string Bash => Root + @"\usr\bin\bash.exe";

    /// <summary>Full path of pacman.</summary>
    public string Pacman => Root + @"\usr\bin\pacman.exe";

    /// <summary>The one of this machine.</summary>
    public static Msys2Shell? OfHost() => Find(Environment.GetEnvironmentVariable, File.Exists);

    /// <summary>Looks where the shell says that this program runs in, then where the variable says, then in the usual place.</summary>
    /// <param name="variable">The value of an environment variable, or null.</param>
    /// <param name="exists">True where there is a file.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="UsageException">The variable names a folder that is not MSYS2's.</exception>
    public static Msys2Shell? Find(Func<string, string?> variable, Func<string, bool> exists)
    {
        // its own shell tells Windows programs C:/msys64/ucrt64
        string? inside = variable("MSYSTEM_PREFIX")?.Replace('/', '\\');
        if (inside is not null
            && inside.EndsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && new Msys2Shell(inside[..^Prefix.Length]) is var around
            && around.IsThere(exists))
        {
            return around;
        }

        if (variable(Variable) is { Length: > 0 } named)
        {
            var there = new Msys2Shell(named.Replace('/', '\\').TrimEnd('\\'));
            return there.IsThere(exists)
                ? there
                : throw new UsageException(
                    $"{Variable} is {named}, but there is no {there.Pacman}: set it to the folder of MSYS2, as in {DefaultRoot}");
        }

        var usual = new Msys2Shell(DefaultRoot);
        return usual.IsThere(exists) ? usual : null;
    }

    // a bash alone may be another program's: Git for Windows has one
    private bool IsThere(Func<string, bool> exists) => exists(Bash) && exists(Pacman);
}

/// <summary>Paths as the programs of MSYS2 spell them.</summary>
public static partial class MsysPath
{
    /// <summary><c>C:\x\y</c> as <c>/c/x/y</c>.</summary>
    /// <param name="path">A full path on a drive; also in the form for long paths, <c>\\?\C:\x</c>.</param>
    /// <exception cref="BuildException">It is not on a drive.</exception>
    public static string Of(string path)
    {
        return OnDrive().Match(path) is { Success: true } parts
            ? string.Join(
                '/',
                [
                    string.Empty,
                    parts.Groups[1].Value.ToLowerInvariant(),
                    .. parts.Groups[2].Value.Split(['\\', '/'], StringSplitOptions.RemoveEmptyEntries),
                ])
            : throw new BuildException(
                $"'{path}' is not on a drive, as in C:\\folder: MSYS2 compiles only where paths begin with a drive's letter");
    }

    [GeneratedRegex(@"^(?:\\\\\?\\)?([A-Za-z]):(?:[\\/](.*))?$")]
    private static partial Regex OnDrive();
}
