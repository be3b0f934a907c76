namespace Qcw.Build.Packaging;

/// <summary>The folders that a set of files needs inside the install folder.</summary>
internal static class InstallFolders
{
    /// <summary>Every folder and its parents, each once, deepest first, so that they can be removed in this order.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<InstalledFile> files)
    {
        var folders = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (InstalledFile file in files)
        {
            for (string folder = file.TargetFolder; folder.Length > 0; folder = folder.Contains('/') ? folder[..folder.LastIndexOf('/')] : string.Empty)
            {
                folders.Add(folder);
            }
        }

        return [.. folders.OrderByDescending(folder => folder.Count(c => c == '/')).ThenBy(folder => folder, StringComparer.Ordinal)];
    }
}
