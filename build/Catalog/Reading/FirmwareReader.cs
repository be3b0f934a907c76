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
            string? licence = package.Optional("licence")?.Text(Rules.Licence);
            IReadOnlyList<(string Text, Field Field)> files =
                package.Required("files", $"a list of paths, each {Rules.PackageFile.Expected}")?.Texts(Rules.PackageFile) ?? [];
            Dictionary<string, string> renamed = Renamed(package.Optional("as"), [.. files.Select(file => file.Text)]);
            package.Close();
            CheckNames(name, files, renamed, owners);
            if (suite is not null)
            {
                packages.Add(new FirmwarePackage(name, suite, [.. files.Select(file => file.Text)]) { As = renamed, Licence = licence });
            }
        }

        return packages;
    }

    /// <summary>The files that get another name; what is wrong is reported and left out.</summary>
    private static Dictionary<string, string> Renamed(Field? field, IReadOnlyList<string> files)
    {
        const string Expected = "an object with at least one name, by path";
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string path, Field entry) in field?.Object(Expected)?.Entries(Rules.PackageFile, Expected) ?? [])
        {
            if (entry.Text(Rules.FirmwareName) is not { } name)
            {
                continue;
            }

            if (!files.Contains(path, StringComparer.Ordinal) || path.Contains('*', StringComparison.Ordinal))
            {
                entry.Reject("a name for a path that files has too, and that has no *");
                continue;
            }

            renamed.Add(path, name);
        }

        return renamed;
    }

    /// <summary>All firmware ends up in one folder, on a file system that ignores case.</summary>
    private static void CheckNames(
        string package,
        IReadOnlyList<(string Text, Field Field)> files,
        Dictionary<string, string> renamed,
        Dictionary<string, string> owners)
    {
        foreach ((string path, Field at) in files)
        {
            string file = renamed.GetValueOrDefault(path, path[(path.LastIndexOf('/') + 1)..]);
            if (!owners.TryAdd(file, $"{package}: {path}"))
            {
                at.Reject($"a file name that is not taken by {owners[file]}; all firmware goes into one folder");
            }
        }
    }
}
