using System.Text.Json.Nodes;

namespace Qcw.Build.Tests.Catalog;

/// <summary>Where a value stands in a JSON file.</summary>
/// <param name="Parent">The place of the object or list around it, or null for the file's own object.</param>
/// <param name="Key">A field's name or an index.</param>
internal sealed record JsonPlace(JsonPlace? Parent, object Key)
{
    /// <summary>As the loader writes it.</summary>
    public string Path => Key is int index ? $"{Parent!.Path}[{index}]"
        : Parent is null ? Step((string)Key)
        : ((string)Key).Contains('.', StringComparison.Ordinal) ? Parent.Path + Step((string)Key)
        : $"{Parent.Path}.{Key}";

    /// <summary>
    /// The same for places whose values are read alike: entries of a list, of components or libraries, of hosts; sources of one kind.
    /// </summary>
    public string KindIn(JsonNode root)
    {
        JsonNode? value = At(root);
        string name = Key is int || Parent?.Key is "components" or "libraries" or "firmware" or "as" or "archives" or "packages"
            ? "*" : (string)Key;
        string kind = value is JsonObject fields ? (fields["kind"] ?? fields["watch"])?.ToString() ?? string.Empty : string.Empty;
        return $"{Parent?.KindIn(root)}.{name} {value?.GetValueKind()} {kind}";
    }

    public JsonNode? At(JsonNode root)
    {
        JsonNode parent = Parent?.At(root) ?? root;
        return Key is int index ? parent[index] : parent[(string)Key];
    }

    /// <summary>The file with the object or list around this place changed.</summary>
    public Mutation Change(string json, Action<JsonNode, object> change)
    {
        JsonNode root = JsonNode.Parse(json)!;
        change(Parent?.At(root) ?? root, Key);
        return new Mutation(Path, Parent?.Path ?? string.Empty, root.ToJsonString());
    }

    private static string Step(string name) => name.Contains('.', StringComparison.Ordinal) ? $"[\"{name}\"]" : name;
}
