using System.Text.Json;

namespace Qcw.Build.Catalog.Reading;

/// <summary>The fields of a JSON object. What a reader does not ask for is unknown, and reported by <see cref="Close"/>.</summary>
internal sealed class Fields
{
    private readonly OrderedDictionary<string, Field> fields = new(StringComparer.Ordinal);
    private readonly List<string> known = [];
    private readonly Place place;
    private readonly Problems problems;

    public Fields(JsonElement json, Place place, Problems problems)
        : this(place, problems)
    {
        foreach (JsonProperty property in json.EnumerateObject())
        {
            Place at = place.Field(property.Name);
            if (!fields.TryAdd(property.Name, new Field(property.Value, at, problems)))
            {
                problems.Add(at, "appears twice in the same object, expected each name once");
            }
        }
    }

    private Fields(Place place, Problems problems)
    {
        this.place = place;
        this.problems = problems;
    }

    /// <summary>
    /// These fields, and those of another object that this one lacks, each at its own place. What was asked for before is not taken from
    /// the other object.
    /// </summary>
    public Fields OrElse(Fields other)
    {
        var both = new Fields(place, problems);
        both.known.AddRange(known);
        foreach ((string name, Field field) in fields.Concat(other.fields.ExceptBy(known, entry => entry.Key)))
        {
            both.fields.TryAdd(name, field);
        }

        return both;
    }

    /// <summary>A field that must be there.</summary>
    public Field? Required(string name, string expected)
    {
        Field? field = Optional(name);
        if (field is null)
        {
            problems.Add(place.Field(name), $"is missing, expected {expected}");
        }

        return field;
    }

    /// <summary>A field that may be left out; JSON's null is not the same as leaving it out.</summary>
    public Field? Optional(string name)
    {
        known.Add(name);
        return fields.GetValueOrDefault(name);
    }

    /// <summary>A text that must be there.</summary>
    public string? Text(string name, TextRule rule) => Required(name, rule.Expected)?.Text(rule);

    /// <summary>A list that may be left out, which means: no element.</summary>
    public IReadOnlyList<(string Text, Field Field)> OptionalTexts(string name, TextRule rule) => Optional(name)?.Texts(rule) ?? [];

    /// <summary>All fields, at least one, of an object whose names are free within a rule; in the order of the file.</summary>
    public IReadOnlyList<(string Name, Field Field)> Entries(TextRule rule, string expected)
    {
        if (fields.Count == 0)
        {
            problems.Add(place, $"is empty, expected {expected}");
        }

        foreach ((string name, Field field) in fields)
        {
            if (!rule.Accepts(name))
            {
                problems.Add(field.Place, $"found the name {JsonSerializer.Serialize(name)}, expected {rule.Expected}");
            }
        }

        return [.. fields.Select(entry => (entry.Key, entry.Value))];
    }

    /// <summary>Reports every field that no reader asked for.</summary>
    public void Close()
    {
        foreach ((string name, Field field) in fields)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                string? nearest = Nearest.Match(name, known);
                string hint = nearest is null ? "." : $"; did you mean {nearest}?";
                problems.Add(field.Place, $"unknown field{hint} Allowed here: {string.Join(", ", known)}");
            }
        }
    }
}
