using Qcw.Build.Fetching;

namespace Qcw.Build.Attesting;

/// <summary>
/// Everything that a line pins, as provenance names it. It is read from the same list of inputs that fetching and mirrors work from, so
/// nothing can be forgotten.
/// </summary>
public static class Pins
{
    /// <summary>The note of a source or alternative that the files were made from.</summary>
    public const string Used = "used";

    private static readonly string[] PinnedRoles = [Roles.Source, Roles.Alternative, Roles.Patch, Roles.Sdk];

    /// <summary>Whether a line pins this input itself: not where it is inside an archive, or the commit of this repository.</summary>
    public static bool IsOfLine(Resource input) => PinnedRoles.Contains(input.Role) && input.Annotations?.ContainsKey("from") == false;

    /// <summary>The pins of a line with the one-offs that it has.</summary>
    public static IReadOnlyList<Resource> Of(ReleaseLine line) => Sorted(
    [
        .. line.Components.Concat(line.Libraries).SelectMany(Of),
        .. (line.Go?.Sdk?.All ?? []).SelectMany(sdk => Input.AllOf(sdk).Select(input => Of(input).Noting((Roles.Key, Roles.Sdk)))),
    ]);

    /// <summary>In an order that depends on nothing else, each once.</summary>
    public static IReadOnlyList<Resource> Sorted(IEnumerable<Resource> resources) =>
        [.. resources.DistinctBy(one => one.Line()).OrderBy(one => one.Line(), StringComparer.Ordinal)];

    private static IEnumerable<Resource> Of(Component component)
    {
        foreach ((int index, SourceWay way) in Input.WaysTo(component).Index())
        {
            foreach (Input input in way.Inputs)
            {
                yield return Of(input).Noting(
                    (Roles.Key, index == 0 ? Roles.Source : Roles.Alternative), ("version", component.Version));
            }
        }

        foreach (SourcePatch patch in component.Patches)
        {
            string name = $"{component.Name} {patch.Name}";
            Resource resource = patch is LocalPatch local
                ? new Resource(name) { Uri = $"{Publisher.Repository}#patches/{component.Name}/{Path.GetFileName(local.File)}" }
                    .With("sha256", Files.Sha256(local.File))
                : Of(Input.Of(component, patch)!) with { Name = name };
            yield return resource.Noting((Roles.Key, Roles.Patch));
        }
    }

    private static Resource Of(Input input)
    {
        var named = new Resource(input.Owner) { Uri = AddressOf(input) };
        return input switch
        {
            ArchiveInput { Source: var archive } => named.With("sha256", archive.Sha256).Noting(
                ("file", archive.FileName), ("openpgp", archive.Signature?.KeyFingerprint),
                ("state", archive.Sha256 is null ? "pinned by the signing key, not by a hash" : null)),
            DebianInput { Source: var file } => named.With("sha256", file.Sha256).Noting(("file", file.File), ("package", file.Package)),
            DebianPackageInput { Package: var package } =>
                named.With("sha256", package.Sha256).Noting(("file", package.File), ("package", package.Package)),
            GitInput { Source: var git } => named.With("gitCommit", git.Commit).Noting(
                ("sparse", git.Sparse.Count > 0 ? string.Join(' ', git.Sparse) : null)),
            LocalInput { Source: var local } => named.With("sha256", local.ContentHash).Noting(("state", "a one-off of the command line")),
            PatchInput { Patch: var patch } => named.With("sha256", patch.Sha256),
            _ => throw new InvalidOperationException($"provenance does not know {input.GetType().Name} yet: add it here"),
        };
    }

    // a file that only Debian's index leads to has no address; what is on this machine has none that others know
    private static string? AddressOf(Input input) => input switch
    {
        GitInput { Source: var git } => $"git+{git.Url.AbsoluteUri}@{git.Commit}",
        LocalInput => null,
        _ => input.Places.OfType<WebPlace>().FirstOrDefault()?.Address.AbsoluteUri,
    };
}
