using System.Text.RegularExpressions;

namespace Qcw.Build.Releasing.Manifests;

/// <summary>
/// Checks a manifest before it is written. The JSON schemas are others' files and not part of this repository; what they say about the
/// fields that we write is in lists of rules, and a field without a rule is refused.
/// </summary>
public static class FieldRules
{
    /// <summary>Checks a whole manifest.</summary>
    /// <param name="name">For the message.</param>
    /// <param name="tree">Its fields.</param>
    /// <param name="rules">What they must be.</param>
    /// <exception cref="BuildException">Names every field that breaks a rule, what was found and what is expected.</exception>
    public static void Check(string name, IReadOnlyDictionary<string, object> tree, IReadOnlyList<FieldRule> rules)
    {
        string[] problems = [.. ProblemsOf(string.Empty, tree, rules)];
        if (problems.Length > 0)
        {
            throw new BuildException(
                $"the manifest {name} would not be accepted:\n  {string.Join("\n  ", problems)}\n"
                    + "The texts are in the component's *Package.cs, the versions in the line.");
        }
    }

    private static IEnumerable<string> ProblemsOf(string folder, IReadOnlyDictionary<string, object> tree, IReadOnlyList<FieldRule> rules)
    {
        foreach (FieldRule rule in rules.Where(rule => rule.IsRequired && rule.Path.StartsWith(folder, StringComparison.Ordinal)))
        {
            string name = rule.Path[folder.Length..];
            if (!name.Contains('/', StringComparison.Ordinal) && !tree.ContainsKey(name))
            {
                yield return $"{rule.Path}: missing, expected {Expected(rule)}";
            }
        }

        foreach ((string name, object value) in tree)
        {
            FieldRule? rule =
                rules.FirstOrDefault(rule => rule.Path == folder + name) ?? rules.FirstOrDefault(rule => rule.Path == folder + "*");
            foreach (string problem in rule is null
                    ? [$"{folder}{name}: found, but no rule covers it"]
                    : ProblemsOf(folder + name, value, rule, rules))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<string> ProblemsOf(string path, object value, FieldRule rule, IReadOnlyList<FieldRule> rules)
    {
        if (!rule.IsList)
        {
            return ProblemsOfItem(path, value, rule, rules);
        }

        return value is object[] items && items.Length > 0 && items.Length <= rule.Longest
            ? items.SelectMany(item => ProblemsOfItem(path, item, rule, rules))
            : [$"{path}: found {Shown(value)}, expected a list of {Expected(rule)}"];
    }

    private static IEnumerable<string> ProblemsOfItem(string path, object value, FieldRule rule, IReadOnlyList<FieldRule> rules) =>
        (rule.Kind, value) switch
        {
            (FieldKind.Fields, IReadOnlyDictionary<string, object> tree) => ProblemsOf(rule.Path + '/', tree, rules),
            (FieldKind.Number, int) => [],
            (FieldKind.Row, string[]) => [],
            (FieldKind.Text, string text) when IsGood(text, rule) => [],
            _ => [$"{path}: found {Shown(value)}, expected {Expected(rule)}"],
        };

    private static bool IsGood(string text, FieldRule rule) =>
        text.Length >= rule.Shortest && (rule.IsList || text.Length <= rule.Longest)
        && (rule.Allowed.Count == 0 || rule.Allowed.Contains(text))
        && (rule.Pattern is null || Regex.IsMatch(text, $@"\A(?:{rule.Pattern})\z"));

    private static string Shown(object value) => value switch
    {
        string text => $"\"{text}\"",
        Array items => $"a list of {items.Length}",
        _ => value.ToString()!,
    };

    private static string Expected(FieldRule rule) => rule switch
    {
        { Allowed.Count: > 0 } => "one of " + string.Join(", ", rule.Allowed),
        { Pattern: { } pattern } => $"a text that matches {pattern}",
        { Kind: FieldKind.Text, Longest: < int.MaxValue } => $"a text of {rule.Shortest} to {rule.Longest} characters",
        { Kind: FieldKind.Text } => "a text",
        { Kind: FieldKind.Number } => "a whole number",
        { Kind: FieldKind.Row } => "a list of texts",
        _ => "fields",
    };
}

/// <summary>What a field of a manifest must be.</summary>
/// <param name="Path">From the manifest's top, with <c>/</c>; lists add nothing, and <c>*</c> stands for any name.</param>
/// <param name="Kind">What it is; a list of these is written in the same way where <see cref="IsList"/> is set.</param>
public sealed record FieldRule(string Path, FieldKind Kind)
{
    /// <summary>True: it must be there wherever the fields around it are.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True: it is a list of <see cref="Kind"/>.</summary>
    public bool IsList { get; init; }

    /// <summary>What the whole text must match; null: anything.</summary>
    public string? Pattern { get; init; }

    /// <summary>What it may be; empty: anything.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Characters of a text, items of a list.</summary>
    public int Longest { get; init; } = int.MaxValue;

    /// <summary>Characters of a text.</summary>
    public int Shortest { get; init; } = 1;
}

/// <summary>What a field of a manifest is.</summary>
public enum FieldKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Fields with rules of their own.</summary>
    Fields,

    /// <summary>A list of texts.</summary>
    Row,
}
