using System.Text;
using Qcw.Build.Compiling.Builders;
using Qcw.Build.Compiling.Builders.Host;

namespace Qcw.Integration.Tests.Compiling.Builders.Host;

/// <summary>What a recipe may leave, and what determines it.</summary>
public sealed class RecipeOutputTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [TestCase("$QCW_SOURCE", "source"), TestCase("$QCW_BUILD", "build"), TestCase("${dependencies[1]}", "library two")]
    public void A_path_of_the_machine_in_a_file_is_named_with_the_file(string path, string name) =>
        Assert.That(
            () => Run($"printf 'in a program\\0%s\\0' \"{path}\" >\"$staging$prefix/made.bin\"", "one"),
            Throws
                .TypeOf<ProcessFailedException>()
                .With.Message.Contains(
                    $"installed files contain the path {Folder(name)} of this machine: {folder["one"]}/made.bin"));

    [Test]
    public void Scripts_of_Python_see_a_set_in_the_same_order_each_time()
    {
        const string words = "print(*set(f\"word {number}\" for number in range(50)))";
        foreach (string output in (string[])["one", "two"])
        {
            Run($"python3 -c '{words}' >\"$staging$prefix/words\"", output);
        }

        Assert.That(File.ReadAllText(folder["two/words"]), Is.EqualTo(File.ReadAllText(folder["one/words"])).And.Contains("word 49"));
    }

    private string Folder(string name) => folder[name.Replace(' ', '-')];

    private void Run(string install, string output)
    {
        string recipe = folder.Write(
            "recipe/test.sh",
            Encoding.UTF8.GetBytes(
                $"recipe_configure() {{ :; }}\nrecipe_build() {{ :; }}\nrecipe_install() {{\n{install}\n}}\n"
                    + "recipe_licenses() { echo none >\"$licenses/none\"; }\n"));
        string[] folders = [Folder("source"), Folder("library one"), Folder("library two")];
        Array.ForEach(folders, one => Directory.CreateDirectory(one));
        var builder = new HostBuilder(
            folder["tmp"], new ToolFinder([]), ToolPackages.ForHost(Repository.Paths),
            () => NetworkIsolation.SettingsOnly("the test says so"), new BuildLog(TextWriter.Null, interactive: false));
        builder.Run(
            new CompileRequest(
                "test", "1", recipe, Path.Combine(Repository.Root, "build", "Compiling", "Recipes", "recipe.sh"),
                folders[0], folder["build"], folder[output], folders[1..], 1, 1, folder["log"]),
            _ => { });
    }
}
