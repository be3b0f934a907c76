using System.Text.Json;
using NJsonSchema;

namespace Qcw.Build.Tests.Catalog;

/// <summary>The schemas are for editors; these tests keep them beside the loader.</summary>
public sealed class SchemaTests
{
    public static IEnumerable<TestCaseData<string, string>> Files =>
        LineFolder.RealNames.Select(name => ("build/Catalog/Versions/line.schema.json", $"build/Catalog/Versions/{name}.json"))
            .Concat(Directory.EnumerateFiles(Repository.Paths.Patches, "*-*.json", SearchOption.AllDirectories)
                .Select(file => ("patches/patch.schema.json", Path.GetRelativePath(Repository.Root, file))))
            .Concat(Directory.EnumerateFiles(Repository.Paths.Advisories, "*.json")
                .Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal))
                .Select(file => ("build/Advisories/advisories.schema.json", Path.GetRelativePath(Repository.Root, file))))
            .Select(pair => new TestCaseData<string, string>(pair.Item1, pair.Item2));

    [TestCaseSource(nameof(Files))]
    public async Task The_real_files_are_valid_and_name_their_schema(string schemaFile, string file)
    {
        JsonSchema schema = await JsonSchema.FromFileAsync(Path.Combine(Repository.Root, schemaFile));
        string path = Path.Combine(Repository.Root, file);
        string json = await File.ReadAllTextAsync(path);

        Assert.That(schema.Validate(json), Is.Empty);
        string named = JsonDocument.Parse(json).RootElement.GetProperty("$schema").GetString()!;
        Assert.That(
            Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, named)),
            Is.EqualTo(Path.Combine(Repository.Root, schemaFile)));
    }

    [TestCase("build/Catalog/Versions/line.schema.json")]
    [TestCase("patches/patch.schema.json")]
    [TestCase("build/Advisories/advisories.schema.json")]
    public void Every_field_has_a_description_and_no_object_is_open(string schemaFile)
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, schemaFile)));

        Check(schema.RootElement, schema.RootElement, schemaFile);
    }

    private static void Check(JsonElement root, JsonElement node, string path)
    {
        if (node.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (node.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object)
        {
            Assert.That(node.GetProperty("additionalProperties").ValueKind, Is.EqualTo(JsonValueKind.False), path);
            foreach (JsonProperty field in properties.EnumerateObject())
            {
                JsonElement target = field.Value.TryGetProperty("$ref", out JsonElement reference)
                    ? root.GetProperty("definitions").GetProperty(reference.GetString()!.Split('/')[^1])
                    : field.Value;
                Assert.That(target.TryGetProperty("description", out _), Is.True, $"{path}/{field.Name} has no description");
            }
        }

        // a condition asks for values; the fields are described elsewhere
        foreach (JsonProperty child in node.EnumerateObject().Where(child => child.Name != "if"))
        {
            Check(root, child.Value, $"{path}/{child.Name}");
        }
    }
}
