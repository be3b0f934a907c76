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
            string folder = file.TargetFolder;
            while (folder.Length > 0)
            {
                folders.Add(folder);
                folder = folder[..Math.Max(folder.LastIndexOf('/'), 0)];
            }
        }

        return [.. folders.OrderByDescending(folder => folder.Count(c => c == '/')).ThenBy(folder => folder, StringComparer.Ordinal)];
    }
}
