using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Nsis;
using Qcw.Build.Packaging.Pe;

namespace Qcw.Integration.Tests.Packaging.Nsis;

/// <summary>
/// A small real product in two versions: an exe that needs a DLL, compiled here, and texts. 2.0 lacks a file of 1.0 and has a new one.
/// </summary>
internal sealed class TestProduct : IDisposable
{
    public const string Id = "qcw-test-product";
    public const string Name = "Test & Product";
    public const long Epoch = 1_682_899_200; // 2023-05-01
    public const string DefaultFolder = $@"C:\Program Files\{Id}";
    public const string UninstallKey = $@"HKEY_LOCAL_MACHINE\Software\Microsoft\Windows\CurrentVersion\Uninstall\{Id}";

    private const string Compiler = "x86_64-w64-mingw32-gcc";

    private readonly TemporaryFolder folder = new();

    public TestProduct()
    {
        One = Setup("1.0");
        Two = Setup("2.0-rc1");
    }

    /// <summary>Where everything is made; deleted at the end.</summary>
    public string Root => folder.Path;

    /// <summary>The setup program of version 1.0.</summary>
    public string One { get; }

    /// <summary>The setup program of version 2.0-rc1.</summary>
    public string Two { get; }

    /// <summary>The repository's <c>build/Packaging</c>.</summary>
    public static string PackagingFolder => Repository.Paths.Packaging;

    public static WindowsDlls WindowsDlls => WindowsDlls.Load(Path.Combine(PackagingFolder, "Pe", "windows-dlls.txt"));

    /// <summary>Compiles the exe and its DLL.</summary>
    /// <returns>The exe, and the folder that the DLL is in.</returns>
    public (string Exe, string LibraryFolder) Compile(string version)
    {
        string exe = Path.Combine(Root, version, "app", "hello.exe");
        string bin = Path.Combine(Root, version, "library", "bin");
        string sources = Repository.Fixture("programs");
        Directory.CreateDirectory(bin);
        Directory.CreateDirectory(Path.GetDirectoryName(exe)!);
        string[] common = ["-O1", "-s", "-Wl,--no-insert-timestamp", "-o"];
        Run(bin, [$"-DGREETING=\"{version}\"", "-shared", .. common, "libgreeting-1.dll", Path.Combine(sources, "greeting.c")]);
        Run(
            Path.GetDirectoryName(exe)!,
            [.. common, "hello.exe", Path.Combine(sources, "hello.c"), Path.Combine(bin, "libgreeting-1.dll")]);
        return (exe, bin);
    }

    /// <summary>The product as its installer sees it.</summary>
    public InstallerDescription Describe(string version)
    {
        (string exe, string bin) = Compile(version);
        IReadOnlyList<string> dlls = new DllClosure([bin], WindowsDlls).Compute([exe]);
        string changing = version == "1.0" ? "only-in-1.txt" : "only-in-2.txt";
        return new InstallerDescription(
            Id, Name, UpstreamVersion.Parse(version), "qcw tests", new Uri("https://example.org/product"),
            [
                new(
                    "program",
                    "Program",
                    "The program and its library.",
                    SectionChoice.Required,
                    [
                        new(exe, "bin/hello.exe"),
                        .. dlls.Select(dll => new InstalledFile(dll, "bin/" + Path.GetFileName(dll))),
                        new(WriteText(version, "LICENSE.txt"), "licenses/LICENSE.txt"),
                    ]),
                new(
                    "texts",
                    "Texts",
                    "Texts with odd names.",
                    SectionChoice.OnByDefault,
                    [
                        new(WriteText(version, "common.txt"), "doc/common $INSTDIR [x].txt"),
                        new(WriteText(version, changing), "doc/more/" + changing),
                    ]),
                new(
                    "extra",
                    "Extra",
                    "Something that few want.",
                    SectionChoice.OffByDefault,
                    [new(WriteText(version, "extra.txt"), "extra/grüße.txt")]),
                new("menu", "Start menu", "Entries in the Start menu.", SectionChoice.OnByDefault, []),
            ],
            Epoch)
        {
            Shortcuts =
            [
                new("Command prompt", InstallerShortcut.CommandPrompt, string.Empty, "menu"),
                new("Uninstall", InstallerShortcut.Uninstaller, string.Empty, "menu"),
                new("Extra text", "extra/grüße.txt", string.Empty, "menu"),
            ],
            LicenceFile = WriteText(version, "LICENSE.txt"),
            Path = new(
                "bin", "Add to PATH", "Lets every command prompt find the programs by their names alone.",
                SectionChoice.OffByDefault),
            DisplayIcon = "bin/hello.exe",
        };
    }

    /// <summary>Makes a setup program.</summary>
    public string Setup(string version)
    {
        string setup = Path.Combine(Root, $"setup-{version}.exe");
        Installer.Build(Describe(version), setup, Path.Combine(Root, $"makensis-{version}.log"));
        return setup;
    }

    public static NsisInstaller Installer => new(Path.Combine(PackagingFolder, "Nsis"));

    public void Dispose() => folder.Dispose();

    // the output's name is given without a folder: ld derives a DLL's image base from the text after -o
    private static void Run(string folder, string[] arguments) =>
        ProcessRunner.Run(new ProcessRequest(Compiler, arguments) { WorkingDirectory = folder });

    private string WriteText(string version, string name)
    {
        string file = Path.Combine(Root, version, name);
        File.WriteAllText(file, $"{name} of {version}\n");
        return file;
    }
}
