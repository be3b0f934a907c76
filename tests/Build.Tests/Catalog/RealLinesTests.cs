using Qcw.Build.Attesting;

namespace Qcw.Build.Tests.Catalog;

/// <summary>What must hold of every line of this repository, whatever its versions are.</summary>
public sealed class RealLinesTests
{
    private static readonly ReleaseLine[] Lines = [.. Repository.Lines.Names.Select(name => Repository.Lines.Load(name))];

    private static IEnumerable<Component> All => Lines.SelectMany(line => line.Components.Concat(line.Libraries));

    private static IEnumerable<TestCaseData> Cases =>
        from line in Lines
        from component in line.Components.Concat(line.Libraries)
        select new TestCaseData(component).SetArgDisplayNames(line.Name, component.Id);

    private static IEnumerable<SourcePatch> Patches => All.SelectMany(component => component.Patches);

    [Test]
    public void There_are_lines_and_each_ships_something()
    {
        Assert.That(Lines, Is.Not.Empty);
        Assert.That(Lines, Is.All.Matches<ReleaseLine>(line => line.Components.Count > 0));
        Assert.That(Lines.Select(line => line.Name), Is.EqualTo(Repository.Lines.Names), "the name in the file is the name of the file");
    }

    [TestCaseSource(nameof(Cases))]
    public void Every_source_is_pinned_by_what_it_contains(Component component) =>
        Assert.That(component.Source, Is.InstanceOf<RecipeSource>().Or.Matches<Source>(source => source switch
    {
        ArchiveSource { Sha256: { } hash, Signature: null } => IsHex(hash, 64),
        ArchiveSource { Signature: { } signature } archive =>
            IsHex(signature.KeyFingerprint.ToLowerInvariant(), 40) && File.Exists(signature.KeyFile)
                && (archive.Sha256 is null || IsHex(archive.Sha256, 64)),
        DebianSource debian => IsHex(debian.Sha256, 64),
        GitSource git => IsHex(git.Commit, 40),
        _ => false,
    }), component.Source.Pin);

    [TestCaseSource(nameof(Cases))]
    public void A_bill_of_materials_can_say_the_licence(Component component) => Assert.That(component.Licence, Is.Not.Null);

    [Test]
    public void Everything_is_fetched_over_an_authenticated_connection() => Assert.That(
        All.Select(component => component.Source).OfType<ArchiveSource>()
            .SelectMany(archive => archive.Urls.Concat(archive.Signature is { } signature ? [signature.Url] : []))
            .Concat(All.Select(component => component.Source).OfType<GitSource>().Select(git => git.Url))
            .Concat(Patches.OfType<RemotePatch>().Select(patch => patch.Url)),
        Is.All.Property(nameof(Uri.Scheme)).EqualTo(Uri.UriSchemeHttps));

    [TestCaseSource(nameof(Cases))]
    public void An_archive_is_of_the_version_that_is_named(Component component)
    {
        string file = component.Source switch
        {
            ArchiveSource archive => archive.Urls[0].AbsolutePath,
            DebianSource debian => debian.File,
            _ => component.Version,
        };
        Assert.That(file, Does.Contain(component.Version));
    }

    [Test]
    public void One_file_has_one_pin() => Assert.That(
        All.Select(component => component.Source).Where(source => source is not RecipeSource)
            .GroupBy(source => source.Location).Where(sources => sources.Select(source => source.Pin).Distinct().Count() > 1)
                .Select(sources => sources.Key),
        Is.Empty);

    [Test]
    public void A_sparse_checkout_leaves_folders_and_files_out_and_nothing_else() => Assert.That(
        All.Select(component => component.Source).OfType<GitSource>().Where(git => git.Sparse.Count > 0),
        Is.All.Matches<GitSource>(git =>
            git.Sparse[0] == "/*"
            && git.Sparse.Skip(1).All(pattern => pattern.StartsWith("!/", StringComparison.Ordinal)
                && (pattern.EndsWith('/') || pattern.EndsWith(".c", StringComparison.Ordinal))
                && !pattern.Contains('*', StringComparison.Ordinal))));

    [Test]
    public void A_remote_patch_is_one_commit_and_says_where_it_is_from()
    {
        foreach (RemotePatch patch in Patches.OfType<RemotePatch>())
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(patch.Url.AbsoluteUri, Does.Match("[0-9a-f]{40}"), $"{patch.Name}: an address whose content never changes");
                Assert.That(IsHex(patch.Sha256, 64), patch.Name);
                Assert.That((string[])[patch.From, patch.State], Is.All.Not.Empty, patch.Name);
            }
        }
    }

    [Test]
    public void The_host_of_a_9p_share_is_exposed_and_the_patch_says_so() =>
        Assert.That(Patches.OfType<RemotePatch>().Where(patch => patch.Name.Contains("9pfs", StringComparison.Ordinal))
            .Select(patch => patch.Security), Is.All.Not.Empty.And.Not.Empty);

    [Test]
    public void A_time_is_one_that_a_zip_can_hold_and_in_the_past() => Assert.That(
        Lines.Select(line => DateTimeOffset.FromUnixTimeSeconds(line.SourceDateEpoch)),
        Is.All.InRange(new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero), DateTimeOffset.UtcNow));

    [Test]
    public void The_line_of_debian_comes_from_debian_alone()
    {
        ReleaseLine line = Repository.Lines.Load("debian13");
        Component[] all = [.. line.Components, .. line.Libraries];

        Assert.That(all.Select(component => component.Source), Is.All.InstanceOf<DebianSource>().Or.InstanceOf<RecipeSource>());
        Assert.That(all.SelectMany(component => component.Patches), Is.All.InstanceOf<LocalPatch>().Or.InstanceOf<DebianPatches>());
    }

    [TestCaseSource(nameof(Cases))]
    public void Debians_patches_are_of_the_package_and_version_that_they_are_put_on(Component component)
    {
        foreach (DebianPatches patches in component.Patches.OfType<DebianPatches>())
        {
            // what Debian has patched is the source, an alternative to it, or another place of its bytes
            string[] originals =
            [
                .. component.Sources.OfType<DebianSource>().Select(source => source.File),
                .. component.Sources.OfType<ArchiveSource>().SelectMany(source => source.AlsoAt).OfType<DebianCopy>()
                    .Select(copy => copy.File),
            ];
            using (Assert.EnterMultipleScope())
            {
                Assert.That(
                    originals.Select(file => file[..file.IndexOf(".orig", StringComparison.Ordinal)] + "-"),
                    Has.Some.Matches<string>(original => patches.Archive.File.StartsWith(original, StringComparison.Ordinal)),
                    $"{patches.Archive.File} is for the same .orig");
                Assert.That(patches.Archive.File, Does.StartWith(patches.Archive.Package + "_"));
                Assert.That(IsHex(patches.Archive.Sha256, 64), patches.Name);
            }
        }
    }

    [Test]
    public void The_firmware_of_debian13_has_the_names_that_lima_looks_for() =>
        Assert.That(
            Repository.Lines.Load("debian13").Firmware.SelectMany(package => package.As.Values),
            Is.EquivalentTo(["edk2-x86_64-code.fd", "edk2-i386-vars.fd"]));

    [Test]
    public void A_qemu_without_firmware_in_its_archive_gets_it_from_debian() => Assert.That(
        Lines.Where(line => line.Component(FirmwarePackage.ComponentName).Source is DebianSource != line.Firmware.Count > 0)
            .Select(line => line.Name),
        Is.Empty, "Debian removes the firmware from QEMU's archive, upstream has it");

    [TestCaseSource(typeof(LineFolder), nameof(LineFolder.RealNames))]
    public void Every_library_stands_on_the_toolchain_and_is_needed(string name)
    {
        ReleaseLine line = Repository.Lines.Load(name);

        Assert.That(line.Libraries[0].Name, Is.EqualTo("toolchain"));
        Assert.That(line.Libraries.Skip(1), Is.All.Matches<Component>(library => library.Needs.Contains("toolchain")));
        Assert.That(
            line.Libraries.Select(library => library.Name),
            Is.SubsetOf(line.Components.Concat(line.Libraries).SelectMany(component => component.Needs)));
    }

    [TestCaseSource(typeof(LineFolder), nameof(LineFolder.RealNames))]
    public void An_affected_xz_says_so(string name)
    {
        // CVE-2024-47611 is in all versions for Windows before 5.6.3
        Component xz = Repository.Lines.Load(name).Component("xz");
        Assert.That(
            AdvisoryFiles.Read(Repository.Paths)
                .Any(one => (one.Component, one.Id) == ("xz", "CVE-2024-47611") && one.Versions.Contains(xz.Version)),
            Is.EqualTo(Version.Parse(xz.Version) < new Version(5, 6, 3)));
    }

    [Test]
    public void Every_patch_file_is_used_by_a_line()
    {
        IEnumerable<string> present = Directory.EnumerateDirectories(Repository.Paths.Patches)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));

        IEnumerable<string> used = Patches.OfType<LocalPatch>().Select(patch => patch.File)
            .Concat(Patches.OfType<RemotePatch>().Select(patch => patch.File));
        Assert.That(present, Is.EquivalentTo(used.Distinct()));
    }

    [Test]
    public void Every_key_is_used_by_a_line()
    {
        IEnumerable<string?> used = All.Select(component => (component.Source as ArchiveSource)?.Signature?.KeyFile);

        Assert.That(Directory.EnumerateFiles(Repository.Paths.Keys, "*.asc"), Is.EquivalentTo(used.OfType<string>().Distinct()));
    }

    private static bool IsHex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigitLower);
}
