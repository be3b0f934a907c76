using System.Text.Json;
using Qcw.Build.Attesting;

namespace Qcw.Build.Verifying;

/// <summary>An in-toto Statement v1 (in-toto attestation framework, "Statement"): what somebody says about files.</summary>
/// <param name="Subjects">The files: their names and sha256, 64 lower-case hex digits.</param>
/// <param name="PredicateType">What kind of thing it says, a URI.</param>
/// <param name="Predicate">What it says.</param>
public sealed record Statement(IReadOnlyDictionary<string, string> Subjects, string PredicateType, JsonElement Predicate)
{
    /// <summary>Reads a statement.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="where">The file it stands in, for messages.</param>
    /// <exception cref="BuildException">It is none, or a subject has no name or no sha256.</exception>
    public static Statement Parse(ReadOnlyMemory<byte> json, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            if (Text(root, "_type") is var type && type != ReleaseProvenance.StatementType)
            {
                throw new BuildException($"{where}: _type: found \"{type}\", expected {ReleaseProvenance.StatementType}");
            }

            var subjects = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (JsonElement subject in Items(root, "subject"))
            {
                string? sha256 = Member(subject, "digest") is { } digest ? Text(digest, "sha256") : null;
                if (Text(subject, "name") is not { Length: > 0 } name || sha256 is not { Length: 64 } || !subjects.TryAdd(name, sha256))
                {
                    throw new BuildException(
                        $"{where}: subject: found {subject}, expected a name that no other has, and its digest.sha256");
                }
            }

            return new Statement(
                subjects, Text(root, "predicateType") ?? string.Empty,
                Member(root, "predicate")?.Clone() ?? throw new BuildException($"{where} has no predicate"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // the second one for a text whose letters are damaged
            throw new BuildException($"{where} is not JSON: {e.Message}", e);
        }
    }

    /// <summary>A member of an object; null: there is none.</summary>
    internal static JsonElement? Member(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out JsonElement member) ? member : null;

    /// <summary>A text in an object; null: there is none.</summary>
    internal static string? Text(JsonElement from, string name) =>
        Member(from, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The items of an array in an object; none where there is no such array.</summary>
    internal static IReadOnlyList<JsonElement> Items(JsonElement from, string name) =>
        Member(from, name) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : [];
}
