namespace Qcw.Build.Catalog.Reading;

/// <summary>Reads <c>upstream</c> of a component or of the Go SDK: where its newer versions are looked for.</summary>
internal static class WatchReader
{
    private const string Expected = "an object with watch and scheme";

    /// <summary>The watch, or null where there is none or something was reported.</summary>
    /// <param name="component">Its fields.</param>
    /// <param name="sources">Its source and the alternatives.</param>
    public static UpstreamWatch? Read(Fields component, IReadOnlyList<Source> sources)
    {
        if (component.Optional("upstream") is not { } field || field.Object(Expected) is not { } fields)
        {
            return null;
        }

        if (sources is [RecipeSource])
        {
            field.Reject("no such field: the component consists of files of this repository");
            return null;
        }

        string? kind = fields.Text("watch", Rules.Watch);
        if (fields.Text("scheme", Rules.VersionScheme) is not { } word || kind is null)
        {
            return null;
        }

        VersionScheme scheme = Enum.GetValues<VersionScheme>().Single(one => UpstreamWatch.WordOf(one) == word);
        UpstreamWatch? watch = kind switch
        {
            "archive" => Page(fields, scheme),
            "git-tags" => Tags(fields, sources, scheme),
            _ => Debian(fields, field, sources, scheme),
        };
        fields.Close();
        return watch;
    }

    private static PageWatch? Page(Fields fields, VersionScheme scheme)
    {
        string? page = fields.Text("page", Rules.PageUrl);
        string? pattern = fields.Text("pattern", Rules.WatchPattern);
        return page is null || pattern is null ? null : new PageWatch(new Uri(page), pattern, scheme);
    }

    private static TagWatch? Tags(Fields fields, IReadOnlyList<Source> sources, VersionScheme scheme)
    {
        string? address = fields.Text("repository", Rules.Url);
        string? pattern = fields.Text("pattern", Rules.WatchPattern);
        IEnumerable<Uri> known = sources.OfType<GitSource>().Take(1).SelectMany(git => git.AlsoAt.Prepend(git.Url));
        return address is null || pattern is null ? null
            : new TagWatch([.. known.Prepend(new Uri(address)).Distinct()], pattern, scheme);
    }

    private static DebianWatch? Debian(Fields fields, Field field, IReadOnlyList<Source> sources, VersionScheme scheme)
    {
        string[] suites =
            [.. (fields.Required("suites", $"a list, each {Rules.Suite.Expected}")?.Texts(Rules.Suite) ?? []).Select(suite => suite.Text)];
        if (sources is [DebianSource source, ..])
        {
            return suites.Length == 0 ? null : new DebianWatch(source.Package, suites, scheme);
        }

        if (sources.Count > 0)
        {
            field.Reject("the watch archive or git-tags: only a source of the kind debian is looked for at Debian");
        }

        return null;
    }
}
