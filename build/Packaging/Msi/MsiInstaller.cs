using Qcw.Build.Packaging.Msi.Wix5;

namespace Qcw.Build.Packaging.Msi;

/// <summary>A set of tools that makes MSIs.</summary>
public interface IMsiBuilder
{
    /// <summary>What the tools say of their versions: part of what determines the bytes.</summary>
    string Version();

    /// <summary>Makes an MSI from a work folder in which the contents have been staged.</summary>
    /// <returns>The full path of the MSI.</returns>
    internal string Build(MsiPlan plan, string work, string logFile);
}

/// <summary>
/// Makes MSIs: with wixl and msibuild on Linux, with WiX 5 on Windows. On Linux the same description and contents give the same
/// bytes, wherever and whenever it runs.
/// </summary>
/// <param name="builder">The tools.</param>
/// <param name="temporary">A folder for scratch; what is made in it is deleted at the end.</param>
public sealed class MsiInstaller(IMsiBuilder builder, string temporary)
{
    /// <summary>The one for this host.</summary>
    public static MsiInstaller ForHost(Paths paths) =>
        new MsiInstaller(OperatingSystem.IsWindows() ? new WixBuilder(paths.Root) : new WixlBuilder(), paths.Temporary);

    /// <summary>Makes an MSI. The output appears under its name only when it is complete.</summary>
    /// <param name="description">What goes in.</param>
    /// <param name="msiFile">The MSI to make, a full path; one that is there is replaced.</param>
    /// <param name="logFile">Gets all that the tools print.</param>
    /// <exception cref="BuildException">The description is not valid, or a tool is missing or failed.</exception>
    public void Write(MsiDescription description, string msiFile, string logFile)
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

    /// <summary>Adds to a step's fingerprint everything that determines an MSI: description, contents, what is written from them, and the tools.</summary>
    /// <exception cref="BuildException">The description is not valid, or a tool is missing.</exception>
    public void AddInputs(Fingerprint fingerprint, MsiDescription description)
    {
        MsiValidation.Validate(description);
        fingerprint
            .Add("msi product", new MsiPlan(description).ProductCode.ToString("D"))
            .Add("msi tools", Version);
    }

    /// <summary>What the tools say of their versions.</summary>
    public string Version => builder.Version();

    private static void Stage(MsiPlan plan, string work)
    {
        DateTime time = DateTimeOffset.FromUnixTimeSeconds(plan.Description.SourceDateEpoch).UtcDateTime;
        Directory.CreateDirectory(Path.Combine(work, "files"));
        foreach ((InstalledFile file, string name) in plan.Layout.StagedNames)
        {
            Write(Path.Combine(work, name), MsiContent.Read(file));
        }

        if (plan.Description.Icon is { } icon)
        {
            Write(Path.Combine(work, MsiRules.IconId), File.ReadAllBytes(icon));
        }

        void Write(string path, byte[] bytes)
        {
            File.WriteAllBytes(path, bytes);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            }

            File.SetLastWriteTimeUtc(path, time); // wixl and wix take it into the cabinet
        }
    }
}
