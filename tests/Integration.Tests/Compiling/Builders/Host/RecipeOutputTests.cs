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
        string[] libraries = [Folder("library one"), Folder("library two")];
        Array.ForEach(libraries, library => Directory.CreateDirectory(library));
        new TestRecipe(folder) { Install = install, Dependencies = libraries }.Run(output);
    }
}
