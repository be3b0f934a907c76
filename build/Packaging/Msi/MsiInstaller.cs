using Qcw.Build.Packaging.Msi.Wix5;

namespace Qcw.Build.Packaging.Msi;

/// <summary>
/// Makes MSIs: with wixl and msibuild on Linux, with WiX 5 on Windows (experimental). On Linux the same description and contents give the
/// same bytes, on any machine at any time.
/// </summary>
/// <param name="builder">The tools.</param>
/// <param name="temporary">A folder for scratch. The files that are made in it are deleted at the end.</param>
public sealed class MsiInstaller(IMsiBuilder builder, string temporary)
{
    private const UnixFileMode FileMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>The version that the tools report.</summary>
    public string Version => builder.Version();

    /// <summary>The installer maker for this host.</summary>
    public static MsiInstaller ForHost(Paths paths) =>
        new(OperatingSystem.IsWindows() ? new WixBuilder(paths.Root) : new WixlBuilder(), paths.Temporary);

    /// <summary>Makes an MSI. The output appears under its name only when it is complete.</summary>
    /// <param name="description">The product.</param>
    /// <param name="msiFile">The MSI to make, a full path; an existing one is replaced.</param>
    /// <param name="logFile">Gets everything that the tools print.</param>
    /// <exception cref="BuildException">The description is not valid, or a tool is missing or failed.</exception>
    public void Write(InstallerDescription description, string msiFile, string logFile)
    {
        MsiValidation.Validate(description);
        var plan = new MsiPlan(description);
        Directory.CreateDirectory(temporary);
        string work = Path.Combine(temporary, $"msi-{Path.GetFileNameWithoutExtension(msiFile)}");
        Files.Delete(work);
        try
        {
            Stage(plan, work);
            string made = builder.Build(plan, work, logFile);

            // copied, not moved: the scratch folder may be on another disk
            Files.Copy(made, msiFile);
        }
        finally
        {
            Files.Delete(work);
        }
    }

    /// <summary>Adds to a step's fingerprint everything that determines an MSI: description, contents, sources and tools.</summary>
    /// <exception cref="BuildException">The description is not valid, or a tool is missing.</exception>
    public void AddInputs(Fingerprint fingerprint, InstallerDescription description)
    {
        MsiValidation.Validate(description);
        fingerprint
            .Add("msi product", new MsiPlan(description).ProductCode.ToString("D"))
            .Add("msi tools", Version);
    }

    private static void Stage(MsiPlan plan, string work)
    {
        DateTime time = DateTimeOffset.FromUnixTimeSeconds(plan.Description.SourceDateEpoch).UtcDateTime;
        Directory.CreateDirectory(Path.Combine(work, "files"));
        foreach ((InstalledFile file, string name) in plan.Layout.StagedNames)
        {
            string copy = Path.Combine(work, name);
            File.WriteAllBytes(copy, MsiContent.Read(file));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(copy, FileMode);
            }

            File.SetLastWriteTimeUtc(copy, time); // wixl and wix store it in the cabinet
        }
    }
}

/// <summary>A set of tools that makes MSIs.</summary>
public interface IMsiBuilder
{
    /// <summary>The version that the tools report, which is part of what determines the bytes.</summary>
    string Version();

    /// <summary>Makes an MSI from a work folder in which the contents have been staged.</summary>
    /// <returns>The full path of the MSI.</returns>
    internal string Build(MsiPlan plan, string work, string logFile);
}
