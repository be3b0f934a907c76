using System.Security.Cryptography;
using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Updating;

/// <summary>
/// Pins files of Debian source packages. Debian's signature on its index, which apt checks with Debian's keyring, is what proves them.
/// </summary>
/// <param name="fetcher">Reads indexes and fetches files.</param>
internal sealed class DebianPinner(Fetcher fetcher)
{
    private const int MostNames = 20;

    /// <summary>The newest version of a package in the suite that a source is pinned from; null: that is pinned.</summary>
    /// <returns>Upstream's version text.</returns>
    /// <exception cref="BuildException">The index cannot be read.</exception>
    public async Task<string?> NewestAsync(Component component, DebianSource source)
    {
        IReadOnlyList<SourcePackage> packages = await PackagesAsync(source.Package, source.Suite);
        string? newest = packages.MaxBy(package => package.Order())?.Order().Upstream;
        return newest == component.Version ? null : newest;
    }

    /// <summary>Pins the <c>.orig</c> archive of a version.</summary>
    /// <returns>The archive, a full path.</returns>
    /// <exception cref="BuildException">Debian does not have it, or it cannot be had.</exception>
    public async Task<string> PinAsync(UpdateRequest request, DebianSource source, string path, Findings findings)
    {
        (SourcePackage package, SourcePackageFile original) =
            await OriginalAsync(request, source.Package, source.Suite, path, source.File);
        FetchedFile file = await fetcher.Indexes.DebianFileAsync(request.Name, source.Suite, package, original, mayBeExpired: false);
        request.RequireSame(original.Name, request.Component.Version == request.Version ? source.Sha256 : null, original.Sha256);
        Set(findings, path, (source.File, source.Sha256, source.Sha1), file.Path, original.Name, file.Sha256);
        if (source.Sha256 != file.Sha256)
        {
            findings.Set($"{path}.origin", source.Origin, "1");
        }

        findings.Prove($"{original.Name}: in Debian's signed index of {source.Suite}, sha256 {file.Sha256}");
        return file.Path;
    }

    /// <summary>Lets another place of an archive's bytes follow.</summary>
    /// <returns>The checksum that Debian's index has.</returns>
    /// <exception cref="BuildException">Debian does not have the version, or has other bytes.</exception>
    public async Task<SourcePackageFile> FollowAsync(UpdateRequest request, DebianCopy copy, string path, Findings findings)
    {
        (SourcePackage package, SourcePackageFile original) = await OriginalAsync(request, copy.Package, copy.Suite, path, copy.File);
        findings.Set($"{path}.file", copy.File, original.Name);
        if (copy.Sha1 is not null && copy.File != original.Name)
        {
            FetchedFile file = await fetcher.Indexes.DebianFileAsync(request.Name, copy.Suite, package, original, mayBeExpired: false);
            findings.Set($"{path}.sha1", copy.Sha1, Sha1(file.Path));
        }

        return original;
    }

    /// <summary>Pins the newest revision of Debian's patches for a version.</summary>
    /// <exception cref="BuildException">
    /// Debian does not have the version; or the newest revision lacks a patch that the line takes, which somebody has to decide about.
    /// </exception>
    public async Task PinAsync(UpdateRequest request, DebianPatches patches, string path, Findings findings)
    {
        DebianSource pinned = patches.Archive;
        (SourcePackage package, _) = await OriginalAsync(request, pinned.Package, pinned.Suite, path, pinned.File);
        SourcePackageFile packaging = package.Packaging
            ?? throw new BuildException($"{path}: Debian's {package.Package} {package.Version} has no patches: take the entry off by hand");
        if (packaging.Name == pinned.File)
        {
            request.RequireSame(packaging.Name, pinned.Sha256, packaging.Sha256);
            return;
        }

        FetchedFile file = await fetcher.Indexes.DebianFileAsync(request.Name, pinned.Suite, package, packaging, mayBeExpired: false);
        if (DebianFile.IsDiff(packaging.Name) != patches.IsDiff)
        {
            throw new BuildException($"{path}: Debian's package is in another format now, {packaging.Name}: change the entry by hand");
        }

        Set(findings, path, (pinned.File, pinned.Sha256, pinned.Sha1), file.Path, packaging.Name, file.Sha256);
        findings.Prove($"{packaging.Name}: in Debian's signed index of {pinned.Suite}, sha256 {file.Sha256}");
        if (patches.IsDiff)
        {
            return;
        }

        IReadOnlyList<string> series = TakenPatches.SeriesOf(file.Path, packaging.Name);
        string[] gone = [.. patches.Take.Except(series)];
        if (gone.Length > 0)
        {
            throw new BuildException(
                $"{path}.take: {packaging.Name} does not have {string.Join(", ", gone)} any more\n"
                    + "  what to do: look in its debian/changelog whether upstream has it now, take it off the list, and run again");
        }

        string[] left = [.. series.Except(patches.Take)];
        if (patches.Take.Count > 0 && left.Length > 0)
        {
            string more = left.Length > MostNames ? $" and {left.Length - MostNames} more" : string.Empty;
            findings.Remark(
                $"{path}.take leaves out, in the order of the series: {string.Join(", ", left.Take(MostNames))}{more}. "
                    + "Add the new ones that this line needs");
        }
    }

    /// <summary>The newest revision of a version in a suite, and its <c>.orig</c> archive.</summary>
    /// <exception cref="BuildException">The suite does not have the version.</exception>
    private async Task<(SourcePackage Package, SourcePackageFile Original)> OriginalAsync(
        UpdateRequest request, string name, string suite, string path, string pinned)
    {
        IReadOnlyList<SourcePackage> packages = await PackagesAsync(name, suite);
        SourcePackage? package = packages.Where(one => one.Order().Upstream == request.Version).MaxBy(one => one.Order());
        if (package?.Original is { } original)
        {
            return (package, original);
        }

        string known = packages.Count == 0
            ? $"it has no source package {name}"
            : $"it has {string.Join(", ", packages.OrderBy(one => one.Order()).Select(one => one.Version).Distinct())}";
        throw new BuildException(
            $"{path}: found {pinned}, expected the same of {request.Version} in Debian's {suite}, but {known}\n"
                + "  what to do: name another suite in the line, or take this entry off it, and run again");
    }

    private async Task<IReadOnlyList<SourcePackage>> PackagesAsync(string package, string suite) =>
        [.. (await fetcher.Indexes.DebianAsync(suite, [package], mayBeExpired: false)).Sources.Where(one => one.Package == package)];

    private static void Set(
        Findings findings, string path, (string File, string Sha256, string? Sha1) was, string file, string name, string sha256)
    {
        findings.Set($"{path}.file", was.File, name);
        findings.Set($"{path}.sha256", was.Sha256, sha256);
        if (was.Sha1 is not null)
        {
            findings.Set($"{path}.sha1", was.Sha1, Sha1(file));
        }
    }

    // only the address of the file in Debian's snapshot archive is made from it
    private static string Sha1(string path)
    {
        using FileStream file = File.OpenRead(path);
#pragma warning disable CA5350 // sha256 is what is checked
        return Convert.ToHexStringLower(SHA1.HashData(file));
#pragma warning restore CA5350
    }
}
