namespace Qcw.Build.Catalog.Reading;

/// <summary>Reads <c>go</c>: which Go builds the line's programs, and the SDK that is fetched where the host has none that does.</summary>
internal sealed class GoReader(SourceReader sources)
{
    private const string Expected = "an object with minimum, below and sdk";

    /// <summary>The versions, or null where the line has none or something was reported.</summary>
    public GoVersions? Read(Fields line)
    {
        if (line.Optional("go")?.Object(Expected) is not { } fields)
        {
            return null;
        }

        Version? minimum = Number(fields.Required("minimum", Rules.GoVersion.Expected));
        Field? belowField = fields.Required("below", Rules.GoVersion.Expected);
        Version? below = Number(belowField);
        GoSdk? sdk = fields.Optional("sdk") is { } field ? Sdk(field, minimum, below) : null;
        fields.Close();
        if (minimum is not null && below is not null && below <= minimum)
        {
            belowField!.Reject($"a version above the minimum, {minimum}");
        }

        return minimum is null || below is null ? null : new GoVersions(minimum, below, sdk);
    }

    private GoSdk? Sdk(Field field, Version? minimum, Version? below)
    {
        if (field.Object("an object with version, and archives or packages") is not { } fields)
        {
            return null;
        }

        Field? versionField = fields.Required("version", Rules.GoRelease.Expected);
        string? version = versionField?.Text(Rules.GoRelease);
        Field? archives = fields.Optional("archives");
        Field? packages = fields.Optional("packages");
        if (archives is null && packages is null)
        {
            field.Reject("at least one of archives and packages: nothing else says where to fetch the SDK");
        }

        var sdk = new GoSdk(version ?? string.Empty, Archives(archives)) { Packages = Packages(packages) };
        sdk = sdk with { Watch = WatchReader.Read(fields, [.. sdk.All.SelectMany(host => host.Sources)]) };
        fields.Close();
        if (version is not null
            && minimum is not null
            && below is not null
            && !new GoVersions(minimum, below, null).Fits(Version.Parse(version)))
        {
            versionField!.Reject($"a version that fits the line itself: {minimum} or newer, below {below}");
        }

        return version is null ? null : sdk;
    }

    private SortedDictionary<string, ArchiveSource> Archives(Field? field)
    {
        const string Hosts = "an object with an archive for each host, such as linux-amd64";
        var archives = new SortedDictionary<string, ArchiveSource>(StringComparer.Ordinal);
        foreach ((string host, Field archive) in field?.Object(Hosts)?.Entries(Rules.GoHost, Hosts) ?? [])
        {
            if (archive.Object("an archive: kind, urls, sha256, origin") is not { } content)
            {
                continue;
            }

            content.Text("kind", Rules.ArchiveKind);
            if (sources.Archive(content, archive.Place) is { } source)
            {
                archives.TryAdd(host, source);
            }

            content.Close();
        }

        return archives;
    }

    private static SortedDictionary<string, DebianPackagesSource> Packages(Field? field)
    {
        const string Hosts = "an object with packages for each host, such as linux-amd64";
        const string Files = "a list of packages, each an object with package, suite, file and sha256";
        var packages = new SortedDictionary<string, DebianPackagesSource>(StringComparer.Ordinal);
        foreach ((string host, Field entry) in field?.Object(Hosts)?.Entries(Rules.DebianHost, Hosts) ?? [])
        {
            if (entry.Object("an object with root and files") is not { } content)
            {
                continue;
            }

            string? root = content.Text("root", Rules.PackageFolder);
            DebianPackage[] files =
            [
                .. (content.Required("files", Files)?.Items(Files) ?? [])
                    .Select(file => DebianFileReader.Package(file, host.Split('-')[^1]))
                    .OfType<DebianPackage>(),
            ];
            content.Close();
            if (root is not null && files.Length > 0)
            {
                packages.TryAdd(host, new DebianPackagesSource(files, root));
            }
        }

        return packages;
    }

    private static Version? Number(Field? field) => field?.Text(Rules.GoVersion) is { } text ? Version.Parse(text) : null;
}
