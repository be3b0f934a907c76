namespace Qcw.Acceptance.Tests.SharedFolders;

/// <summary>
/// QEMU's 9p server alone (<c>tests/NinePServer</c>), compiled for Windows from the sources, and with the glib, of the artifacts that the
/// release is in. <c>QCW_ARTIFACTS</c> names other ones.
/// </summary>
internal static class NinePServer
{
    private static readonly Lazy<TemporaryFolder> Built = new(Build);

    /// <summary>Full path of the program; its DLLs are beside it.</summary>
    public static string Program => Built.Value["server.exe"];

    /// <summary>The script that compiles and the sources beside it.</summary>
    public static string Sources { get; } = Path.Combine(Repository.Root, "tests", "NinePServer");

    /// <summary>Source tree of a QEMU whose 9p server runs on Windows; the test is left out where there is none.</summary>
    public static string QemuSource
    {
        get
        {
            string tree = Directory.Exists(Folder("sources"))
                ? Directory.GetDirectories(Folder("sources"), "qemu-*").FirstOrDefault() ?? string.Empty
                : string.Empty;
            Assume.That(File.Exists(Path.Combine(tree, "hw", "9pfs", "9p-name-win32.c")), Is.True,
                $"{Folder("sources")} has no QEMU that shares folders of Windows: build a line that does, such as 2026.11");
            return tree;
        }
    }

    /// <summary>Deletes what was compiled.</summary>
    public static void Delete()
    {
        if (Built.IsValueCreated)
        {
            Built.Value.Dispose();
        }
    }

    private static string Folder(string name) =>
        Path.Combine(Environment.GetEnvironmentVariable("QCW_ARTIFACTS") ?? Path.GetDirectoryName(ReleaseUnderTest.Folder)!, name);

    private static TemporaryFolder Build()
    {
        string qemu = QemuSource;
        string glib = Directory.GetDirectories(Folder("stage"), "glib-*").Single(Directory.Exists);
        var folder = new TemporaryFolder("qcw-9p-");
        ProcessRunner.Run(new ProcessRequest(Path.Combine(Sources, "build.sh"), "windows", qemu, glib, folder.Path));
        foreach (string dll in Directory.GetDirectories(Folder("stage"))
            .Select(stage => Path.Combine(stage, "bin"))
            .Where(Directory.Exists)
            .SelectMany(bin => Directory.GetFiles(bin, "*.dll")))
        {
            File.Copy(dll, folder[Path.GetFileName(dll)], overwrite: true);
        }

        return folder;
    }
}
