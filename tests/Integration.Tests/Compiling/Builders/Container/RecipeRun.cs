using Qcw.Build.Compiling.Builders;
using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Host;

namespace Qcw.Integration.Tests.Compiling.Builders.Container;

/// <summary>A recipe of the test's own, run by the container builder as any other.</summary>
internal sealed class RecipeRun : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The folder that the recipe may only read.</summary>
    public string Source => folder["source"];

    /// <summary>Where the recipe's output goes.</summary>
    public string Output => folder["output"];

    /// <summary>Runs it.</summary>
    /// <param name="commands">What it does, in bash, when it is told to build.</param>
    /// <param name="limits">What the container may use.</param>
    /// <returns>What it printed.</returns>
    public string[] Run(string commands, ContainerLimits? limits = null)
    {
        Directory.CreateDirectory(Source);
        folder.Write(
            "recipe/test.sh",
            $"recipe_configure() {{ :; }}\nrecipe_build() {{\n{commands}\n}}\nrecipe_install() {{ :; }}\n"
                + "recipe_licenses() { echo none >\"$licenses/none\"; }\n");
        var lines = new List<string>();
        Builder(limits ?? ContainerLimits.None)
            .Run(
                new CompileRequest(
                    "test",
                    "1",
                    folder["recipe/test.sh"],
                    Path.Combine(Repository.Root, "build", "Compiling", "Recipes", "recipe.sh"),
                    Source,
                    folder["build"],
                    Output,
                    [],
                    1,
                    1,
                    folder["log"]),
                lines.Add);
        return [.. lines];
    }

    public void Dispose() => folder.Dispose();

    private ContainerBuilder Builder(ContainerLimits limits)
    {
        var log = RecordingLog.Nowhere;
        var paths = new Paths(Repository.Root, folder["artifacts"]);
        var engine = new CakeEngine("docker", "/usr/bin/docker", ProcessRunner.Run);
        var baseImage = new BaseImage(engine, null, new DebianBase(paths, null, 1, new StepRunner(log), log), offline: true, log);
        return new ContainerBuilder(
            engine, new ContainerImage(paths, engine, baseImage, offline: false, log), RecipeTools, paths, limits, log);
    }

    private static Tool[] RecipeTools
    {
        get
        {
            var graph = TaskGraph.OfHost();
            ReleaseLine line = new ReleaseLines(new Paths(Repository.Root, Repository.Root)).Load(BuildOptions.DefaultLine);
            return [.. ToolCheck.ToolsOf(graph.Nodes.Where(task => task.UsesBuilder), line, graph).Where(tool => !tool.Optional)];
        }
    }
}
