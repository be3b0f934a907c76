using Qcw.Build.Packaging.Msi;
using Qcw.Build.Packaging.Pe;

namespace Qcw.Build.Packaging;

/// <summary>Makes an installer or archive of the release, unless it is up to date, and records what is in it.</summary>
/// <param name="paths">The folders of the build.</param>
/// <param name="steps">Runs what is not up to date.</param>
/// <param name="publish">Puts the file into the release folder; gets its full path.</param>
/// <param name="details">Looks for what else is known of a file; called when that is recorded.</param>
public sealed class Packager(Paths paths, StepRunner steps, Action<string> publish, Func<PackageRequest, ArtifactDetails> details)
{
    /// <summary>Makes one file.</summary>
    /// <param name="package">What is made, of what.</param>
    /// <param name="work">Makes it; gets the path to write to.</param>
    public Made Make(PackageRequest package, Action<string> work)
    {
        string file = paths.Package(package.FileName);
        var step = new Step(package.Owner, package.Phase, file, package.Fingerprint)
        {
            By = package.By,
            Toolchain = package.Toolchain,
            IsShared = true,
            Companions = package.Companions,
            // at worst nothing can be compressed; installers are made from a copy
            Room = () => 2 * package.Files.Sum(packed => File.Exists(packed.Source) ? Files.SizeOf(packed.Source) : 0),
        };
        Made made = steps.RunReplacing(step, work);
        Record(package, made);
        publish(file);
        return made;
    }

    /// <summary>The DLLs that may be left to Windows.</summary>
    public WindowsDlls WindowsDlls => WindowsDlls.Load(WindowsDllList);

    /// <summary>The fingerprints of staged folders, and of the list of Windows' own DLLs.</summary>
    public Fingerprint Inputs(Made stage, IEnumerable<Made> libraries)
    {
        Fingerprint fingerprint = new Fingerprint().Add("stage", stage.Hash).AddFile("windows dlls", WindowsDllList);
        foreach (Made library in libraries)
        {
            fingerprint.Add("library " + Path.GetFileName(library.Path), library.Hash);
        }

        return fingerprint;
    }

    private string WindowsDllList => Path.Combine(paths.Packaging, "Pe", "windows-dlls.txt");

    // hashing everything that is inside takes longer than everything else that an up-to-date release does
    private void Record(PackageRequest package, Made made)
    {
        string path = paths.Facts(package.FileName);
        if (!made.IsNew && ArtifactRecord.Find(path) is { } known && known.Fingerprint == made.Hash
            && JsonText.Of(known.By) == JsonText.Of(made.By))
        {
            return;
        }

        // only an MSI changes some files
        IReadOnlyList<PackedFile> recorded = PackedFile.Of(
            package.Files, package.Owners,
            Path.GetExtension(package.FileName) == ".msi" ? MsiContent.Read : installed => File.ReadAllBytes(installed.Source));
        new ArtifactRecord(
            package.FileName, Files.Sha256(made.Path), new FileInfo(made.Path).Length, package.Component?.Name, package.Component?.Version,
            made.Hash, made.By, Prove(package, made, recorded), Files.Sha512(made.Path), details(package))
        {
            AuthenticodeSha256 = PeImage.IsPe(made.Path) ? AuthenticodeDigest.Of(made.Path) : null,
        }.Write(path);
    }

    private IReadOnlyList<PackedFile> Prove(PackageRequest package, Made made, IReadOnlyList<PackedFile> recorded)
    {
        // nothing that unpacks an MSI without installing it runs there; the way of making one is experimental, too
        if (OperatingSystem.IsWindows())
        {
            return recorded;
        }

        return UnpackedFiles.Prove(
            made.Path, recorded, Path.Combine(paths.Temporary, "unpacked-" + package.FileName), paths.Log(package.FileName, "unpack"));
    }
}

/// <summary>A file to be made for the release.</summary>
/// <param name="FileName">In the release folder.</param>
/// <param name="Phase">For people: <c>installer</c>, <c>archive</c>.</param>
/// <param name="Component">What it is made from; null: from files of this repository.</param>
/// <param name="Fingerprint">Everything that determines its bytes.</param>
/// <param name="By">How it is made: what the steps before left, and the tools of this one.</param>
/// <param name="Files">Everything that it installs or unpacks.</param>
/// <param name="Owners">Folders that steps made, and the component or library each was made for.</param>
public sealed record PackageRequest(
    string FileName,
    string Phase,
    Component? Component,
    Fingerprint Fingerprint,
    Provenance By,
    IReadOnlyList<InstalledFile> Files,
    IReadOnlyList<(string Folder, string Owner)> Owners)
{
    /// <summary>Where the tools of this step come from; null: it has none of its own.</summary>
    public Func<Provenance>? Toolchain { get; init; }

    /// <summary>Further files that are made with it, full paths outside the release.</summary>
    public IReadOnlyList<string> Companions { get; init; } = [];

    /// <summary>For people: the component, or what this repository's own is called.</summary>
    public string Owner { get; init; } = Component?.Name ?? PackedFile.Own;
}
