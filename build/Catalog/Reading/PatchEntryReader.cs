namespace Qcw.Build.Catalog.Reading;

/// <summary>
/// Reads an element of <c>patches</c>: the name of a patch, whose file is found and read where it describes a remote patch; or an object
/// that names patches of Debian's package.
/// </summary>
internal sealed class PatchEntryReader(Paths paths, Problems problems)
{
    /// <summary>What <c>patches</c> may be.</summary>
    public static readonly string ExpectedList =
        $"a list with at least one element, each {Rules.PatchName.Expected}; or an object with kind debian-patches";

    private const string ExpectedUpstream = "an object that says what became of the patch upstream, with its status";

    /// <summary>The patch, or null where something was reported.</summary>
    public SourcePatch? Read(string component, Field field) =>
        field.IsObject ? Debian(field)
        : field.Text(Rules.PatchName) is { } name ? Named(component, name, field)
        : null;

    private static DebianPatches? Debian(Field field)
    {
        if (field.Object("an object with kind debian-patches") is not { } fields || fields.Text("kind", Rules.PatchesKind) is null)
        {
            return null;
        }

        DebianSource? archive = DebianFileReader.Source(fields, Rules.DebianPackaging);
        Field? take = fields.Optional("take");
        string[] names = [.. (take?.Texts(Rules.DebianPatch) ?? []).Select(name => name.Text)];
        fields.Close();
        if (take is not null && archive is not null && DebianFile.IsDiff(archive.File))
        {
            take.Reject("no names: a .diff.gz is one patch");
            return null;
        }

        return archive is null ? null : new DebianPatches(archive, names);
    }

    private SourcePatch? Named(string component, string name, Field field)
    {
        string folder = Path.Combine(paths.Patches, component);
        string local = Path.Combine(folder, name + ".patch");
        string remote = Path.Combine(folder, name + ".json");
        switch (File.Exists(local), File.Exists(remote))
        {
            case (true, true):
                field.Reject($"one file; both patches/{component}/{name}.patch and .json are there");
                return null;
            case (true, false) when new FileInfo(local).Length == 0:
                problems.Add(new Place($"patches/{component}/{name}.patch", string.Empty), "is empty, expected a patch");
                return null;
            case (true, false):
                return new LocalPatch(name, local);
            case (false, true):
                return Remote(component, name, remote);
            default:
                string? nearest = Nearest.Match(name, Present(folder));
                string hint = nearest is null ? string.Empty : $"; did you mean {nearest}?";
                field.Reject($"a patch in patches/{component}, as {name}.patch (ours) or {name}.json (remote){hint}");
                return null;
        }
    }

    private RemotePatch? Remote(string component, string name, string file)
    {
        if (JsonFile.Read(file, new Place($"patches/{component}/{name}.json", string.Empty), problems) is not { } fields)
        {
            return null;
        }

        fields.Optional("$schema")?.Text(Rules.PatchSchema);
        Field? urlField = fields.Required("url", Rules.ImmutableUrl.Expected);
        string? address = urlField?.Text(Rules.ImmutableUrl);
        string? sha256 = fields.Text("sha256", Rules.Sha256);
        string? from = fields.Text("from", Rules.Sentence);
        string? state = fields.Text("state", Rules.Sentence);
        string? why = fields.Text("why", Rules.Sentence);
        string? security = fields.Optional("security")?.Text(Rules.Sentence);
        PatchUpstream? upstream = fields.Required("upstream", ExpectedUpstream) is { } record ? Upstream(record) : null;
        fields.Close();
        if (address is null || sha256 is null || from is null || state is null || why is null || upstream is null)
        {
            return null;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? url))
        {
            urlField!.Reject(Rules.ImmutableUrl.Expected);
            return null;
        }

        return new RemotePatch(name, file, url, sha256, from, state, why, security) { Upstream = upstream };
    }

    private static PatchUpstream? Upstream(Field field)
    {
        if (field.Object(ExpectedUpstream) is not { } fields)
        {
            return null;
        }

        string? word = fields.Text("status", Rules.UpstreamStatus);
        Field? commit = fields.Optional("commit");
        Field? version = fields.Optional("in");
        Field? url = fields.Optional("url");
        var upstream = new PatchUpstream(
            Enum.GetValues<UpstreamStatus>().FirstOrDefault(status => PatchUpstream.WordOf(status) == word),
            commit?.Text(Rules.Commit), version?.Text(Rules.Version),
            url?.Text(Rules.PageUrl) is { } address ? new Uri(address) : null);
        fields.Close();
        if (word is null)
        {
            return null;
        }

        // what is done has a version that needs no patch any more; what is not has none
        if (!upstream.IsDone && (commit ?? version) is { } tooMuch)
        {
            tooMuch.Reject($"nothing: only merged and superseded have a commit and a version, and the status is {word}");
            return null;
        }

        if (upstream.IsDone && version is null)
        {
            fields.Required("in", $"the first version of upstream's with the change, because the status is {word}");
            return null;
        }

        if (upstream.Status is UpstreamStatus.Merged && commit is null)
        {
            fields.Required("commit", $"{Rules.Commit.Expected}, because the status is merged");
            return null;
        }

        return upstream;
    }

    private static IEnumerable<string> Present(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)
            : [];
}
