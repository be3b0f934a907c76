namespace Qcw.Build.Packaging.Msi;

/// <summary>A folder of the target machine.</summary>
/// <param name="id">Its identifier; for one of Windows' own folders the name of the property that leads there.</param>
/// <param name="name">Its name; null for one of Windows' own folders.</param>
internal sealed class MsiDirectory(string id, string? name)
{
    private readonly List<MsiDirectory> children = [];
    private readonly List<MsiComponent> components = [];

    public string Id => id;

    public string? Name => name;

    public IReadOnlyList<MsiDirectory> Children => children;

    public IReadOnlyList<MsiComponent> Components => components;

    /// <summary>The folder of that name in this one.</summary>
    public MsiDirectory Child(string childName, string childId)
    {
        MsiDirectory? child = children.Find(item => string.Equals(item.Name, childName, StringComparison.OrdinalIgnoreCase));
        if (child is null)
        {
            children.Add(child = new MsiDirectory(childId, childName));
        }

        return child;
    }

    /// <summary>The folder at a path with <c>/</c> in this one; the path also gives the identifiers.</summary>
    public MsiDirectory Descendant(string path)
    {
        MsiDirectory folder = this;
        string whole = string.Empty;
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            whole = whole.Length == 0 ? part : $"{whole}/{part}";
            folder = folder.Child(part, MsiNames.Identifier("folder", $"{id}/{whole}"));
        }

        return folder;
    }

    public void Add(MsiComponent component) => components.Add(component with { Folder = id });
}
