using Qcw.Build.Fetching.Debian;
using Qcw.Build.Fetching.Git;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Fetching;

/// <summary>Makes of the places that an input names what its file can be fetched from.</summary>
/// <param name="downloader">For web servers.</param>
/// <param name="debian">For Debian's archive.</param>
/// <param name="repositories">For archives made from git.</param>
/// <param name="usesArchives">False: services that keep everybody's files by hash are not asked.</param>
public sealed class Upstream(HttpDownloader downloader, DebianArchive debian, GitFetcher repositories, bool usesArchives)
{
    /// <summary>A file on a web server.</summary>
    public IFileOrigin File(Uri address) => new HttpOrigin(downloader, address);

    /// <summary>The request for an input that is one file.</summary>
    /// <param name="input">The input.</param>
    /// <param name="mirrorPath">Its path in a mirror.</param>
    /// <param name="sha256">64 lower-case hex digits; null where only a signature pins it.</param>
    public FileRequest Request(Input input, string mirrorPath, string? sha256) => new(
        input.Owner, input.Name, mirrorPath,
        [.. input.Places.Where(place => usesArchives || place is not WebPlace { IsArchive: true }).Select(place => Origin(input, place))],
        sha256)
    {
        OtherMirrorPaths = input.OtherMirrorPaths,
        Remedy = input is DebianInput { Source.File: var file } && DebianFile.IsPackaging(file) ? Remedies.DebianPatches
            : input.IsFromDebian ? Remedies.Debian
            : Remedies.Upstream,
    };

    private IFileOrigin Origin(Input input, InputPlace place) => place switch
    {
        WebPlace web => File(web.Address),
        DebianPlace file =>
            new AptOrigin(debian, file.Text, new AptIndex(file.Suite, Source: true), cancel => debian.FindAsync(file, cancel)),
        DebianPackagePlace { Package: var package } =>
            new AptOrigin(debian, place.Text, AptIndex.Of(package), cancel => debian.FindAsync(package, cancel)),
        GitArchivePlace archive => new GitArchiveOrigin(repositories, input.Owner, archive),
        _ => throw new InvalidOperationException($"a {place.GetType().Name} has no file"),
    };
}
