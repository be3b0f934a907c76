namespace Qcw.Build.Tests.Catalog;

/// <summary>One-offs from the command line.</summary>
public sealed class OverridesTests
{
    private TemporaryFolder sources = null!;

    [SetUp]
    public void Make_a_folder() => sources = new TemporaryFolder();

    [TearDown]
    public void Remove_the_folder() => sources.Dispose();

    [Test]
    public void A_local_archive_replaces_the_source_and_marks_the_version()
    {
        string archive = sources.Write("qemu-mine.tar.xz", "abc");

        ReleaseLine line = Load(new SourceOverride("qemu", null, archive));

        Component qemu = line.Component("qemu");
        Assert.That(qemu.Version, Is.EqualTo("8.0.0-rc2+local"));
        Assert.That(qemu.IsOneOff, Is.True);
        Assert.That(qemu.Source, Is.EqualTo(
            new LocalSource(archive, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
        Assert.That(qemu.Patches, Has.Count.EqualTo(3));
        Assert.That(line.Component("xz").IsOneOff, Is.False);
    }

    [Test]
    public void A_given_version_is_taken_as_it_is() =>
        Assert.That(
            Load(new SourceOverride("glib", "2.80.0", sources.Write("glib.tar.xz", "abc"))).Library("glib").Id,
            Is.EqualTo("glib-2.80.0"));

    [Test]
    public void Several_one_offs_go_together()
    {
        string archive = sources.Write("a.tar.xz", "abc");

        ReleaseLine line = Load(new SourceOverride("xz", null, archive), new SourceOverride("zlib", null, archive));

        Assert.That(line.Components.Concat(line.Libraries).Where(one => one.IsOneOff).Select(one => one.Name), Is.EqualTo(["xz", "zlib"]));
    }

    [Test]
    public void A_directory_is_pinned_by_names_modes_links_and_contents()
    {
        string file = sources.Write("tree/src/main.c", "int main;");
        sources.Write("tree/README", "read");
        string tree = Path.Combine(sources.Path, "tree");
        var hashes = new List<string> { Hash(tree) };

        Assert.That(Hash(tree), Is.EqualTo(hashes[0]), "the same twice");
        sources.Write("tree/.git/HEAD", "ref");
        sources.Write("tree/src/.git", "gitdir: elsewhere");
        Directory.CreateDirectory(Path.Combine(tree, "empty"));
        Assert.That(Hash(tree), Is.EqualTo(hashes[0]), "git's own files and empty directories are left out");

        File.WriteAllText(file, "int main2;");
        hashes.Add(Hash(tree));
        File.Move(file, file + "c");
        hashes.Add(Hash(tree));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file + "c", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            hashes.Add(Hash(tree));
            File.CreateSymbolicLink(Path.Combine(tree, "loop"), ".");
            hashes.Add(Hash(tree));
        }

        Assert.That(hashes, Is.Unique);
    }

    [Test]
    public void A_directory_elsewhere_with_the_same_files_has_the_same_pin()
    {
        sources.Write("a/x", "1");
        sources.Write("b/x", "1");

        Assert.That(Hash(Path.Combine(sources.Path, "a")), Is.EqualTo(Hash(Path.Combine(sources.Path, "b"))));
    }

    [Test]
    public void A_version_without_a_source_is_refused() =>
        Refused(
            new SourceOverride("qemu", "9.0.0", null),
            "--qemu-version=9.0.0 needs --qemu-source as well: the line 2023.04 pins qemu 8.0.0-rc2, and nothing pins another version");

    [Test]
    public void A_version_that_cannot_name_a_folder_is_refused() =>
        Refused(
            new SourceOverride("qemu", "../9", sources.Write("a.tar.xz", "abc")),
            "--qemu-version: found \"../9\", expected a version: letters, digits and . + ~ _ -, ending in a letter or digit");

    [Test]
    public void A_path_that_does_not_exist_is_named() =>
        Refused(
            new SourceOverride("qemu", null, Path.Combine(sources.Path, "gone.tar.xz")),
            $"--qemu-source: {Path.Combine(sources.Path, "gone.tar.xz")} does not exist, expected an archive or a directory");

    [Test]
    public void An_empty_path_file_or_directory_is_refused()
    {
        Refused(
            new SourceOverride("qemu", null, string.Empty), "--qemu-source: found nothing, expected the path of an archive or directory");
        string empty = sources.Write("empty.tar.xz", string.Empty);
        Refused(
            new SourceOverride("qemu", null, empty), $"--qemu-source: {empty} is empty, expected an archive or a directory with sources");
        string folder = Directory.CreateDirectory(Path.Combine(sources.Path, "folder")).FullName;
        Refused(
            new SourceOverride("qemu", null, folder), $"--qemu-source: {folder} is empty, expected an archive or a directory with sources");
    }

    [Test]
    public void An_unknown_component_gets_the_nearest_name() =>
        Assert.That(
            () => Load(new SourceOverride("qmeu", null, sources.Path)),
            Throws.TypeOf<UsageException>().With.Message.StartsWith(
                "--qmeu-source: the line 2023.04 has no component or library qmeu; did you mean qemu? It has: xz, qemu, podman, "));

    [Test]
    public void A_recipe_has_no_source_to_replace() =>
        Refused(
            new SourceOverride("toolchain", null, sources.Write("a.tar.xz", "abc")),
            "--toolchain-source: toolchain consists of files of this repository, there is no source to replace");

    [Test]
    public void The_same_component_twice_is_refused()
    {
        var one = new SourceOverride("xz", null, sources.Write("a.tar.xz", "abc"));

        Assert.That(() => Load(one, one), Throws.TypeOf<UsageException>().With.Message.EqualTo("--xz-source: given twice"));
    }

    private static ReleaseLine Load(params SourceOverride[] overrides) => new ReleaseLines(Repository.Paths).Load("2023.04", overrides);

    private static string Hash(string path) =>
        ((LocalSource)Load(new SourceOverride("qemu", null, path)).Component("qemu").Source).ContentHash;

    private static void Refused(SourceOverride one, string message) =>
        Assert.That(() => Load(one), Throws.TypeOf<UsageException>().With.Message.EqualTo(message));
}
