using Cake.Frosting;

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

// what the development files in include/ and lib/ are for needs a compiler, and who has one has them from there
[TaskDescription("Makes the zip of XZ Utils"), IsDependentOn(typeof(XzCompile)), IsDependeeOf(typeof(Archives))]
public sealed class XzArchive()
    : RecipeArchiveTask(XzDefinition.Instance, XzDefinition.Zip, ("bin", "bin"), ("doc", "doc"), ("licenses", "licenses"));
