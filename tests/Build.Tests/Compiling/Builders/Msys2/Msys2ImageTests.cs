using System.Security.Cryptography;
using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Fetching;
using Qcw.Build.Tests.Compiling.Builders.Container;

namespace Qcw.Build.Tests.Compiling.Builders.Msys2;

public sealed class Msys2ImageTests
{
    private static readonly string[] Packages =
    [
        "make-4.4.1-2-x86_64.pkg.tar.zst",
        "make-4.4.1-2-x86_64.pkg.tar.zst.sig",
        "gtk3.pkg.tar.zst.part",
    ];
    private static readonly string[] Databases = ["msys.db", "msys.db.sig", "ucrt64.db"];

    private TemporaryFolder folder = null!;
    private FakeEngine engine = null!;
    private Paths paths = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        foreach (string file in (string[])["Dockerfile", "install.sh", "packages.txt"])
        {
            folder.Write("build/Compiling/Builders/Msys2/image/" + file, file);
        }

        paths = new Paths(folder.Path, Path.Combine(folder.Path, "artifacts"));
        // as if it had been fetched: what is in the cache was verified when it came there
        var archive = (ArchiveSource)Msys2Pins.Archive.Source;
        folder.Write($"artifacts/downloads/{archive.Sha256}/{archive.FileName}", "the archive");
        engine = new FakeEngine("docker", EngineState.Works("windows"))
        {
            Folders = { [@"C:\msys64\var\cache\pacman\pkg"] = Packages, [@"C:\msys64\var\lib\pacman\sync"] = Databases },
        };
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void It_is_built_once_and_its_packages_are_kept()
    {
        string name = Provide();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(name, Does.Match("^qcw-msys2:[0-9a-f]{16}$"));
            Assert.That(Provide(), Is.EqualTo(name));
            Assert.That(
                engine.Done,
                Is.EqualTo([
                    $"pull {Msys2Pins.BaseImage}",
                    $"build qcw-msys2:unnamed from id-of-{Msys2Pins.BaseImage}",
                    @"copy C:\msys64\var\cache\pacman\pkg out of qcw-msys2:unnamed",
                    @"copy C:\msys64\var\lib\pacman\sync out of qcw-msys2:unnamed",
                    $"rename qcw-msys2:unnamed {name}",
                ]));
            Assert.That(
                Names(paths.Msys2Cache),
                Is.EqualTo([
                    "contents.txt",
                    "make-4.4.1-2-x86_64.pkg.tar.zst",
                    "make-4.4.1-2-x86_64.pkg.tar.zst.sig",
                    "msys.db",
                    "msys.db.sig",
                    "ucrt64.db",
                ]));
            Assert.That(
                File.ReadLines(Path.Combine(paths.Msys2Cache, "contents.txt")).First(),
                Is.EqualTo(
                    Convert.ToHexStringLower(SHA256.HashData("content of make-4.4.1-2-x86_64.pkg.tar.zst"u8))
                        + "  make-4.4.1-2-x86_64.pkg.tar.zst"));
            Assert.That(paths.Msys2Cache + ".partial", Does.Not.Exist);
        }
    }

    [Test]
    public void Another_engine_builds_the_same_from_what_was_kept()
    {
        string name = Provide();
        engine.Images.Clear();
        engine.Done.Clear();
        Assert.That(Provide(), Is.EqualTo(name));
        Assert.That(engine.Done, Has.None.StartsWith("copy"));
        Assert.That(
            engine.Contexts[^1],
            Is.SupersetOf([
                "Dockerfile",
                "cache/msys.db",
                "cache/make-4.4.1-2-x86_64.pkg.tar.zst",
                "install.sh",
                "msys2-base.sfx.exe",
                "packages.txt",
            ]));
    }

    [Test]
    public void Fresh_packages_are_fetched_when_the_kept_ones_are_deleted()
    {
        string name = Provide();
        Directory.Delete(paths.Msys2Cache, recursive: true);
        engine.Folders[@"C:\msys64\var\lib\pacman\sync"] = ["msys.db", "newer.db"];
        Assert.That(Provide(), Is.Not.EqualTo(name));
    }

    [Test]
    public void Other_inputs_make_another_image()
    {
        string name = Provide();
        folder.Write("build/Compiling/Builders/Msys2/image/packages.txt", "other");
        Assert.That(Provide(), Is.Not.EqualTo(name));
    }

    [Test]
    public void A_damaged_package_is_named()
    {
        Provide();
        engine.Images.Clear();
        string package = Path.Combine(paths.Msys2Cache, Packages[0]);
        File.AppendAllText(package, "!");
        Assert.That(
            () => Provide(),
            Throws
                .TypeOf<BuildException>()
                .With.Message.EqualTo($"{package} is damaged: delete {paths.Msys2Cache}, and the packages are fetched again"));
    }

    [Test]
    public void An_image_whose_packages_are_gone_is_said()
    {
        engine.Folders[@"C:\msys64\var\cache\pacman\pkg"] = [];
        Assert.That(() => Provide(), Throws.TypeOf<BuildException>().With.Message.Contains("left no packages or no databases"));
    }

    [Test]
    public void Offline_it_is_built_from_what_was_kept_only()
    {
        engine.Images.Add(Msys2Pins.BaseImage, new ImageFacts("base", "layers"));
        Assert.That(
            () => Provide(offline: true),
            Throws
                .TypeOf<BuildException>()
                .With.Message.Contains(
                    "--offline keeps its packages from being fetched: run this once without, or give a --mirror=DIR that has msys2/"));
        Provide();
        engine.Images.Remove(engine.Images.Keys.Single(image => image.StartsWith("qcw-msys2", StringComparison.Ordinal)));
        Provide(offline: true);
        Assert.That(engine.Done.Count(done => done.StartsWith("build", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public void Offline_the_base_is_not_fetched() =>
        Assert.That(
            () => Provide(offline: true),
            Throws
                .TypeOf<BuildException>()
                .With.Message.StartsWith($"docker has no image {Msys2Pins.BaseImage}, and --offline keeps it from being fetched"));

    [Test]
    public void A_mirror_has_them_and_gives_them()
    {
        string name = Provide();
        var cache = new Msys2Cache(paths.Msys2Cache, Log);
        foreach (Qcw.Build.Fetching.Mirroring.MirrorFile file in cache.MirrorFiles())
        {
            string target = Path.Combine(folder.Path, "mirror", file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file.Source, target);
        }

        engine.Images.Clear();
        Directory.Delete(paths.Msys2Cache, recursive: true);
        Assert.That(Provide(mirror: Path.Combine(folder.Path, "mirror")), Is.EqualTo(name));
        Assert.That(Names(Path.Combine(folder.Path, "mirror", "msys2")), Is.EqualTo(Names(paths.Msys2Cache)));
    }

    [Test]
    public void A_base_can_be_given_but_not_as_an_archive()
    {
        engine.Images.Add("0123456789ab", new ImageFacts("own", "other layers"));
        string archive = folder.Write("base.tar", "root");
        Provide(new BaseReference(BaseKind.Local, "0123456789ab"));
        Assert.That(engine.Done, Does.Contain("build qcw-msys2:unnamed from own"));
        Assert.That(
            () => Provide(new BaseReference(BaseKind.Archive, archive)),
            Throws.TypeOf<UsageException>().With.Message.Contains("a Windows image cannot be made from an archive"));
    }

    [Test]
    public void What_is_pinned_is_pinned_by_hash()
    {
        var archive = (ArchiveSource)Msys2Pins.Archive.Source;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Msys2Pins.BaseImage, Does.Match("^mcr[.]microsoft[.]com/windows/servercore@sha256:[0-9a-f]{64}$"));
            Assert.That(archive.Sha256, Does.Match("^[0-9a-f]{64}$"));
            Assert.That(archive.Urls.Select(url => url.Scheme), Is.All.EqualTo("https"));
            Assert.That(archive.FileName, Is.EqualTo("msys2-base-x86_64-20260611.sfx.exe"));
        }
    }

    [Test]
    public void Its_recipe_is_for_windows_and_takes_nothing_from_elsewhere()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Paths.Msys2Image, "Dockerfile"));
        string[] commands = [.. lines.Where(line => line.Length > 0 && line[0] != '#')];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                lines[0], Is.EqualTo("# escape=`"), "with a backslash as escape, C:\\x at the end of a line would join it with the next");
            Assert.That(commands[..2], Is.EqualTo(["ARG BASE", "FROM ${BASE}"]), "the base is given by its id");
            Assert.That(
                commands.Select(line => line.Split(' ')[0]).Distinct(), Is.EqualTo(["ARG", "FROM", "SHELL", "COPY", "RUN"]),
                "no ADD, and nothing that spans lines");
            Assert.That(commands, Has.None.Contains("http").And.None.Contains("-Scc").And.None.Contains("--mount"));
            Assert.That(
                commands.Where(line => line.Contains("||", StringComparison.Ordinal)).Single(), Does.Contain("install.sh update"),
                "only the first update may fail");
            Assert.That(commands.Count(line => line.Contains("install.sh update", StringComparison.Ordinal)), Is.EqualTo(2));
        }
    }

    private static BuildLog Log => new(TextWriter.Null, interactive: false);

    private static string[] Names(string path) =>
        [.. Directory.GetFiles(path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private string Provide(BaseReference? wanted = null, bool offline = false, string? mirror = null)
    {
        using var fetcher = new Fetcher(paths, new FetchOptions(mirror, offline), Log);
        return new Msys2Image(paths, engine, wanted, fetcher, offline, Log).Provide();
    }
}
