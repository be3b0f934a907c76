using Cake.Frosting;
using Qcw.Build.Compiling.Recipes;
using Qcw.Build.Fetching;
using Qcw.Build.Sources.Trees;

namespace Qcw.Build.Components;

/// <summary>What components are compiled against: the toolchain's own part, and libraries.</summary>
internal static class Sysroot
{
    /// <summary>The folder with the recipes of libraries.</summary>
    public const string Folder = "Sysroot";

    /// <summary>The library that everything needs: the compiler's own DLLs, shim headers, the pkg-config wrapper.</summary>
    public const string Toolchain = "toolchain";

    /// <summary>The libraries that are tools of the build: nothing of them is linked, although their licences are installed.</summary>
    public static readonly IReadOnlyCollection<string> OnlyBuild = ["meson"];

    // of all tools that recipes start, those whose version changes a library
    private static readonly string[] Fingerprinted = ["mingw-w64", "mingw-w64-binutils", "meson", "pkg-config"];

    // what the recipes of single libraries start besides
    private static readonly Dictionary<string, string[]> OwnTools = new(StringComparer.Ordinal)
    {
        ["libjpeg"] = ["cmake"],
        ["libnfs"] = ["cmake"],
        ["libssh"] = ["cmake"],
        ["mbedtls"] = ["cmake"],
        ["nettle"] = ["gcc", "m4"],
        ["snappy"] = ["mingw-w64-c++"],
    };

    /// <summary>The tools that the recipe of a library needs and those of others do not; each can change what it makes.</summary>
    public static IReadOnlyList<string> ToolsOf(Component library) => OwnTools.GetValueOrDefault(library.Name, []);

    /// <summary>The libraries of a line without the toolchain's own part.</summary>
    public static IEnumerable<Component> LibrariesOf(ReleaseLine line) => line.Libraries.Where(library => library.Name != Toolchain);

    /// <summary>The libraries of a line whose source trees have patches.</summary>
    public static IEnumerable<Component> PatchedOf(ReleaseLine line) =>
        line.Components.SelectMany(line.DependenciesOf).Distinct().Where(library => library.Patches.Count > 0);

    /// <summary>True where a component of the line is compiled against that library.</summary>
    public static bool IsNeeded(ReleaseLine line, Func<Component, bool> library) =>
        line.Components.SelectMany(line.DependenciesOf).Any(library);

    /// <summary>Works on libraries side by side, on each after those that it needs.</summary>
    /// <param name="context">What is known of the build.</param>
    /// <param name="libraries">Each behind those that it needs, as a line has them.</param>
    /// <param name="work">What is done.</param>
    public static Task ForEachAsync(BuildContext context, IEnumerable<Component> libraries, Action<Component> work)
    {
        var pieces = new Dictionary<Component, Piece>();
        foreach (Component library in libraries)
        {
            pieces.Add(
                library,
                new Piece(() =>
                {
                    work(library);
                    return Task.CompletedTask;
                })
                {
                    Needs = [.. context.Line.DependenciesOf(library).Where(pieces.ContainsKey).Select(need => pieces[need])],
                });
        }

        return context.Workers.RunAsync([.. pieces.Values]);
    }

    /// <summary>
    /// Unpacks and patches one library before any is compiled: a patch that does not fit is told at once. With a cache it waits, because
    /// what comes from there needs no source tree.
    /// </summary>
    public static void Patch(BuildContext context, Component library)
    {
        if (context.DefersTrees && !Directory.Exists(context.Paths.Source(library)))
        {
            context.Messages.Step(library.Name, "patch", "waits until the cache was asked");
            return;
        }

        context.TreeOf(library);
    }

    /// <summary>Compiles one library, where neither the toolchain has it nor the cache.</summary>
    public static void Compile(BuildContext context, Component library)
    {
        if (context.HasLibraries)
        {
            context.Messages.Step(library.Name, "compile", "comes with the toolchain");
            return;
        }

        context.Compile(
            library, Folder, [.. Fingerprinted, .. ToolsOf(library)], library.Source is RecipeSource ? null : context.PlanOf(library));
    }
}

/// <summary>Fetches the libraries.</summary>
[TaskDescription("Fetches the sources of the libraries that QEMU needs"), IsDependeeOf(typeof(Fetch))]
public sealed class SysrootFetch() : ComponentTask(null, Phase.Fetch)
{
    public override string Subject => "component that needs libraries";

    public override bool AppliesTo(ReleaseLine line) => Sysroot.IsNeeded(line, library => library.Name != Sysroot.Toolchain);

    public override IEnumerable<string> ToolsFor(ReleaseLine line) => line.Libraries.SelectMany(Input.Of).SelectMany(input => input.Tools);

    public override IEnumerable<Component> FetchedOf(ReleaseLine line) => line.Libraries;

    public override bool Makes(string owner, Phase phase) => phase == Phase.Fetch && owner != Sysroot.Toolchain
        && ComponentCatalog.All.All(definition => definition.Name != owner);

    protected override Task MakeAsync(BuildContext context)
    {
        if (context.HasLibraries)
        {
            context.Messages.Step("libraries", "fetch", "come with MSYS2");
            return Task.CompletedTask;
        }

        return context.Fetcher.FetchAsync(context.Line.Libraries);
    }
}

/// <summary>Makes the source trees of the libraries that have patches.</summary>
[
    TaskDescription("Unpacks the sources of libraries that have patches and applies these"),
    IsDependentOn(typeof(SysrootFetch)),
    IsDependeeOf(typeof(Patch))
]
public sealed class SysrootPatch() : ComponentTask(null, Phase.Patch)
{
    public override string Subject => "library with patches";

    public override bool AppliesTo(ReleaseLine line) => Sysroot.PatchedOf(line).Any();

    public override IEnumerable<string> ToolsFor(ReleaseLine line) => AppliesTo(line) ? SourceTree.Tools : [];

    // a library without patches is unpacked where it is compiled
    public override bool Makes(string owner, Phase phase) => false;

    public override bool TakesPlace => false; // each library does

    protected override Task MakeAsync(BuildContext context)
    {
        if (context.HasLibraries)
        {
            context.Messages.Step("libraries", "patch", "come with MSYS2");
            return Task.CompletedTask;
        }

        return Sysroot.ForEachAsync(context, Sysroot.PatchedOf(context.Line), library => Sysroot.Patch(context, library));
    }
}

/// <summary>Stages what every compilation needs.</summary>
[TaskDescription("Stages the part of the sysroot that comes with the compiler")]
public sealed class ToolchainCompile() : ComponentTask(null, Phase.Compile)
{
    public override bool UsesBuilder => true;

    public override string Subject => "component that is compiled with a recipe";

    public override bool AppliesTo(ReleaseLine line) => Sysroot.IsNeeded(line, library => library.Name == Sysroot.Toolchain);

    public override IEnumerable<string> ToolsFor(ReleaseLine line) => ["bash", "meson", "mingw-w64", "mingw-w64-binutils", "pkg-config"];

    public override bool Makes(string owner, Phase phase) => phase == Phase.Compile && owner == Sysroot.Toolchain;

    protected override void Make(BuildContext context) => Sysroot.Compile(context, context.Line.Library(Sysroot.Toolchain));
}

/// <summary>Compiles the libraries, each with its own fingerprint.</summary>
[TaskDescription("Compiles the libraries that QEMU needs"), IsDependentOn(typeof(SysrootPatch)), IsDependentOn(typeof(ToolchainCompile))]
public sealed class SysrootCompile() : ComponentTask(null, Phase.Compile)
{
    public override bool UsesBuilder => true;

    public override string Subject => "component that needs libraries";

    public override bool AppliesTo(ReleaseLine line) => Sysroot.IsNeeded(line, library => library.Name != Sysroot.Toolchain);

    public override IEnumerable<string> ToolsFor(ReleaseLine line) =>
    [
        .. Recipe.CommonTools, "meson", "mingw-w64", "mingw-w64-binutils", "ninja", "perl", "pkg-config", "python3",
        .. line.Libraries.SelectMany(Sysroot.ToolsOf).Distinct(),
    ];

    public override bool Makes(string owner, Phase phase) => phase == Phase.Compile && owner != Sysroot.Toolchain
        && ComponentCatalog.All.All(definition => definition.Name != owner);

    public override bool TakesPlace => false; // each library does

    protected override Task MakeAsync(BuildContext context) =>
        Sysroot.ForEachAsync(context, Sysroot.LibrariesOf(context.Line), library => Sysroot.Compile(context, library));
}
