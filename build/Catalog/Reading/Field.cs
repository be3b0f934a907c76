using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Qcw.Build.Catalog.Reading;

/// <summary>A JSON value, where it is, and whom to tell that it is wrong. Readers return null for what they reported.</summary>
internal sealed class Field(JsonElement value, Place place, Problems problems)
{
    private const int LongestQuote = 80;

    /// <summary>Where the value is.</summary>
    public Place Place => place;

    /// <summary>True for a JSON object, for what may be one or something else.</summary>
    public bool IsObject => value.ValueKind == JsonValueKind.Object;

    /// <summary>A text that fits a rule.</summary>
    public string? Text(TextRule rule)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && rule.Accepts(text))
        {
            return text;
        }

        Reject(rule.Expected);
        return null;
    }

    /// <summary>A JSON <c>true</c>; <c>false</c> is what leaving the field out means.</summary>
    public bool? Flag()
    {
        if (value.ValueKind == JsonValueKind.True)
        {
            return true;
        }

        Reject("true (leave the field out for false)");
        return null;
    }

    /// <summary>A list of different texts that fit a rule, each with its place; what does not fit is reported and left out.</summary>
    public IReadOnlyList<(string Text, Field Field)> Texts(TextRule rule)
    {
        var texts = new List<(string, Field)>();
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            Reject($"a list with at least one element, each {rule.Expected}");
            return texts;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((int index, JsonElement element) in value.EnumerateArray().Index())
        {
            var item = new Field(element, place.Item(index), problems);
            if (item.Text(rule) is not { } text)
            {
                continue;
            }

            if (seen.Add(text))
            {
                texts.Add((text, item));
            }
            else
            {
                item.Reject("each element once");
            }
        }

        return texts;
    }

    /// <summary>The different elements of a list that has at least one.</summary>
    public IEnumerable<Field> Items(string expected)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            Reject(expected);
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((int index, JsonElement element) in value.EnumerateArray().Index())
        {
            var item = new Field(element, place.Item(index), problems);
            if (seen.Add(element.GetRawText()))
            {
                yield return item;
            }
            else
            {
                item.Reject("each element once");
            }
        }
    }

    /// <summary>The fields of an object.</summary>
    public Fields? Object(string expected)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return new Fields(value, place, problems);
        }

        Reject(expected);
        return null;
    }

    /// <summary>Reports what was found and what would be allowed.</summary>
    public void Reject(string expected) => problems.Add(place, $"found {Quote()}, expected {expected}");

    private string Quote() => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "an empty list" : "a list",
        _ => Shorten(value.GetRawText()),
    };

    // JSON lets some control characters through unescaped; a terminal must not be misled by them
    private static string Shorten(string json)
    {
        string start = json.Length <= LongestQuote ? json : json[..LongestQuote] + "…";
        return string.Concat(start.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : $"{c}"));
    }
}

/// <summary>What a text field may hold.</summary>
internal sealed class TextRule
{
    private readonly Regex pattern;

    /// <param name="expected">Completes the sentence "expected …".</param>
    /// <param name="pattern">The same text as the field's <c>pattern</c> in the schema.</param>
    public TextRule(string expected, [StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    {
        Expected = expected;
        this.pattern = new Regex(pattern, RegexOptions.CultureInvariant);
    }

    /// <summary>Completes the sentence "expected …".</summary>
    public string Expected { get; }

    /// <summary>True where the text fits. Control characters never do: in a pattern, <c>$</c> would let a final line feed pass.</summary>
    public bool Accepts(string text) => !text.Any(char.IsControl) && pattern.IsMatch(text);
}
