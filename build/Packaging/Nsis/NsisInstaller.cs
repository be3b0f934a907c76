using System.Globalization;
using System.Text;
using Qcw.Build.Packaging.Pe;

namespace Qcw.Build.Packaging.Nsis;

/// <summary>
/// Makes setup programs with NSIS 3.08 or newer. The same description and contents give the same bytes, on any machine at any time.
/// </summary>
/// <param name="scriptFolder">The folder of <c>installer.nsi</c> and its parts.</param>
/// <param name="isDraft">True: they are packed in seconds, without compression, and not to be given to people.</param>
public sealed class NsisInstaller(string scriptFolder, bool isDraft = false)
{
    /// <summary>The owner of what NSIS itself puts into a setup program.</summary>
    public const string Owner = "nsis";

    private const string Program = "makensis";

    // the dictionary must span two large files: QEMU's emulator and its twin without a console have 13 MB each and are almost the same
    private static readonly string[] Compressor = ["-XSetCompressor /SOLID /FINAL lzma", "-XSetCompressorDictSize 32"];

    private static readonly string[] NoCompressor = ["-XSetCompress off"];

    // what makensis runs with the uninstaller that it has made, before it puts that into the setup program
    private static readonly string CopyOut = OperatingSystem.IsWindows() ? "copy /b /y \"%1\" uninstaller.exe" : "cp '%1' uninstaller.exe";
    private static readonly string CopyIn = OperatingSystem.IsWindows() ? "copy /b /y uninstaller.exe \"%1\"" : "cp uninstaller.exe '%1'";

    /// <summary>What NSIS itself puts into a setup program, as an unpacker names it.</summary>
    public static IReadOnlyList<string> Added { get; } =
    [
        InstallerDescription.UninstallerName, "$PLUGINSDIR/System.dll", "$PLUGINSDIR/nsDialogs.dll", "$PLUGINSDIR/modern-wizard.bmp",
    ];

    /// <summary>
    /// Makes an installer, of which a signature leaves no trace once it is removed. The output appears under its name only when it is
    /// complete.
    /// </summary>
    /// <param name="description">The product.</param>
    /// <param name="outputExe">The setup program to make, a full path; an existing one is replaced.</param>
    /// <param name="logFile">Gets everything that makensis prints.</param>
    /// <param name="uninstaller">
    /// Full path of the uninstaller that is put into it, signed; null: it gets the one that makensis makes of the description.
    /// </param>
    /// <param name="keepUninstaller">Full path that gets a copy of makensis's uninstaller, to be signed; null: nobody wants it.</param>
    /// <exception cref="BuildException">The description is not valid.</exception>
    /// <exception cref="ProcessFailedException">makensis is missing, found an error, or warned.</exception>
    public void Build(
        InstallerDescription description, string outputExe, string logFile, string? uninstaller = null, string? keepUninstaller = null)
    {
        NsisValidation.Validate(description);
        Directory.CreateDirectory(Path.GetDirectoryName(outputExe)!);
        string work = outputExe + ".work";
        Files.Delete(work);
        Directory.CreateDirectory(work);
        try
        {
            WriteInputs(description, work);
            string own = Path.Combine(work, "uninstaller.exe");
            if (uninstaller is not null)
            {
                File.Copy(uninstaller, own);
            }

            string made = Path.Combine(work, "output.exe");
            Run(work, uninstaller is null ? CopyOut : CopyIn, logFile);
            PeChecksum.Set(made);
            if (keepUninstaller is not null)
            {
                Files.Copy(own, keepUninstaller);
            }

            Files.Replace(made, outputExe);
        }
        finally
        {
            Files.Delete(work);
        }
    }

    /// <summary>
    /// Adds to a step's fingerprint what determines a setup program besides its files: the script, the description and the tool.
    /// </summary>
    /// <exception cref="BuildException">The description is not valid.</exception>
    /// <exception cref="ProcessFailedException">makensis is missing.</exception>
    public void AddInputs(Fingerprint fingerprint, InstallerDescription description)
    {
        NsisValidation.Validate(description);
        foreach (string script in Directory.EnumerateFiles(scriptFolder, "*.ns?").Order(StringComparer.Ordinal))
        {
            fingerprint.AddFile("nsis/" + Path.GetFileName(script), script);
        }

        Dictionary<InstalledFile, string> names = StagedNames(description);
        fingerprint
            .Add("nsis version", Version())
            .Add("nsis compression", string.Join(' ', Compression))
            .Add("pe", "1") // what makensis made is padded and gets a checksum
            .Add("nsis product", NsisProductFile.Text(description))
            .Add("nsis sections", new NsisSectionsFile(description, names).Text())
            .Add("nsis time", description.SourceDateEpoch.ToString(CultureInfo.InvariantCulture))
            .AddFile("nsis licence", description.LicenceFile!);
    }

    /// <summary>The version that makensis reports: <c>v3.08-3+deb12u1</c>.</summary>
    public static string Version() => ProcessRunner.Run(new ProcessRequest(Program, "-VERSION")).StandardOutput.Trim();

    private string[] Compression => isDraft ? NoCompressor : Compressor;

    private static void WriteInputs(InstallerDescription description, string work)
    {
        Dictionary<InstalledFile, string> staged = StagedNames(description);
        DateTime time = DateTimeOffset.FromUnixTimeSeconds(description.SourceDateEpoch).UtcDateTime;
        foreach ((InstalledFile file, string name) in staged)
        {
            string copy = Path.Combine(work, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file.Source, copy);
            File.SetAttributes(copy, FileAttributes.Normal); // a read-only source must not make an undeletable copy
            File.SetLastWriteTimeUtc(copy, time);
        }

        Write("product-names.nsh", NsisProductFile.Text(description));
        Write("product-sections.nsh", new NsisSectionsFile(description, staged).Text());

        // the licence page is Windows' own text control: CRLF, and a byte order mark so that makensis takes it for UTF-8
        string licence = File.ReadAllText(description.LicenceFile!).ReplaceLineEndings("\r\n");
        File.WriteAllText(Path.Combine(work, "license.txt"), licence, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        void Write(string name, string text) => File.WriteAllText(Path.Combine(work, name), text);
    }

    // numbers, because makensis takes [ and * in the name of a source file for wildcards; a folder each, because it therefore looks at
    // all that lies beside a file
    private static Dictionary<InstalledFile, string> StagedNames(InstallerDescription description) =>
        description.Files
            .OrderBy(file => file.Target, StringComparer.Ordinal)
            .Select((file, index) => (file, name: $"files/{index.ToString("D5", CultureInfo.InvariantCulture)}/file"))
            .ToDictionary(item => item.file, item => item.name);

    private void Run(string work, string uninstallerCommand, string logFile)
    {
        // the file of its own keeps the command's quotation marks out of makensis's command line
        File.WriteAllText(Path.Combine(work, "uninstaller-command.nsh"), $"!uninstfinalize `{uninstallerCommand}` = 0\n");
        ProcessRunner.Run(new ProcessRequest(
            Program,
            ["-V2", "-WX", "-NOCD", "-NOCONFIG", "-INPUTCHARSET", "UTF8", .. Compression, Path.Combine(scriptFolder, "installer.nsi")])
        {
            WorkingDirectory = work,
            LogFile = logFile,
        });
    }
}
