namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>Reads finished MSIs with msiinfo.</summary>
internal static class MsiTable
{
    /// <summary>The rows of a table, columns separated by <c>|</c>, sorted.</summary>
    public static string[] Rows(string msi, string table) =>
        [
            .. ProcessRunner
                .Run(new ProcessRequest("msiinfo", "export", msi, table))
                .StandardOutput.Split('\n')
                .Skip(3)
                .Select(line => line.TrimEnd('\r').Replace('\t', '|'))
                .Where(line => line.Length > 0)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The value of a property.</summary>
    public static string Property(string msi, string name) =>
        Rows(msi, "Property").Single(row => row.StartsWith(name + '|', StringComparison.Ordinal))[(name.Length + 1)..];

    /// <summary>A row of the summary information.</summary>
    public static string Summary(string msi, int id) =>
        Rows(msi, "_SummaryInformation").Single(row => row.StartsWith($"{id}|", StringComparison.Ordinal)).Split('|')[1];
}
