namespace Qcw.Build.Releasing.Manifests;

/// <summary>Builds the trees that manifests are written from: texts, numbers, lists, and fields in the order given.</summary>
internal static class ManifestFields
{
    /// <summary>Fields; one without a value, or with an empty list, is left out.</summary>
    public static OrderedDictionary<string, object> Of(params IEnumerable<(string Name, object? Value)> fields)
    {
        var tree = new OrderedDictionary<string, object>();
        foreach ((string name, object? value) in fields)
        {
            if (value is not (null or Array { Length: 0 }))
            {
                tree.Add(name, value);
            }
        }

        return tree;
    }
}

/// <summary>A manifest.</summary>
/// <param name="Path">Below the folder of all manifests, with <c>/</c>.</param>
/// <param name="Text">Lines ended by LF.</param>
public sealed record ManifestFile(string Path, string Text);

/// <summary>Addresses of a release that is published under a tag.</summary>
/// <param name="Tag">The tag.</param>
public sealed record ManifestAddresses(string Tag)
{
    /// <summary>For people.</summary>
    public string Notes => $"{Publisher.Repository}/releases/tag/{Tag}";

    /// <summary>The addresses of a release.</summary>
    /// <exception cref="UsageException">There is no tag.</exception>
    public static ManifestAddresses Of(string tag) =>
        tag.Length > 0
            ? new ManifestAddresses(tag)
            : throw new UsageException(
                "Manifests needs --tag=TAG: manifests have the addresses of the release's files, "
                    + "which begin with the tag that it is published under");

    /// <summary>A file of the release.</summary>
    public string Download(string name) => $"{Publisher.Downloads}/{Tag}/{name}";

    /// <summary>A page of the repository as it was released.</summary>
    public string Page(string path) => $"{Publisher.Repository}/blob/{Tag}/{path}";
}
