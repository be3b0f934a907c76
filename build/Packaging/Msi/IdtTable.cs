namespace Qcw.Build.Packaging.Msi;

/// <summary>
/// A table of an MSI in the text form that msiinfo writes and msibuild reads: three lines about the columns, then one line for each row;
/// lines end in CRLF, and tabs separate the columns (Microsoft's "Text Archive Files").
/// </summary>
internal sealed class IdtTable
{
    private readonly string types;
    private readonly string keys;
    private readonly List<string[]> rows;

    /// <param name="name">The table's name.</param>
    /// <param name="columns">Names and types: <c>Action s72</c>.</param>
    /// <param name="keyCount">How many of the first columns are the key.</param>
    /// <param name="rows">The rows, each with as many values as there are columns.</param>
    public IdtTable(string name, IReadOnlyList<string> columns, int keyCount, IEnumerable<string[]> rows)
    {
        Name = name;
        Columns = [.. columns.Select(column => column.Split(' ')[0])];
        types = string.Join('\t', columns.Select(column => column.Split(' ')[1]));
        keys = string.Join('\t', Columns.Take(keyCount).Prepend(name));
        this.rows = [.. rows];
    }

    private IdtTable(string name, string[] lines)
    {
        Name = name;
        Columns = lines[0].Split('\t');
        types = lines[1];
        keys = lines[2];
        rows = [.. lines.Skip(3).Where(line => line.Length > 0).Select(line => line.Split('\t'))];
    }

    public string Name { get; }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<string[]> Rows => rows;

    /// <summary>Reads the output of <c>msiinfo export</c>.</summary>
    /// <exception cref="BuildException">The text is not a table of that name, or a row has too few or too many columns.</exception>
    public static IdtTable Parse(string name, string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines.Length < 3 || lines[2].Split('\t')[0] != name)
        {
            throw new BuildException($"the table {name} could not be read from the MSI; got: {text}");
        }

        var table = new IdtTable(name, lines);
        return table.rows.TrueForAll(row => row.Length == table.Columns.Count)
            ? table
            : throw new BuildException($"a row of the table {name} of the MSI does not have {table.Columns.Count} columns");
    }

    /// <summary>The text form.</summary>
    public string Text()
    {
        IEnumerable<string> lines = [string.Join('\t', Columns), types, keys, .. rows.Select(row => string.Join('\t', row))];
        return string.Concat(lines.Select(line => line + "\r\n"));
    }

    /// <summary>A value of a row.</summary>
    public string Get(string[] row, string column) => row[IndexOf(column)];

    /// <summary>Changes a value of a row.</summary>
    public void Set(string[] row, string column, string value) => row[IndexOf(column)] = value;

    /// <summary>The first row whose first column has that value.</summary>
    /// <exception cref="BuildException">No row has it.</exception>
    public string[] Row(string key) =>
        rows.Find(row => row[0] == key) ?? throw new BuildException($"the table {Name} of the MSI has no row {key}");

    public void Add(params string[] row) => rows.Add(row);

    public void Remove(string key) => rows.RemoveAll(row => row[0] == key);

    private int IndexOf(string column)
    {
        int index = Columns.ToList().IndexOf(column);
        return index >= 0 ? index : throw new BuildException($"the table {Name} of the MSI has no column {column}");
    }
}
