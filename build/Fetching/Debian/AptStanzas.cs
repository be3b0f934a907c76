namespace Qcw.Build.Fetching.Debian;

/// <summary>Reads Debian's control format: stanzas of <c>Field: value</c>, continued by indented lines.</summary>
public static class AptStanzas
{
    /// <summary>Each stanza's fields by name; continuation lines are joined by LF.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Parse(string text)
    {
        var stanzas = new List<IReadOnlyDictionary<string, string>>();
        Dictionary<string, string>? stanza = null;
        string field = string.Empty;
        foreach (string line in text.Split('\n'))
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                stanza = null;
            }
            else if (line[0] is ' ' or '\t')
            {
                if (stanza is not null)
                {
                    stanza[field] += "\n" + line.Trim();
                }
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                if (stanza is null)
                {
                    stanza = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                    stanzas.Add(stanza);
                }

                field = line[..colon];
                stanza[field] = line[(colon + 1)..].Trim();
            }
        }

        return stanzas;
    }
}
