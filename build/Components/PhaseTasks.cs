using Cake.Frosting;
using Qcw.Build.Compiling.Recipes;
using Qcw.Build.Fetching;
using Qcw.Build.Sources.Trees;

namespace Qcw.Build.Components;

/// <summary>Fetches every source and remote patch of the line.</summary>
[TaskDescription("Fetches every source and remote patch of the line")]
public sealed class Fetch : FrostingTask<BuildContext>;

/// <summary>Prepares every source tree that has patches.</summary>
[TaskDescription("Prepares every source tree that has patches")]
public sealed class Patch : FrostingTask<BuildContext>;

/// <summary>Compiles every component.</summary>
[TaskDescription("Compiles every component")]
public sealed class Compile : FrostingTask<BuildContext>;

/// <summary>Makes every installer.</summary>
[TaskDescription("Makes every installer")]
public sealed class Installers : FrostingTask<BuildContext>;

/// <summary>Makes every archive.</summary>
[TaskDescription("Makes every archive")]
public sealed class Archives : FrostingTask<BuildContext>;

/// <summary>Fetches a component's source, its remote patches, and the firmware where it is for this component.</summary>
[IsDependeeOf(typeof(Fetch))]
public abstract class FetchTask(ComponentDefinition definition) : ComponentTask(definition, Phase.Fetch)
{
    public override IEnumerable<string> ToolsFor(ReleaseLine line) => Inputs(line).SelectMany(input => input.Tools);

    public override IEnumerable<Component> FetchedOf(ReleaseLine line) => [Definition!.In(line)];

    protected override async Task MakeAsync(BuildContext context)
    {
        await context.Fetcher.FetchAsync([ComponentOf(context)]);
        if (Definition!.TakesFirmware)
        {
            await context.Fetcher.FetchFirmwareAsync(context.Line, Definition.Name);
        }
    }

    private IEnumerable<Input> Inputs(ReleaseLine line) =>
        [.. Input.Of(Definition!.In(line)), .. Definition.TakesFirmware ? Input.FirmwareOf(line) : []];
}

/// <summary>Makes a component's source tree: the pristine import and one commit a patch.</summary>
[IsDependeeOf(typeof(Patch))]
public abstract class PatchTask(ComponentDefinition definition) : ComponentTask(definition, Phase.Patch)
{
    public override IEnumerable<string> ToolsFor(ReleaseLine line) => SourceTree.Tools;

    protected override void Make(BuildContext context) => context.Apply(ComponentOf(context));
}

/// <summary>Compiles a component with its recipe, <c>build/Components/&lt;folder&gt;/&lt;name&gt;.sh</c>.</summary>
/// <param name="definition">The component.</param>
/// <param name="folder">The recipe's folder.</param>
/// <param name="tools">
/// What the recipe starts beside the tools of every recipe. Those whose version changes the output have <c>true</c>.
/// </param>
[IsDependeeOf(typeof(Compile))]
public abstract class RecipeTask(ComponentDefinition definition, string folder, params (string Name, bool Matters)[] tools)
    : ComponentTask(definition, Phase.Compile)
{
    public override bool UsesBuilder => true;

    public override IEnumerable<string> ToolsFor(ReleaseLine line) =>
        [.. Recipe.CommonTools, .. ToolsOf(Definition!.Find(line)).Select(tool => tool.Name)];

    /// <summary>What the recipe starts beside the tools of every recipe, and whether its version changes the output.</summary>
    /// <param name="component">The component of the line; null where the line does not have it.</param>
    protected virtual IEnumerable<(string Name, bool Matters)> ToolsOf(Component? component) => tools;

    protected override void Make(BuildContext context)
    {
        Component component = ComponentOf(context);
        string[] mattering = [.. ToolsOf(component).Where(tool => tool.Matters).Select(tool => tool.Name)];
        context.Compile(component, folder, mattering, context.PlanOf(component));
    }
}
