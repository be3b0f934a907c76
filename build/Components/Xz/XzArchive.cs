using Cake.Frosting;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Pe;
using Qcw.Build.Packaging.Zip;

namespace Qcw.Build.Components;

/// <summary>Zips XZ Utils: programs, every DLL they need, documentation, licences.</summary>
[TaskName(nameof(XzArchive))]
[TaskDescription("Makes the zip of XZ Utils")]
[PartOf("xz")]
[IsDependentOn(typeof(XzCompile))]
[Produces("xz", "xz-{version}-windows-{arch}.zip")]
public sealed class XzArchive : ComponentTask
{
    // what the development files in include/ and lib/ are for needs a compiler, and who has one has them from there
    private static readonly string[] Folders = ["bin", "doc", "licenses"];

    public override void Run(BuildContext context)
    {
        Component xz = context.Line.Component("xz");
        Component[] libraries = [.. context.LibrariesOf(xz)];
        Fingerprint fingerprint = context.Packager.Inputs(xz, libraries).Add("format", $"{DeterministicZip.Format}: " + string.Join(' ', Folders));
        context.Packager.Make(
            xz.Name, "archive", context.FileNameOf(nameof(XzArchive)), fingerprint, context.Packager.Facts(xz, libraries),
            zip => DeterministicZip.Write(zip, Files(context, xz, libraries), context.Line.SourceDateEpoch));
    }

    private static InstalledFile[] Files(BuildContext context, Component xz, Component[] libraries)
    {
        var files = new InstallerFiles();
        foreach (string folder in Folders)
        {
            files.AddFolder(Path.Combine(context.Paths.Stage(xz), folder), path => $"{folder}/{path}");
        }

        string[] images = [.. files.All.Select(file => file.Source).Where(PeImage.IsPe)];
        string[] search = [.. libraries.Select(library => Path.Combine(context.Paths.Stage(library), "bin")).Where(Directory.Exists)];
        foreach (string dll in new DllClosure(search, context.Packager.WindowsDlls).Compute(images))
        {
            files.Add(dll, "bin/" + Path.GetFileName(dll));
        }

        foreach (Component library in libraries)
        {
            files.AddFolder(Path.Combine(context.Paths.Stage(library), "licenses"), path => "licenses/" + path);
        }

        return [.. files.All];
    }
}
