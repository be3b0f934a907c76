namespace Qcw.Build.Packaging.Msi;

/// <summary>The facts that a finished MSI states about itself, for package managers.</summary>
/// <param name="ProductCode">Braces, upper case. It is also the key under Apps &amp; Features.</param>
/// <param name="UpgradeCode">Braces, upper case.</param>
/// <param name="ProductName">In Apps &amp; Features.</param>
/// <param name="Manufacturer">In Apps &amp; Features.</param>
/// <param name="ProductVersion">Three numbers, in Apps &amp; Features.</param>
/// <param name="ExtractedFolder">
/// Where an administrative installation (<c>msiexec /a</c>) puts the install folder, below its TARGETDIR, with <c>/</c>.
/// </param>
/// <param name="Files">The files below the install folder, with <c>/</c>, sorted.</param>
public sealed record MsiPackage(
    string ProductCode,
    string UpgradeCode,
    string ProductName,
    string Manufacturer,
    string ProductVersion,
    string ExtractedFolder,
    IReadOnlyList<string> Files)
{
    private const string Root = "TARGETDIR";

    /// <summary>Reads an MSI with msiinfo.</summary>
    /// <exception cref="BuildException">msiinfo cannot read it, or it lacks something that every MSI of ours has.</exception>
    public static MsiPackage Read(string msi)
    {
        IdtTable properties = Export(msi, "Property");
        IdtTable folders = Export(msi, "Directory");
        IdtTable components = Export(msi, "Component");
        IdtTable files = Export(msi, "File");
        string installFolder = FolderAt(folders, MsiPart.InstallFolder);
        string below = installFolder + '/';
        return new MsiPackage(
            Property("ProductCode"), Property("UpgradeCode"), Property("ProductName"), Property("Manufacturer"), Property("ProductVersion"),
            installFolder,
            [
                .. files.Rows.Select(PathOf).Where(path => path.StartsWith(below, StringComparison.Ordinal))
                    .Select(path => path[below.Length..]).Order(StringComparer.Ordinal),
            ]);

        string Property(string name) => properties.Get(properties.Row(name), "Value");

        string PathOf(string[] file)
        {
            string[] component = components.Row(files.Get(file, "Component_"));
            return $"{FolderAt(folders, components.Get(component, "Directory_"))}/{LongName(files.Get(file, "FileName"))}";
        }
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

    // target:source, each short|long (Microsoft's "Directory table"); an administrative installation takes the source
    private static string SourceName(string defaultDir) =>
        LongName(defaultDir[(defaultDir.IndexOf(':', StringComparison.Ordinal) + 1)..]);

    private static string LongName(string name) => name[(name.IndexOf('|', StringComparison.Ordinal) + 1)..];
}
