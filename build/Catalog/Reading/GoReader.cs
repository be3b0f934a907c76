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
        const string Archives = "an object with an archive for each host, such as linux-amd64";
        if (field.Object("an object with version and archives") is not { } fields)
        {
            return null;
        }

        Field? versionField = fields.Required("version", Rules.GoRelease.Expected);
        string? version = versionField?.Text(Rules.GoRelease);
        var archives = new SortedDictionary<string, ArchiveSource>(StringComparer.Ordinal);
        Fields? hosts = fields.Required("archives", Archives)?.Object(Archives);
        foreach ((string host, Field archive) in hosts?.Entries(Rules.GoHost, Archives) ?? [])
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

        fields.Close();
        if (version is not null
            && minimum is not null
            && below is not null
            && !new GoVersions(minimum, below, null).Fits(Version.Parse(version)))
        {
            versionField!.Reject($"a version that fits the line itself: {minimum} or newer, below {below}");
        }

        return version is null ? null : new GoSdk(version, archives);
    }

    private static Version? Number(Field? field) => field?.Text(Rules.GoVersion) is { } text ? Version.Parse(text) : null;
}
