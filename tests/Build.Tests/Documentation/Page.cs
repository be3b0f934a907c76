using System.Text.RegularExpressions;

namespace Qcw.Build.Tests.Documentation;

/// <summary>A page of the documentation, as far as tests look at it.</summary>
/// <param name="Name">Its path in the repository, with <c>/</c>.</param>
/// <param name="Text">Markdown; code blocks are indented.</param>
internal sealed partial record Page(string Name, string Text)
{
    /// <summary>All pages that people read.</summary>
    public static IReadOnlyList<Page> All { get; } =
    [
        .. ((string[])["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]).Select(name => Path.Combine(Repository.Root, name))
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal))
            .Select(file => new Page(Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'), File.ReadAllText(file))),
    ];

    /// <summary>The targets of its links, those into the web left out.</summary>
    public IEnumerable<string> Links => LinkTarget().Matches(Text).Select(match => match.Groups[1].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>What a link can name behind <c>#</c>: its headings, as GitHub spells them.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Text)
        .Select(match => NoAnchorCharacter().Replace(match.Groups[1].Value.ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    /// <summary>Its code: what stands between backticks, and each line of a code block.</summary>
    public IEnumerable<string> Code => CodeSpan().Matches(Text).Select(match => match.Groups[1].Value)
        .Concat(CodeLine().Matches(Text).Select(match => match.Groups[1].Value));

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex LinkTarget();

    [GeneratedRegex(@"^#+ +(.+?) *$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoAnchorCharacter();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex CodeSpan();

    // four blanks, or seven and more below an item of a numbered list
    [GeneratedRegex(@"^(?: {4}| {7,})(\S.*)$", RegexOptions.Multiline)]
    private static partial Regex CodeLine();
}
