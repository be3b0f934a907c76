using Cake.Frosting;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Pe;
using Qcw.Build.Packaging.Zip;

namespace Qcw.Build.Components;

/// <summary>XZ Utils. Where a line has no patches for it, its source tree is only unpacked.</summary>
public sealed class XzDefinition() : ComponentDefinition("xz")
{
    internal static readonly XzDefinition Instance = new() { Purpose = "XZ Utils, unpacks `.xz` files such as machine images" };

    internal static readonly Product Zip = Product.Zip("xz-{version}-windows-{arch}.zip");
}

[TaskDescription("Fetches the source of XZ Utils")]
public sealed class XzFetch() : FetchTask(XzDefinition.Instance);

[TaskDescription("Unpacks the source of XZ Utils and applies the patches, where the line has some"), IsDependentOn(typeof(XzFetch))]
public sealed class XzPatch() : PatchTask(XzDefinition.Instance)
{
    public override string Subject => "XZ Utils with patches";

    // without patches the tree is unpacked where it is compiled
    public override bool AppliesTo(ReleaseLine line) => Definition!.Find(line) is { Patches.Count: > 0 };

    public override IEnumerable<string> ToolsFor(ReleaseLine line) => AppliesTo(line) ? base.ToolsFor(line) : [];
}

[TaskDescription("Compiles XZ Utils for Windows, with its DLL"), IsDependentOn(typeof(XzPatch)), IsDependentOn(typeof(ToolchainCompile))]
public sealed class XzCompile() : RecipeTask(XzDefinition.Instance, "Xz", ("mingw-w64", true), ("mingw-w64-binutils", true))
{
    // what upstream makes for a release's archive, the recipe makes for a tree from git
    private static readonly string[] Generators = ["autoconf", "automake", "libtoolize", "autopoint", "groff"];

    protected override IEnumerable<(string Name, bool Matters)> ToolsOf(Component? component) =>
    [
        .. base.ToolsOf(component),
        .. component?.Sources.Any(source => source is GitSource) == true ? Generators.Select(tool => (tool, true)) : [],
    ];
}

/// <summary>Zips XZ Utils: programs, every DLL they need, documentation, licences.</summary>
[TaskDescription("Makes the zip of XZ Utils"), IsDependentOn(typeof(XzCompile)), IsDependeeOf(typeof(Archives))]
public sealed class XzArchive() : ComponentTask(XzDefinition.Instance, Phase.Package)
{
    // what the development files in include/ and lib/ are for needs a compiler, and who has one has them from there
    private static readonly string[] Folders = ["bin", "doc", "licenses"];

    public override Product Product => XzDefinition.Zip;

    protected override void Make(BuildContext context)
    {
        Component xz = ComponentOf(context);
        Made stage = context.StageOf(xz);
        IReadOnlyList<Made> libraries = context.LibrariesOf(xz, stage);
        Fingerprint fingerprint = context
            .Packager.Inputs(stage, libraries)
            .Add("format", $"{DeterministicZip.Format}: " + string.Join(' ', Folders));
        InstalledFile[] files = Files(context, stage, libraries);
        context.Packager.Make(
            new PackageRequest(
                Product.NameFor(xz, context.Paths.Architecture), "archive", xz, fingerprint, stage.By, files,
                [(stage.Path, xz.Name), .. context.OwnersOf(xz, libraries)]),
            zip => DeterministicZip.Write(zip, files, context.Line.SourceDateEpoch));
    }

    private static InstalledFile[] Files(BuildContext context, Made stage, IReadOnlyList<Made> libraries)
    {
        var files = new InstallerFiles();
        foreach (string folder in Folders)
        {
            files.AddFolder(Path.Combine(stage.Path, folder), path => $"{folder}/{path}");
        }

        string[] images = [.. files.All.Select(file => file.Source).Where(PeImage.IsPe)];
        string[] search = [.. libraries.Select(library => Path.Combine(library.Path, "bin")).Where(Directory.Exists)];
        foreach (string dll in new DllClosure(search, context.Packager.WindowsDlls).Compute(images))
        {
            files.Add(dll, "bin/" + Path.GetFileName(dll));
        }

        foreach (Made library in libraries)
        {
            files.AddFolder(Path.Combine(library.Path, "licenses"), path => "licenses/" + path);
        }

        return [.. files.All];
    }
}
