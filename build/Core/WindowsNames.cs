namespace Qcw.Build.Core;

/// <summary>What Windows accepts as the name of a file (Microsoft's "Naming Files, Paths, and Namespaces").</summary>
internal static class WindowsNames
{
    private const string ForbiddenCharacters = "<>:\"/\\|?*";

    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a relative path with <c>/</c> cannot be made on Windows or leads out of its folder; null: it can.</summary>
    public static string? Problem(string path)
    {
        if (path.Length is 0 or > 200)
        {
            return path.Length == 0 ? "is empty" : "is longer than 200 characters, which leaves too little of Windows' 260 for the install folder";
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

        string stem = name.Split('.')[0].TrimEnd();
        return Devices.Contains(stem) ? $"contains '{stem}', the name of a device on Windows" : null;
    }
}
