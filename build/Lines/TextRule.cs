using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Qcw.Build.Lines;

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
