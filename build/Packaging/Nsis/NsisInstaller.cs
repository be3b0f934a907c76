using System.Globalization;
using System.Text;

namespace Qcw.Build.Packaging.Nsis;

/// <summary>Makes setup programs with NSIS 3.08 or newer. Same description and contents: same bytes, wherever and whenever it runs.</summary>
/// <param name="scriptFolder">Where <c>installer.nsi</c> and its parts stand.</param>
/// <param name="compression">How the contents are packed.</param>
/// <param name="makensis">The program, a name on PATH or a full path.</param>
public sealed class NsisInstaller(string scriptFolder, InstallerCompression compression = InstallerCompression.Lzma, string makensis = "makensis")
{
    /// <summary>Makes an installer. The output appears under its name only when it is complete.</summary>
    /// <param name="description">What goes in.</param>
    /// <param name="outputExe">The setup program to make, a full path; one that is there is replaced.</param>
    /// <param name="logFile">Gets all that makensis prints.</param>
    /// <exception cref="BuildException">The description is not valid.</exception>
    /// <exception cref="ProcessFailedException">makensis is missing, found an error, or warned.</exception>
    public void Build(InstallerDescription description, string outputExe, string logFile)
    {
        InstallerValidation.Validate(description);
        Directory.CreateDirectory(Path.GetDirectoryName(outputExe)!);
        string work = outputExe + ".work";
        Files.Delete(work);
        Directory.CreateDirectory(work);
        try
        {
            WriteInputs(description, work);
            Run(work, logFile);
            Files.Replace(Path.Combine(work, "output.exe"), outputExe);
        }
        finally
        {
            Files.Delete(work);
        }
    }

    /// <summary>Adds to a step's fingerprint what determines a setup program besides its files: the script, the description and the tool.</summary>
    public void AddInputs(Fingerprint fingerprint, InstallerDescription description)
    {
        foreach (string script in Directory.EnumerateFiles(scriptFolder).Order(StringComparer.Ordinal))
        {
            fingerprint.AddFile("nsis/" + Path.GetFileName(script), script);
        }

        Dictionary<InstalledFile, string> names = StagedNames(description);
        fingerprint
            .Add("nsis version", Version())
            .Add("nsis compression", string.Join(' ', Compressor))
            .Add("nsis product", NsisProductFile.Text(description))
            .Add("nsis sections", new NsisSectionsFile(description, names).Text())
            .Add("nsis time", description.SourceDateEpoch.ToString(CultureInfo.InvariantCulture))
            .AddFile("nsis licence", description.LicenseFile);
    }

    /// <summary>The version that makensis gives of itself: <c>v3.08-3+deb12u1</c>.</summary>
    public string Version() => ProcessRunner.Run(new ProcessRequest(makensis, "-VERSION")).StandardOutput.Trim();

    /// <summary>How much memory: QEMU's emulator and its twin without a console have 13 MB each, and differ in a few bytes only.</summary>
    private string[] Compressor => compression == InstallerCompression.Lzma
        ? ["-XSetCompressor /SOLID /FINAL lzma", "-XSetCompressorDictSize 32"]
        : ["-XSetCompressor /FINAL zlib"];

    private static void WriteInputs(InstallerDescription description, string work)
    {
        Dictionary<InstalledFile, string> staged = StagedNames(description);
        DateTime time = DateTimeOffset.FromUnixTimeSeconds(description.SourceDateEpoch).UtcDateTime;
        Directory.CreateDirectory(Path.Combine(work, "files"));
        foreach ((InstalledFile file, string name) in staged)
        {
            string copy = Path.Combine(work, name);
            File.Copy(file.Source, copy);
            File.SetAttributes(copy, FileAttributes.Normal); // a read-only source must not make an undeletable copy
            File.SetLastWriteTimeUtc(copy, time);
        }

        Write("product-names.nsh", NsisProductFile.Text(description));
        Write("product-sections.nsh", new NsisSectionsFile(description, staged).Text());

        // the licence page is Windows' own text control: CRLF, and a byte order mark so that makensis takes it for UTF-8
        string license = File.ReadAllText(description.LicenseFile).ReplaceLineEndings("\r\n");
        File.WriteAllText(Path.Combine(work, "license.txt"), license, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        void Write(string name, string text) => File.WriteAllText(Path.Combine(work, name), text);
    }

    // numbers, because makensis takes [ and * in the name of a source file for wildcards
    private static Dictionary<InstalledFile, string> StagedNames(InstallerDescription description) =>
        description.Sections.SelectMany(section => section.Files)
            .OrderBy(file => file.Target, StringComparer.Ordinal)
            .Select((file, index) => (file, name: $"files/{index.ToString("D5", CultureInfo.InvariantCulture)}"))
            .ToDictionary(item => item.file, item => item.name);

    private void Run(string work, string logFile)
    {
        ProcessRunner.Run(new ProcessRequest(
            makensis, ["-V2", "-WX", "-NOCD", "-NOCONFIG", "-INPUTCHARSET", "UTF8", .. Compressor, Path.Combine(scriptFolder, "installer.nsi")])
        {
            WorkingDirectory = work,
            LogFile = logFile,
        });
    }
}
