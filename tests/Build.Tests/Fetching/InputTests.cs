using Qcw.Build.Fetching;

namespace Qcw.Build.Tests.Fetching;

/// <summary>Which places an input names, and in which order.</summary>
public sealed class InputTests
{
    private static readonly Uri Upstream = new("https://example.org/glib-2.74.6.tar.xz");
    private static readonly Uri Repository = new("https://example.org/glib.git");
    private static readonly string Sha256 = new('a', 64);
    private static readonly string Sha1 = new('b', 40);
    private static readonly string Commit = new('c', 40);

    [Test]
    public void An_archive_is_looked_for_at_its_addresses_then_where_the_same_bytes_are_then_by_hash()
    {
        ArchiveSource source = new([Upstream], Sha256, null)
        {
            AlsoAt =
            [
                new DebianCopy("glib2.0", "bookworm", "glib2.0_2.74.6.orig.tar.xz", Sha1), new GitArchive(Repository, Commit, "glib/"),
            ],
        };
        Assert.That(Places(source), Is.EqualTo(
        [
            Upstream.AbsoluteUri,
            "Debian source package glib2.0 (bookworm)",
            $"https://snapshot.debian.org/file/{Sha1}",
            $"git archive of {Repository.AbsoluteUri} at {Commit}",
            $"https://archive.softwareheritage.org/api/1/content/sha256:{Sha256}/raw/",
        ]));
    }

    [Test]
    public void Nobody_is_asked_by_hash_for_an_archive_that_only_a_signature_pins()
    {
        var signature = new DetachedSignature(new Uri(Upstream + ".sig"), "key.asc", new string('A', 40));
        Assert.That(Places(new ArchiveSource([Upstream], null, signature)), Is.EqualTo([Upstream.AbsoluteUri]));
    }

    [Test]
    public void Debians_packages_are_an_input_each_and_are_looked_for_in_the_index_then_among_what_Debian_has_replaced()
    {
        var go = new DebianPackage("golang-1.26-go", "trixie-backports", "golang-1.26-go_1.26.11-1_amd64.deb", Sha256) { Sha1 = Sha1 };
        DebianPackage src = go with { Package = "golang-1.26-src", File = "golang-1.26-src_1.26.11-1_all.deb", Sha1 = null };
        Input[] inputs = [.. Input.Of(Sample.Component("go", source: new DebianPackagesSource([go, src], "usr/lib/go-1.26")))];
        Assert.That(inputs.Select(input => input.MirrorPath), Is.EqualTo(["archives/" + go.File, "archives/" + src.File]));
        Assert.That(inputs.Select(input => input.Pin), Is.EqualTo([$"{go.File} sha256:{Sha256}", $"{src.File} sha256:{Sha256}"]));
        Assert.That(inputs, Is.All.Property(nameof(Input.IsFromDebian)).True);
        Assert.That(
            inputs.Select(input => string.Join(", ", input.Places.Select(place => place.Text))),
            Is.EqualTo(
            [
                $"Debian binary package golang-1.26-go (trixie-backports), https://snapshot.debian.org/file/{Sha1}",
                "Debian binary package golang-1.26-src (trixie-backports)",
            ]));
    }

    [Test]
    public void A_repository_has_all_its_addresses_and_its_submodules_are_inputs_too()
    {
        var inner = new GitSource(new Uri("https://example.org/keys.git"), Sha1, []);
        Component component = Sample.Component("qemu", source: new GitSource(Upstream, Commit, [])
        {
            AlsoAt = [Repository],
            Submodules = [new Submodule("ui/keys", inner)],
        });
        Input[] inputs = [.. Input.Of(component)];
        Assert.That(inputs.Select(input => input.MirrorPath), Is.EqualTo(["git/glib-2.74.6.tar.xz.git", "git/keys.git"]));
        Assert.That(inputs[0].Places.Select(place => place.Text), Is.EqualTo([Upstream.AbsoluteUri, Repository.AbsoluteUri]));
    }

    [Test]
    public void The_pin_of_a_repository_changes_with_its_submodules()
    {
        var source = new GitSource(Upstream, Commit, []);
        var inner = new Submodule("ui/keys", new GitSource(Repository, Sha1, []));
        Assert.That((source with { Submodules = [inner] }).Pin, Is.Not.EqualTo(source.Pin));
    }

    [Test]
    public void Every_input_of_the_lines_has_more_than_one_place_or_an_alternative()
    {
        // one public repository, and no service keeps git repositories under an address that git can fetch from
        string[] alone = ["podman", "gvisor-tap-vsock", "gocat"];
        IEnumerable<string> without =
            from name in new ReleaseLines(Qcw.Tests.Support.Repository.Paths).Names
            let line = Qcw.Tests.Support.Repository.Lines.Load(name)
            from component in line.Components.Concat(line.Libraries)
            where component.Source is not RecipeSource && component.Alternatives.Count == 0
            from input in Input.Of(component)
            where input.Places.Count < 2
            select component.Name;
        Assert.That(without.Distinct(), Is.SubsetOf(alone));
    }

    [Test]
    public void Patches_of_debian_are_an_input_like_an_original_archive()
    {
        var archive = new DebianSource("glib2.0", "trixie", "glib2.0_2.84.4-3~deb13u5.debian.tar.xz", Sha256) { Sha1 = Sha1 };
        Input input = Input.PatchesOf(Sample.Component("glib", patches: [new DebianPatches(archive, ["a.patch"])])).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(input.MirrorPath, Is.EqualTo("archives/" + archive.File));
            Assert.That(input.IsFromDebian);
            Assert.That(input.Places.Select(place => place.Text), Is.EqualTo(
            [
                "Debian source package glib2.0 (trixie)",
                $"https://snapshot.debian.org/file/{Sha1}",
                $"https://archive.softwareheritage.org/api/1/content/sha256:{Sha256}/raw/",
            ]));
        }
    }

    private static IEnumerable<string> Places(Source source) =>
        Input.Of(Sample.Component("glib", source: source)).Single().Places.Select(place => place.Text);
}
