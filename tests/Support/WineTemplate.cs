namespace Qcw.Tests.Support;

/// <summary>A fresh Windows, made once per test run (5 to 10 seconds, 700 MB) and copied for each session.</summary>
public static class WineTemplate
{
    private static readonly Lazy<string> Made = new(Make);

    /// <summary>
    /// Makes a prefix at the given place. Windows' own files are hard links to the template's (nothing writes into them: Wine
    /// replaces files, as installers do), so that a copy takes a fraction of a second; registry and dosdevices are real copies.
    /// </summary>
    public static void CopyTo(string prefix)
    {
        Directory.CreateDirectory(prefix);
        foreach (string entry in Directory.EnumerateFileSystemEntries(Made.Value))
        {
            bool isDrive = Path.GetFileName(entry) == "drive_c";
            ProcessRunner.Run(new ProcessRequest("cp", isDrive ? "-al" : "-a", entry, prefix));
        }
    }

    /// <summary>Deletes it, where it was made.</summary>
    public static void Delete()
    {
        if (Made.IsValueCreated)
        {
            Directory.Delete(Path.GetDirectoryName(Made.Value)!, recursive: true);
        }
    }

    private static string Make()
    {
        string folder = Directory.CreateTempSubdirectory("qcw-wine-template-").FullName;
        string prefix = Path.Combine(folder, "prefix");
        Directory.CreateDirectory(prefix);
        Wine.Run(prefix, folder, "wineboot", "-i");
        Wine.Run(prefix, folder, "winecfg", "-v", "win10"); // Debian 12's Wine says it is Windows 7
        Wine.StopServer(prefix, kill: false); // only then the registry is on the disk
        AddRandomNumbers(prefix);
        return prefix;
    }

    // what programs of Go 1.21 and newer need, and Debian 12's Wine has not
    private static void AddRandomNumbers(string prefix)
    {
        const string Library = "bcryptprimitives";
        string library = Path.Combine(prefix, "drive_c", "windows", "system32", Library + ".dll");
        if (!File.Exists(library))
        {
            string source = Path.Combine(Repository.Root, "tests", "Support", "WineGaps", Library + ".c");
            ProcessRunner.Run(new ProcessRequest(
                "x86_64-w64-mingw32-gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-s", "-shared", "-o", library, source, "-ladvapi32"));
        }
    }
}
