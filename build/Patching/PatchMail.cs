namespace Qcw.Build.Patching;

/// <summary>One mail of a patch series, or a whole patch that is no mail.</summary>
/// <param name="firstLine">The line of the patch file where it begins, counted from 1.</param>
internal sealed class PatchMail(int firstLine)
{
    private readonly List<PatchSection> sections = [];
    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The line of the patch file where it begins, counted from 1.</summary>
    public int FirstLine => firstLine;

    /// <summary>Its bytes, one character each (Latin-1), so that nothing is lost.</summary>
    public string Text { get; set; } = string.Empty;

    /// <summary>The mail's headers; empty where it is no mail.</summary>
    public IDictionary<string, string> Headers => headers;

    /// <summary>The author line, or null.</summary>
    public string? From => headers.GetValueOrDefault("From");

    /// <summary>The subject, or null.</summary>
    public string? Subject => headers.GetValueOrDefault("Subject");

    /// <summary>What it does, a file each, in order.</summary>
    public IReadOnlyList<PatchSection> Sections => sections;

    /// <summary>Adds a file.</summary>
    public PatchSection AddSection(int line)
    {
        sections.Add(new PatchSection(line));
        return sections[^1];
    }
}
