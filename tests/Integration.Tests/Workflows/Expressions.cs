using System.Text.RegularExpressions;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>The part of GitHub's expressions that the workflows keep to: a name, and the comparison of a name with a text.</summary>
/// <param name="values">What names mean: <c>matrix.target</c>; what is not there is empty.</param>
internal sealed partial class Expressions(IReadOnlyDictionary<string, string> values)
{
    /// <summary>A text with its expressions replaced.</summary>
    public string Fill(string text) => Placeholder().Replace(text, match => ValueOf(match.Groups[1].Value));

    /// <summary>True where a condition holds.</summary>
    public bool Holds(string condition)
    {
        Match match = Comparison().Match(condition);
        Assert.That(match.Success, Is.True, $"the tests do not know the condition {condition}");
        return (ValueOf(match.Groups[1].Value) == match.Groups[3].Value) == (match.Groups[2].Value == "==");
    }

    /// <summary>The names in a text's expressions.</summary>
    public static IEnumerable<string> NamesIn(string text) => Placeholder().Matches(text).Select(match => match.Groups[1].Value);

    private string ValueOf(string name)
    {
        Assert.That(name, Does.Match(@"^(matrix|inputs|needs|steps|github|runner)(\.[A-Za-z0-9_]+)+$"), "the tests know names only");
        return values.GetValueOrDefault(name, string.Empty);
    }

    [GeneratedRegex(@"\$\{\{ *(.*?) *\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^([A-Za-z0-9_.]+) (==|!=) '([^']*)'$")]
    private static partial Regex Comparison();
}
