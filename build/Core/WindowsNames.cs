namespace Qcw.Build.Core;

/// <summary>Which file names Windows accepts (Microsoft's "Naming Files, Paths, and Namespaces").</summary>
internal static class WindowsNames
{
    private const string ForbiddenCharacters = "<>:\"/\\|?*";

    // the superscript digits are part of Microsoft's list. COM0, LPT0, CONIN$ and CONOUT$ are not, but some versions of Windows open the
    // device for those names too
    private const string DeviceDigits = "0123456789\u00b9\u00b2\u00b3";

    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. DeviceDigits.SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The device that Windows opens instead of a file of that name, as it is spelled in the name, or null. An extension does not matter:
    /// <c>nul.tar.gz</c> is the device <c>nul</c>.
    /// </summary>
    /// <param name="name">One part of a path.</param>
    public static string? Device(string name)
    {
        string stem = name.Split('.')[0].TrimEnd(' ');
        return Devices.Contains(stem) ? stem : null;
    }

    /// <summary>
    /// Why Windows cannot have a file at a relative path, or null if it can. A path that leaves its folder is refused too.
    /// </summary>
    /// <param name="path">With <c>/</c>.</param>
    public static string? Problem(string path)
    {
        if (path.Length is 0 or > 200)
        {
            return path.Length == 0
                ? "is empty"
                : "is longer than 200 characters, which leaves too little of Windows' 260 for the install folder";
        }

        return path.Split('/').Select(NameProblem).FirstOrDefault(problem => problem is not null);
    }

    private static string? NameProblem(string name)
    {
        if (name is "" or "." or "..")
        {
            return name.Length == 0 ? "has an empty part (it must be relative)" : $"contains '{name}'";
        }

        if (name.FirstOrDefault(c => c < ' ' || ForbiddenCharacters.Contains(c, StringComparison.Ordinal)) is var bad and not '\0')
        {
            return $"contains '{(bad < ' ' ? $"\\x{(int)bad:x2}" : bad)}', which Windows does not allow";
        }

        if (name.Contains('\0', StringComparison.Ordinal))
        {
            return "contains a null character";
        }

        if (name[^1] is ' ' or '.')
        {
            return $"has a part that ends in '{name[^1]}', which Windows drops";
        }

        return Device(name) is { } device ? $"contains '{device}', the name of a device on Windows" : null;
    }
}
