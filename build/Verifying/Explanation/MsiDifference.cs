using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Verifying.Explanation;

/// <summary>What differs between the tables of two MSIs.</summary>
internal static class MsiDifference
{
    private const string CodepageTable = "_ForceCodepage";
    private const string Files = "product.cab";

    /// <summary>The differences, one table after the other.</summary>
    /// <param name="tools">The programs of this machine.</param>
    /// <param name="theirs">Published, a full path.</param>
    /// <param name="ours">Built here, a full path.</param>
    /// <exception cref="BuildException">One is damaged, or msiinfo is missing.</exception>
    public static IReadOnlyList<string[]> Of(ToolFinder tools, string theirs, string ours)
    {
        string program = tools.Find(ToolCatalog.Find("msiinfo")).Path
            ?? throw new BuildException("msiinfo is not here (msitools), so no table can be read");
        string[] Names(string what, string msi) => [
            .. Ask(what, msi).Split('\n').Where(name => name.Length > 0).Order(StringComparer.Ordinal),
        ];
        string Ask(params string[] arguments) => ProcessRunner.Run(new ProcessRequest(program, arguments)).StandardOutput;

        var found = new List<string[]>();
        string[] published = Names("tables", theirs);
        string[] built = Names("tables", ours);
        found.AddRange(published.Except(built).Select(name => (string[])[$"table {name}: only published"]));
        found.AddRange(built.Except(published).Select(name => (string[])[$"table {name}: only built here"]));
        foreach (string table in published.Intersect(built).Where(table => table != CodepageTable))
        {
            (string one, string other) = (Ask("export", theirs, table), Ask("export", ours, table));
            if (one != other)
            {
                found.AddRange(Rows(IdtTable.Parse(table, one), IdtTable.Parse(table, other)));
            }
        }

        // the cabinet's files are compared one by one; a summary is a table too
        string[] theirStreams = Names("streams", theirs);
        string[] ourStreams = Names("streams", ours);
        found.AddRange(theirStreams.Except(ourStreams).Select(name => (string[])[$"stream {name}: only published"]));
        found.AddRange(ourStreams.Except(theirStreams).Select(name => (string[])[$"stream {name}: only built here"]));
        foreach (string stream in theirStreams.Intersect(ourStreams).Where(name => name is not (Files or "SummaryInformation")))
        {
            if (Ask("extract", theirs, stream) != Ask("extract", ours, stream))
            {
                found.Add([$"stream {stream}: other bytes"]);
            }
        }

        return found;
    }

    // rows belong together where their first columns are the same; what is left over is new or gone
    private static IEnumerable<string[]> Rows(IdtTable theirs, IdtTable ours)
    {
        string[] Texts(IdtTable table) => [.. table.Rows.Select(row => string.Join('\t', row))];
        string[][] gone = [.. theirs.Rows.Where(row => !Texts(ours).Contains(string.Join('\t', row)))];
        List<string[]> added = [.. ours.Rows.Where(row => !Texts(theirs).Contains(string.Join('\t', row)))];
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
            string[] columns = [.. theirs.Columns.Where((_, at) => at < other.Length && row[at] != other[at])];
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

    private static string Show(string[] row) => Excerpt.Quote(string.Join(" | ", row));
}
