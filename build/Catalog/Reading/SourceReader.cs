namespace Qcw.Build.Catalog.Reading;

/// <summary>Reads a component's <c>source</c>: one of four kinds, each with its pin.</summary>
internal sealed class SourceReader(string keys, Problems problems)
{
    private const string Expected = "an object with kind archive, git, debian or recipe";

    /// <summary>The source of a component, or null where something was reported.</summary>
    public Source? Read(Fields component)
    {
        if (component.Required("source", Expected) is not { } field || field.Object(Expected) is not { } fields)
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
        string? origin = fields.Text("origin", Rules.Origin);
        if (sha256 is null && signature is null)
        {
            problems.Add(place, "found neither sha256 nor signature, expected at least one of them: nothing else pins an archive");
        }

        return urls.Count == 0 || origin is null ? null : new ArchiveSource(urls, hash, signed, origin);
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
        string? origin = fields.Text("origin", Rules.Origin);
        return url is null || commit is null || origin is null ? null : new GitSource(url, commit, sparse, origin);
    }

    private static DebianSource? Debian(Fields fields)
    {
        string? package = fields.Text("package", Rules.DebianPackage);
        string? suite = fields.Text("suite", Rules.Suite);
        Field? fileField = fields.Required("file", Rules.OrigArchive.Expected);
        string? file = fileField?.Text(Rules.OrigArchive);
        string? sha256 = fields.Text("sha256", Rules.Sha256);
        string? origin = fields.Text("origin", Rules.Origin);
        if (package is not null && file is not null && !file.StartsWith(package + "_", StringComparison.Ordinal))
        {
            fileField!.Reject($"an archive of the source package {package}, whose name begins with {package}_");
        }

        return package is null || suite is null || file is null || sha256 is null || origin is null
            ? null
            : new DebianSource(package, suite, file, sha256, origin);
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
