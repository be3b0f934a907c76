namespace Qcw.Build.Packaging.Msi;

/// <summary>What an MSI says of itself: for those who are told about it before they install it.</summary>
/// <param name="ProductCode">Braces, upper case; also its key under Apps &amp; Features.</param>
/// <param name="UpgradeCode">Braces, upper case.</param>
/// <param name="ProductName">In Apps &amp; Features.</param>
/// <param name="Manufacturer">In Apps &amp; Features.</param>
/// <param name="ProductVersion">Three numbers, in Apps &amp; Features.</param>
/// <param name="ExtractedFolder">Where an administrative installation (<c>msiexec /a</c>) puts the install folder, below its TARGETDIR, with <c>/</c>.</param>
/// <param name="Files">Everything below the install folder, with <c>/</c>, sorted.</param>
public sealed record MsiPackage(
    string ProductCode, string UpgradeCode, string ProductName, string Manufacturer, string ProductVersion, string ExtractedFolder, IReadOnlyList<string> Files)
{
    private const string Root = "TARGETDIR";

    /// <summary>Reads an MSI with msiinfo.</summary>
    /// <exception cref="BuildException">msiinfo cannot read it, or it lacks something that every MSI of ours has.</exception>
    public static MsiPackage Read(string msi)
    {
        IdtTable properties = Export(msi, "Property");
        IdtTable folders = Export(msi, "Directory");
        string installFolder = FolderAt(folders, MsiDescription.InstallFolder);
        string below = installFolder + '/';
        IdtTable components = Export(msi, "Component");
        IdtTable files = Export(msi, "File");
        return new MsiPackage(
            Property("ProductCode"), Property("UpgradeCode"), Property("ProductName"), Property("Manufacturer"), Property("ProductVersion"), installFolder,
            [
                .. files.Rows
                    .Select(row => $"{FolderAt(folders, components.Get(components.Row(files.Get(row, "Component_")), "Directory_"))}/{LongName(files.Get(row, "FileName"))}")
                    .Where(path => path.StartsWith(below, StringComparison.Ordinal)).Select(path => path[below.Length..]).Order(StringComparer.Ordinal),
            ]);

        string Property(string name) => properties.Get(properties.Row(name), "Value");
    }

    private static IdtTable Export(string msi, string table) =>
        IdtTable.Parse(table, ProcessRunner.Run(new ProcessRequest("msiinfo", "export", msi, table)).StandardOutput);

    // a single dot: the same folder as the one above
    private static string FolderAt(IdtTable folders, string id)
    {
        var names = new List<string>();
        while (id != Root)
        {
            string[] row = folders.Row(id);
            string name = SourceName(folders.Get(row, "DefaultDir"));
            if (name != ".")
            {
                names.Insert(0, name);
            }

            id = folders.Get(row, "Directory_Parent");
        }

        return string.Join('/', names);
    }

    // target:source, each short|long (Microsoft's "Directory table"); an administrative installation takes the source's
    private static string SourceName(string defaultDir) => LongName(defaultDir[(defaultDir.IndexOf(':', StringComparison.Ordinal) + 1)..]);

    private static string LongName(string name) => name[(name.IndexOf('|', StringComparison.Ordinal) + 1)..];
}
