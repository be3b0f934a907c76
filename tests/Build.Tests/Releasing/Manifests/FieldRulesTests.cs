using Qcw.Build.Releasing.Manifests;

namespace Qcw.Build.Tests.Releasing.Manifests;

public sealed class FieldRulesTests
{
    private static readonly FieldRule[] Rules =
    [
        new("name", FieldKind.Text) { IsRequired = true, Pattern = "[a-z]+" },
        new("kind", FieldKind.Text) { Allowed = ["one", "two"] },
        new("short", FieldKind.Text) { Shortest = 2, Longest = 4 },
        new("count", FieldKind.Number),
        new("words", FieldKind.Text) { IsList = true, Longest = 2, Pattern = "[a-z]+" },
        new("items", FieldKind.Fields) { IsList = true },
        new("items/id", FieldKind.Text) { IsRequired = true },
        new("free", FieldKind.Fields),
        new("free/*", FieldKind.Text),
    ];

    [Test]
    public void What_keeps_the_rules_is_accepted() =>
        Assert.That(
            () =>
                Check(
                    ("name", "a"),
                    ("kind", "two"),
                    ("short", "abcd"),
                    ("count", 1),
                    ("words", new[] { "a", "b" }),
                    ("items", Items("x")),
                    ("free", Of(("any", "thing")))),
            Throws.Nothing);

    [Test]
    public void A_missing_field_is_named() => AssertProblem("name: missing, expected a text that matches [a-z]+", ("kind", "one"));

    [Test]
    public void A_missing_field_of_an_item_is_named() =>
        AssertProblem("items/id: missing, expected a text", ("name", "a"), ("items", new object[] { Of() }));

    [Test]
    public void A_field_without_a_rule_is_named() => AssertProblem("nmae: found, but no rule covers it", ("name", "a"), ("nmae", "b"));

    [TestCase("name", "a1", "name: found \"a1\", expected a text that matches [a-z]+")]
    [TestCase("name", "a\n", "name: found \"a\n\", expected a text that matches [a-z]+")]
    [TestCase("kind", "three", "kind: found \"three\", expected one of one, two")]
    [TestCase("short", "a", "short: found \"a\", expected a text of 2 to 4 characters")]
    [TestCase("short", "abcde", "short: found \"abcde\", expected a text of 2 to 4 characters")]
    [TestCase("count", "1", "count: found \"1\", expected a whole number")]
    [TestCase("words", "a", "words: found \"a\", expected a list of a text that matches [a-z]+")]
    [TestCase("items", "a", "items: found \"a\", expected a list of fields")]
    [TestCase("free", 5, "free: found 5, expected fields")]
    public void A_wrong_value_is_shown_beside_what_is_expected(string field, object value, string problem) =>
        AssertProblem(problem, ("name", "a"), (field, value));

    [Test]
    public void A_list_that_is_too_long_or_has_a_wrong_item_is_named()
    {
        AssertProblem("words: found a list of 3, expected a list of", ("name", "a"), ("words", new[] { "a", "b", "c" }));
        AssertProblem("words: found \"B\", expected a text that matches", ("name", "a"), ("words", new[] { "a", "B" }));
    }

    [Test]
    public void Every_required_field_of_the_manifests_is_missed()
    {
        foreach (FieldRule rule in WingetRules
                .Version.Concat(WingetRules.Installer)
                .Concat(WingetRules.DefaultLocale)
                .Concat(ScoopRules.Manifest)
                .Where(rule => rule.IsRequired && !rule.Path.Contains('/', StringComparison.Ordinal)))
        {
            Assert.That(
                () => FieldRules.Check("m", Of(), [rule]), Throws.TypeOf<BuildException>().With.Message.Contains($"{rule.Path}: missing"));
        }
    }

    private static void AssertProblem(string problem, params (string Name, object Value)[] fields) =>
        Assert.That(
            () => Check(fields),
            Throws.TypeOf<BuildException>().With.Message.StartsWith($"the manifest m would not be accepted:\n  {problem}"));

    private static void Check(params (string Name, object Value)[] fields) =>
        FieldRules.Check("m", fields.GroupBy(field => field.Name).ToDictionary(group => group.Key, group => group.Last().Value), Rules);

    private static Dictionary<string, object> Of(params (string Name, object Value)[] fields) =>
        fields.ToDictionary(field => field.Name, field => field.Value);

    private static object[] Items(string id) => [Of(("id", id))];
}
