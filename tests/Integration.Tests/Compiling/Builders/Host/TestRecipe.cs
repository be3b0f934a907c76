using System.Text;
using Qcw.Build.Compiling.Builders;
using Qcw.Build.Compiling.Builders.Host;

namespace Qcw.Integration.Tests.Compiling.Builders.Host;

/// <summary>Runs a recipe of a test's own on this machine, through the driver of the real ones.</summary>
/// <param name="folder">Gets the recipe, its source, build folder and output.</param>
internal sealed class TestRecipe(TemporaryFolder folder)
{
    /// <summary>Bash, the body of <c>recipe_build</c>.</summary>
    public string Build { get; init; } = ":";

    /// <summary>Bash, the body of <c>recipe_install</c>.</summary>
    public string Install { get; init; } = ":";

    /// <summary>How the network is taken away.</summary>
    public NetworkIsolation Isolation { get; init; } = NetworkIsolation.SettingsOnly("the test says so");

    /// <summary>Full paths of the outputs of libraries.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <summary>Runs it.</summary>
    /// <param name="output">The name of the folder for its output.</param>
    /// <returns>What it printed.</returns>
    public string[] Run(string output = "output")
    {
        string recipe = folder.Write(
            "recipe/test.sh",
            Encoding.UTF8.GetBytes(
                $"recipe_configure() {{ :; }}\nrecipe_build() {{\n{Build}\n}}\nrecipe_install() {{\n{Install}\n}}\n"
                    + "recipe_licenses() { echo none >\"$licenses/none\"; }\n"));
        Directory.CreateDirectory(folder["source"]);
        var lines = new List<string>();
        var builder = new HostBuilder(
            folder["tmp"], new ToolFinder([]), ToolPackages.ForHost(Repository.Paths), () => Isolation,
            new BuildLog(TextWriter.Null, interactive: false));
        builder.Run(
            new CompileRequest(
                "test", "1", recipe, Path.Combine(Repository.Root, "build", "Compiling", "Recipes", "recipe.sh"),
                folder["source"], folder["build"], folder[output], Dependencies, 1, 1, folder["log"]),
            lines.Add);
        return [.. lines];
    }
}
