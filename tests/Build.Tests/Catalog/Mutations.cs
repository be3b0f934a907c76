using System.Text.Json.Nodes;

namespace Qcw.Build.Tests.Catalog;

/// <summary>Walks a JSON file and breaks each kind of field of it in turn, in one way at a time.</summary>
internal static class Mutations
{
    // a line has hundreds of fields that are read by the same code, and breaking every one takes minutes
    private const int MostAlike = 2;

    /// <summary>Every way of breaking a value: its name, and the replacements it makes of a value (none: not applicable).</summary>
    public static readonly IReadOnlyDictionary<string, Func<JsonNode, IEnumerable<JsonNode?>>> Replacements =
        new Dictionary<string, Func<JsonNode, IEnumerable<JsonNode?>>>
        {
            ["null"] = _ => [null],
            ["wrong type"] = value => value is JsonValue
                ? [JsonValue.Create(5), new JsonObject(), new JsonArray(value.DeepClone())]
                : [JsonValue.Create("text"), JsonValue.Create(0), value is JsonArray ? new JsonObject() : new JsonArray()],
            ["empty"] = value => value is JsonValue
                ? [JsonValue.Create(string.Empty)]
                : [value is JsonArray ? new JsonArray() : new JsonObject()],
            ["wrong pattern"] = value => value is JsonValue text ? [$"{text} ", $"\u00e9\u0000{text}"] : [],
            ["repeated element"] = value => value is JsonArray list
                ? [new JsonArray([.. list.Append(list[0]).Select(item => item!.DeepClone())])]
                : [],
            ["foreign element"] = value => value is JsonArray list
                ? [new JsonArray([.. list.Select(item => item!.DeepClone()), JsonValue.Create(7)])]
                : [],
        };

    /// <summary>Each kind of field, also of elements of lists, replaced.</summary>
    public static IEnumerable<Mutation> Replace(string json, Func<JsonNode, IEnumerable<JsonNode?>> replace)
    {
        JsonNode root = JsonNode.Parse(json)!;
        return from place in Fields(root)
               from replacement in replace(place.At(root)!)
               select place.Change(json, (parent, key) => Set(parent, key, replacement?.DeepClone()));
    }

    /// <summary>Each kind of field and of element removed.</summary>
    public static IEnumerable<Mutation> Remove(string json) =>
        Fields(JsonNode.Parse(json)!).Select(place => place.Change(json, Remove));

    /// <summary>A field that nobody knows added beside each kind of field; the path is the new field's.</summary>
    public static IEnumerable<Mutation> AddUnknown(string json) =>
        Fields(JsonNode.Parse(json)!)
            .Where(place => place.Key is string)
            .Select(place => place.Change(json, (parent, _) => parent["surprise"] = 1))
            .Select(mutation => mutation with { Path = mutation.Parent.Length == 0 ? "surprise" : mutation.Parent + ".surprise" })
            .DistinctBy(mutation => mutation.Path);

    private static IEnumerable<JsonPlace> Fields(JsonNode root) =>
        Places(root).GroupBy(place => place.KindIn(root)).SelectMany(alike => alike.Take(MostAlike));

    private static IEnumerable<JsonPlace> Places(JsonNode node, JsonPlace? parent = null)
    {
        IEnumerable<(object Key, JsonNode? Value)> children = node switch
        {
            JsonObject fields => fields.Select(field => ((object)field.Key, field.Value)),
            JsonArray list => list.Select((item, index) => ((object)index, item)),
            _ => [],
        };
        foreach ((object key, JsonNode? value) in children)
        {
            var place = new JsonPlace(parent, key);
            yield return place;
            foreach (JsonPlace inner in Places(value!, place))
            {
                yield return inner;
            }
        }
    }

    private static void Set(JsonNode parent, object key, JsonNode? value)
    {
        if (key is int index)
        {
            parent[index] = value;
        }
        else
        {
            parent[(string)key] = value;
        }
    }

    private static void Remove(JsonNode parent, object key)
    {
        if (key is int index)
        {
            parent.AsArray().RemoveAt(index);
        }
        else
        {
            parent.AsObject().Remove((string)key);
        }
    }
}
