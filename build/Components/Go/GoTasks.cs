using Cake.Frosting;
using Qcw.Build.Compiling.Go;
using Qcw.Build.Fetching;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Zip;
using Qcw.Build.Sources.Trees;

namespace Qcw.Build.Components;

/// <summary>A component whose programs are written in Go.</summary>
/// <param name="name">The name in the lines.</param>
/// <param name="title">For people, in the programs' properties on Windows: <c>Podman</c>.</param>
/// <param name="company">Who wrote it, there too.</param>
/// <param name="programs">At least one.</param>
public class GoDefinition(string name, string title, string company, params IReadOnlyList<GoProgram> programs) : ComponentDefinition(name)
{
    /// <summary>What is compiled for Windows, and how.</summary>
    /// <param name="line">The versions.</param>
    /// <param name="source">The component's source tree, for what that says of its own build.</param>
    /// <exception cref="BuildException">The source does not say it.</exception>
    public virtual GoBuild BuildOf(ReleaseLine line, string source) => new(In(line), title, company, programs);
}

/// <summary>Names in the tool catalog of what Go programs are built with.</summary>
internal static class GoTools
{
    /// <summary>Go itself, and what unpacks an SDK that only Debian's packages have.</summary>
    public static IEnumerable<string> Of(ReleaseLine line) => Packages(line) is null ? ["go"] : ["go", "dpkg-deb"];

    /// <summary>What fetches an SDK that only Debian's packages have.</summary>
    public static IEnumerable<string> FetchingSdk(ReleaseLine line) =>
        Packages(line) is { } sdk ? Input.Of(sdk).SelectMany(input => input.Tools) : [];

    /// <summary>Null where the host's own Go fits, or an archive has the SDK: neither needs Debian's programs.</summary>
    private static Component? Packages(ReleaseLine line) =>
        line.Go?.Sdk?.For(GoFinder.Host)?.Source is DebianPackagesSource ? GoFinder.ForHost().SdkFor(line.Go) : null;
}

/// <summary>Makes sure that there is a Go which builds the line; the first thing that is done for a Go program.</summary>
[TaskDescription("Checks the host's Go, and fetches the SDK that the line pins if it does not fit"), IsDependeeOf(typeof(Fetch))]
public sealed class GoFetch() : ComponentTask(null, Phase.Fetch)
{
    public override bool FetchesGo => true;

    public override bool Arm64 => true;

    public override string Subject => "program that is written in Go";

    public override bool AppliesTo(ReleaseLine line) => line.Go is not null;

    public override IEnumerable<string> ToolsFor(ReleaseLine line) => [.. GoTools.Of(line), .. GoTools.FetchingSdk(line)];

    protected override Task MakeAsync(BuildContext context) => context.Go.FetchAsync();
}

/// <summary>Fetches the modules that a patched go.mod names, for a source that does not carry them.</summary>
[IsDependeeOf(typeof(Fetch))]
public abstract class GoModulesTask(GoDefinition definition) : ComponentTask(definition, Phase.Modules)
{
    public override IEnumerable<string> ToolsFor(ReleaseLine line) => GoTools.Of(line);

    protected override void Make(BuildContext context)
    {
        Made tree = context.TreeOf(ComponentOf(context));
        context.Go.Modules.Fetch(definition.BuildOf(context.Line, tree.Path), tree);
    }
}

/// <summary>Compiles the programs of a Go component for Windows.</summary>
[IsDependeeOf(typeof(Compile))]
public abstract class GoCompileTask(GoDefinition definition) : ComponentTask(definition, Phase.Compile)
{
    // a source without patches is unpacked here
    public override IEnumerable<string> ToolsFor(ReleaseLine line) => [.. SourceTree.Tools, .. GoTools.Of(line)];

    protected override void Make(BuildContext context)
    {
        Made tree = context.TreeOf(ComponentOf(context));
        context.Go.Compiler.Compile(definition.BuildOf(context.Line, tree.Path), tree);
    }
}

/// <summary>Zips what compiling a Go component left: its programs and licences.</summary>
[IsDependeeOf(typeof(Archives))]
public abstract class GoArchiveTask(GoDefinition definition, Product product) : ComponentTask(definition, Phase.Package)
{
    public override Product Product => product;

    protected override void Make(BuildContext context)
    {
        Component component = ComponentOf(context);
        Made stage = context.StageOf(component);
        var files = new InstallerFiles();
        files.AddFolder(stage.Path);
        Fingerprint fingerprint = new Fingerprint().Add("stage", stage.Hash).Add("format", DeterministicZip.Format);
        context.Packager.Make(
            new PackageRequest(
                product.NameFor(component, context.Paths.Architecture), "archive", component, fingerprint, stage.By, [.. files.All],
                [(stage.Path, component.Name)]),
            zip => DeterministicZip.Write(zip, [.. files.All], context.Line.SourceDateEpoch));
    }
}
