using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Verifying.Explanation;

/// <summary>What differs between the tables of two MSIs.</summary>
internal static class MsiDifference
{
    private const string Table = ".idt";
    private const string Codepage = "_ForceCodepage" + Table;

    // of the cabinet the files are compared one by one, and the summary is a table too
    private static readonly string[] KnownOtherwise = ["_Streams/product.cab", "_Streams/SummaryInformation"];

    /// <summary>The differences, one table or stream after the other.</summary>
    /// <param name="theirs">The tables of the published one, a folder.</param>
    /// <param name="ours">The tables of the one built here, a folder.</param>
    /// <exception cref="BuildException">One is damaged.</exception>
    public static IReadOnlyList<string[]> Of(string theirs, string ours)
    {
        SortedDictionary<string, string> published = Unpacking.FilesBelow(theirs);
        SortedDictionary<string, string> built = Unpacking.FilesBelow(ours);
        var found = new List<string[]>();
        found.AddRange(published.Keys.Except(built.Keys).Select(name => (string[])[$"{Show(name)}: only published"]));
        found.AddRange(built.Keys.Except(published.Keys).Select(name => (string[])[$"{Show(name)}: only built here"]));
        foreach (string name in published.Keys.Intersect(built.Keys).Except(KnownOtherwise))
        {
            if (Files.SameBytes(published[name], built[name]))
            {
                continue;
            }

            if (name.EndsWith(Table, StringComparison.Ordinal) && name != Codepage)
            {
                string table = name[..^Table.Length];
                found.AddRange(Rows(
                    IdtTable.Parse(table, File.ReadAllText(published[name])), IdtTable.Parse(table, File.ReadAllText(built[name]))));
            }
            else
            {
                found.Add([$"{Show(name)}: other bytes"]);
            }
        }

        return found;
    }

    // rows belong together where their first columns are the same; what is left over is new or gone
    private static IEnumerable<string[]> Rows(IdtTable theirs, IdtTable ours)
    {
        static string Text(string[] row) => string.Join('\t', row);
        var here = ours.Rows.Select(Text).ToHashSet(StringComparer.Ordinal);
        var there = theirs.Rows.Select(Text).ToHashSet(StringComparer.Ordinal);
        string[][] gone = [.. theirs.Rows.Where(row => !here.Contains(Text(row)))];
        List<string[]> added = [.. ours.Rows.Where(row => !there.Contains(Text(row)))];
        if (!theirs.Columns.SequenceEqual(ours.Columns))
        {
            yield return
            [
                $"table {theirs.Name}: other columns",
                .. Excerpt.Quotes(string.Join(' ', theirs.Columns), string.Join(' ', ours.Columns)),
            ];
            yield break;
        }

        if (gone.Length + added.Count == 0)
        {
            yield return [$"table {theirs.Name}: the same rows in another order, or other types of columns"];
        }

        foreach (string[] row in gone)
        {
            string[]? other = added.FirstOrDefault(one => one[0] == row[0]);
            if (other is null)
            {
                yield return [$"table {theirs.Name}: row {Show(row)} is only published"];
                continue;
            }

            added.Remove(other);
            string[] columns = [.. theirs.Columns.Where((_, at) => row[at] != other[at])];
            int first = theirs.Columns.ToList().IndexOf(columns[0]);
            yield return
            [
                $"table {theirs.Name}, row {Excerpt.Quote(row[0])}, column {string.Join(", ", columns)}:",
                .. Excerpt.Quotes(row[first], other[first]),
            ];
        }

        foreach (string[] row in added)
        {
            yield return [$"table {theirs.Name}: row {Show(row)} is only built here"];
        }
    }

    private static string Show(string file) =>
        file.EndsWith(Table, StringComparison.Ordinal) ? $"table {file[..^Table.Length]}" : $"stream {Path.GetFileName(file)}";

    private static string Show(string[] row) => Excerpt.Quote(string.Join(" | ", row));
}
