namespace Qcw.Build.Catalog.Reading;

/// <summary>Reads <c>firmware</c>: Debian binary packages and the files that are taken from each.</summary>
internal static class FirmwareReader
{
    /// <summary>The packages in the order of the file; what is wrong is reported and left out.</summary>
    public static IReadOnlyList<FirmwarePackage> Read(Fields line)
    {
        const string Expected = "an object with at least one Debian package, by name";
        Field? field = line.Optional("firmware");
        if (field?.Object(Expected) is not { } fields)
        {
            return [];
        }

        var packages = new List<FirmwarePackage>();
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, Field entry) in fields.Entries(Rules.DebianPackage, Expected))
        {
            if (entry.Object("an object with suite and files") is not { } package)
            {
                continue;
            }

            string? suite = package.Text("suite", Rules.Suite);
            IReadOnlyList<(string Text, Field Field)> files =
                package.Required("files", $"a list of paths, each {Rules.PackageFile.Expected}")?.Texts(Rules.PackageFile) ?? [];
            package.Close();
            CheckNames(name, files, owners);
            if (suite is not null)
            {
                packages.Add(new FirmwarePackage(name, suite, [.. files.Select(file => file.Text)]));
            }
        }

        return packages;
    }

    /// <summary>All firmware ends up in one folder, on a file system that ignores case.</summary>
    private static void CheckNames(string package, IReadOnlyList<(string Text, Field Field)> files, Dictionary<string, string> owners)
    {
        foreach ((string path, Field at) in files)
        {
            string file = path[(path.LastIndexOf('/') + 1)..];
            if (!owners.TryAdd(file, $"{package}: {path}"))
            {
                at.Reject($"a file name that is not taken by {owners[file]}; all firmware goes into one folder");
            }
        }
    }
}
