namespace Qcw.Build.Catalog.Reading;

/// <summary>Reads a component's <c>source</c>: one of four kinds, each with its pin.</summary>
internal sealed class SourceReader(string keys, Problems problems)
{
    private const string Expected = "an object with kind archive, git, debian or recipe";

    private const string ListOfSources = "a list of sources, each " + Expected;

    /// <summary>The source of a component, or null where something was reported.</summary>
    public Source? Read(Fields component) =>
        component.Required("source", Expected) is { } field ? Read(field) : null;

    /// <summary>The alternatives to the source of a component; those in which something was reported are left out.</summary>
    /// <param name="component">The component's fields.</param>
    /// <param name="source">Its source; null where something was reported.</param>
    public IEnumerable<Source> Alternatives(Fields component, Source? source)
    {
        if (component.Optional("alternatives") is not { } list)
        {
            yield break;
        }

        if (source is RecipeSource)
        {
            list.Reject("no alternatives: the component consists of files of this repository");
        }

        foreach (Field entry in list.Items(ListOfSources))
        {
            switch (Read(entry))
            {
                case null:
                    break;
                case RecipeSource:
                    entry.Reject("a source of the kind archive, git or debian");
                    break;
                case { } alternative:
                    yield return alternative;
                    break;
            }
        }
    }

    private Source? Read(Field field)
    {
        if (field.Object(Expected) is not { } fields)
        {
            return null;
        }

        Source? source;
        switch (fields.Text("kind", Rules.Kind))
        {
            case "archive":
                source = Archive(fields, field.Place);
                break;
            case "git":
                source = Git(fields);
                break;
            case "debian":
                source = Debian(fields);
                break;
            case "recipe":
                source = new RecipeSource();
                break;
            default:
                // without a kind nobody can say which of the other fields belong here
                return null;
        }

        fields.Close();
        return source;
    }

    /// <summary>An archive's own fields, or null where something was reported.</summary>
    public ArchiveSource? Archive(Fields fields, Place place)
    {
        IReadOnlyList<Uri> urls = Urls(fields.Required("urls", $"a list of URLs, each {Rules.Url.Expected}"));
        Field? sha256 = fields.Optional("sha256");
        Field? signature = fields.Optional("signature");
        string? hash = sha256?.Text(Rules.Sha256);
        DetachedSignature? signed = signature is null ? null : Signature(signature);
        SameBytes[] copies = [.. AlsoAt(fields.Optional("alsoAt"))];
        string? origin = fields.Text("origin", Rules.Origin);
        if (sha256 is null && signature is null)
        {
            problems.Add(place, "found neither sha256 nor signature, expected at least one of them: nothing else pins an archive");
        }

        return urls.Count == 0 || origin is null ? null : new ArchiveSource(urls, hash, signed, origin) { AlsoAt = copies };
    }

    private DetachedSignature? Signature(Field field)
    {
        if (field.Object("an object with url, keyFile and keyFingerprint") is not { } fields)
        {
            return null;
        }

        Uri? url = Url(fields.Required("url", Rules.Url.Expected));
        Field? keyFile = fields.Required("keyFile", Rules.KeyFile.Expected);
        string? key = keyFile?.Text(Rules.KeyFile);
        string? fingerprint = fields.Text("keyFingerprint", Rules.KeyFingerprint);
        fields.Close();
        string? path = key is null ? null : Path.Combine(keys, key);
        if (path is not null && !File.Exists(path))
        {
            keyFile!.Reject("an armored public key that stands in build/Catalog/Versions/keys; there is no such file");
        }

        return url is null || path is null || fingerprint is null ? null : new DetachedSignature(url, path, fingerprint);
    }

    private static GitSource? Git(Fields fields)
    {
        Uri? url = Url(fields.Required("url", Rules.Url.Expected));
        string? commit = fields.Text("commit", Rules.Commit);
        string[] sparse = [.. fields.OptionalTexts("sparse", Rules.SparsePattern).Select(pattern => pattern.Text)];
        IReadOnlyList<Uri> others = Urls(fields.Optional("alsoAt"));
        Submodule[] submodules = [.. Submodules(fields.Optional("submodules"))];
        string? origin = fields.Text("origin", Rules.Origin);
        return url is null || commit is null || origin is null
            ? null
            : new GitSource(url, commit, sparse, origin) { AlsoAt = others, Submodules = submodules };
    }

    private static IEnumerable<Submodule> Submodules(Field? list)
    {
        const string Entry = "an object with path, url and commit";
        foreach (Field field in list?.Items($"a list of submodules, each {Entry}") ?? [])
        {
            if (field.Object(Entry) is not { } fields)
            {
                continue;
            }

            string? path = fields.Text("path", Rules.SubmodulePath);
            Uri? url = Url(fields.Required("url", Rules.Url.Expected));
            string? commit = fields.Text("commit", Rules.Commit);
            IReadOnlyList<Uri> others = Urls(fields.Optional("alsoAt"));
            fields.Close();
            if (path is not null && url is not null && commit is not null)
            {
                yield return new Submodule(path, new GitSource(url, commit, []) { AlsoAt = others });
            }
        }
    }

    /// <summary>The other places of an archive; those in which something was reported are left out.</summary>
    private static IEnumerable<SameBytes> AlsoAt(Field? list)
    {
        const string Entry = "an object with kind debian or git-archive";
        foreach (Field field in list?.Items($"a list of places with the same bytes, each {Entry}") ?? [])
        {
            if (field.Object(Entry) is not { } fields)
            {
                continue;
            }

            SameBytes? copy;
            switch (fields.Text("kind", Rules.CopyKind))
            {
                case "debian":
                    string? package = fields.Text("package", Rules.DebianPackage);
                    string? suite = fields.Text("suite", Rules.Suite);
                    string? file = DebianFileReader.Name(fields, package, Rules.OrigArchive);
                    string? sha1 = fields.Optional("sha1")?.Text(Rules.Sha1);
                    copy = package is null || suite is null || file is null ? null : new DebianCopy(package, suite, file, sha1);
                    break;
                case "git-archive":
                    Uri? url = Url(fields.Required("url", Rules.Url.Expected));
                    string? commit = fields.Text("commit", Rules.Commit);
                    string? prefix = fields.Text("prefix", Rules.ArchivePrefix);
                    copy = url is null || commit is null || prefix is null ? null : new GitArchive(url, commit, prefix);
                    break;
                default:
                    continue;
            }

            fields.Close();
            if (copy is not null)
            {
                yield return copy;
            }
        }
    }

    private static DebianSource? Debian(Fields fields)
    {
        DebianSource? source = DebianFileReader.Source(fields, Rules.OrigArchive);
        string? origin = fields.Text("origin", Rules.Origin);
        return origin is null || source is null ? null : source with { Origin = origin };
    }

    private static IReadOnlyList<Uri> Urls(Field? field) =>
        field is null ? [] : [.. field.Texts(Rules.Url).Select(url => Url(url.Field)).OfType<Uri>()];

    /// <summary>The pattern lets pass a few texts that are no URL after all (<c>https://a..b/c</c>).</summary>
    private static Uri? Url(Field? field)
    {
        if (field?.Text(Rules.Url) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url))
        {
            field.Reject(Rules.Url.Expected);
        }

        return url;
    }
}
