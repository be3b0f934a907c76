using NJsonSchema;

namespace Qcw.Build.Tests.Catalog;

/// <summary>Each kind of field of every line and of a patch description, broken: the loader names it, the schema refuses it.</summary>
public sealed class BrokenFieldsTests
{
    private LineFolder folder = null!;
    private JsonSchema lineSchema = null!;
    private JsonSchema patchSchema = null!;

    /// <summary>The real lines, and one that has what none of them needs to have.</summary>
    public static IReadOnlyList<string> Names => [.. LineFolder.RealNames, BasedLine.Name];

    public static IEnumerable<TestCaseData<string, string>> Replacements =>
        from line in Names
        from way in Mutations.Replacements.Keys
        select new TestCaseData<string, string>(line, way);

    [OneTimeSetUp]
    public async Task Read_the_schemas()
    {
        folder = new LineFolder();
        lineSchema = await JsonSchema.FromFileAsync(Path.Combine(Repository.Paths.Versions, "line.schema.json"));
        patchSchema = await JsonSchema.FromFileAsync(Path.Combine(Repository.Paths.Patches, "patch.schema.json"));
    }

    [OneTimeTearDown]
    public void Remove_the_folder() => folder.Dispose();

    [TearDown]
    public void Repair()
    {
        folder.Dispose();
        folder = new LineFolder();
    }

    [Test]
    public void The_line_of_the_tests_is_accepted()
    {
        Assert.That(folder.Errors(BasedLine.Name, BasedLine.Json), Is.Empty);
        Assert.That(lineSchema.Validate(BasedLine.Json), Is.Empty);
    }

    [TestCaseSource(nameof(Replacements))]
    public void A_replaced_value_is_refused_by_its_path(string line, string way)
    {
        Mutation[] mutations = [.. Mutations.Replace(Text(line), Mutations.Replacements[way])];

        Assert.That(mutations, Is.Not.Empty);
        using (Assert.EnterMultipleScope())
        {
            foreach (Mutation mutation in mutations)
            {
                Assert.That(
                    folder.Errors(line, mutation.Json),
                    Has.Some.StartsWith($"build/Catalog/Versions/{line}.json: {mutation.Path}").And.Some.Contains("expected"),
                    mutation.Path);
                Assert.That(lineSchema.Validate(mutation.Json), Is.Not.Empty, $"the schema accepts a broken {mutation.Path}");
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void A_removed_field_is_refused_by_its_path_or_was_optional(string line)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (Mutation mutation in Mutations.Remove(Text(line)))
            {
                IReadOnlyList<string> errors = folder.Errors(line, mutation.Json);
                if (lineSchema.Validate(mutation.Json).Count > 0)
                {
                    // where one of two fields is enough, the complaint is about the object around them; a line that is based on no other
                    // has to say everything itself
                    string file = $"build/Catalog/Versions/{line}.json";
                    Assert.That(errors, Has.Some.StartsWith($"{file}: {mutation.Path}: is missing")
                        .Or.Some.StartsWith($"{file}: {mutation.Parent}: found").Or.Some.StartsWith($"{file}: {mutation.Parent}: is empty")
                        .Or.Some.StartsWith(mutation.Path == "basedOn" ? $"{file}: without: found" : "(nothing)")
                        .Or.Some.StartsWith(mutation.Path == "basedOn" ? $"{file}: libraries: is missing" : "(nothing)"), mutation.Path);
                }
                else if (mutation.Parent == "libraries")
                {
                    // no schema can say that others need it
                    string name = mutation.Path.Split('.')[^1];
                    Assert.That(errors, Is.Empty.Or.All.Contains($"found \"{name}\", expected a library"), mutation.Path);
                }
                else if (mutation.Parent.StartsWith("firmware.", StringComparison.Ordinal))
                {
                    // no schema can say that the file has another name too
                    Assert.That(errors, Is.Empty.Or.All.Contains("expected a name for a path that files has too"), mutation.Path);
                }
                else
                {
                    Assert.That(errors, Is.Empty, mutation.Path);
                }
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void An_unknown_field_is_refused_by_its_path(string line)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (Mutation mutation in Mutations.AddUnknown(Text(line)))
            {
                Assert.That(
                    folder.Errors(line, mutation.Json),
                    Has.Some.StartsWith($"build/Catalog/Versions/{line}.json: {mutation.Path}: "), mutation.Path);
                Assert.That(lineSchema.Validate(mutation.Json), Is.Not.Empty, $"the schema accepts {mutation.Path}");
            }
        }
    }

    [Test]
    public void Patch_descriptions_are_held_to_the_same()
    {
        const string File = "patches/qemu/0001-9pfs-Add-9pfs-support-for-Windows-host.json";
        string json = System.IO.File.ReadAllText(Path.Combine(Repository.Root, File));
        string[] scalars = ["null", "wrong type", "empty", "wrong pattern"];
        IEnumerable<Mutation> mutations = scalars
            .SelectMany(way => Mutations.Replace(json, Mutations.Replacements[way]))
            .Concat(Mutations.Remove(json))
            .Concat(Mutations.AddUnknown(json));

        using (Assert.EnterMultipleScope())
        {
            foreach (Mutation mutation in mutations)
            {
                folder.Write(File, mutation.Json);
                Assert.That(
                    folder.Errors("2023.04"),
                    patchSchema.Validate(mutation.Json).Count == 0 ? Is.Empty : Has.Exactly(1).StartsWith($"{File}: {mutation.Path}"),
                    mutation.Path);
            }
        }
    }

    private static string Text(string line) =>
        line == BasedLine.Name ? BasedLine.Json : File.ReadAllText(Path.Combine(Repository.Paths.Versions, line + ".json"));
}
