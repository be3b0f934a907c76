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
