using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Host;

namespace Qcw.Build.Tests.Compiling.Builders.Container;

public sealed class ContainerImageTests
{
    private TemporaryFolder folder = null!;
    private FakeEngine engine = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        folder.Write("build/Compiling/Builders/Container/Dockerfile", "FROM ${BASE}");
        folder.Write("build/Compiling/Builders/Container/packages.txt", "make=1");
        engine = new FakeEngine("docker", EngineState.Works("linux"));
        engine.Images.Add("0123456789ab", new ImageFacts("one", "layers"));
        engine.Images.Add("ba9876543210", new ImageFacts("two", "layers"));
        engine.Images.Add("aaaaaaaaaaaa", new ImageFacts("three", "other layers"));
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void It_is_built_once_from_the_same_base_however_that_came_here()
    {
        string image = Provide("0123456789ab");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(image, Does.Match("^qcw-build:[0-9a-f]{16}$"));
            Assert.That(Provide("ba9876543210"), Is.EqualTo(image));
            Assert.That(engine.Done, Is.EqualTo([$"build {image} from one"]));
        }
    }

    [Test]
    public void Another_base_or_package_is_another_image()
    {
        string image = Provide("0123456789ab");
        string otherBase = Provide("aaaaaaaaaaaa");
        folder.Write("build/Compiling/Builders/Container/packages.txt", "make=2");
        Assert.That(new[] { image, otherBase, Provide("0123456789ab") }, Is.Unique);
    }

    [Test]
    public void Every_package_of_a_recipes_tool_is_in_the_list_with_its_version()
    {
        string[] listed =
            [.. File.ReadLines(Path.Combine(Repository.Paths.Image, "packages.txt")).Where(line => line.Length > 0 && line[0] != '#')];
        IEnumerable<string> wanted = RecipeTools.All.SelectMany(tool => tool.DebianPackage.Split(' '));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed, Has.All.Match("^[a-z0-9][a-z0-9.+-]+=[0-9A-Za-z.+:~-]+$"));
            Assert.That(wanted, Is.SubsetOf(listed.Select(line => line.Split('=')[0])));
        }
    }

    [Test]
    public void An_image_without_a_fitting_tool_is_refused()
    {
        Tool[] tools =
        [
            new("make", ["make"], "make", "x"),
            new("meson", ["meson"], "meson", "x") { Minimum = new Version(1, 0) },
            new("perl", ["perl"], "perl", "x"),
        ];
        Assert.That(
            () => ImageTools.Read("make\t/usr/bin/make\tGNU Make 4.3\nmeson\t/usr/bin/meson\t0.63.1\n", tools, "qcw-build:x"),
            Throws
                .TypeOf<BuildException>()
                .With.Message.StartsWith("the image qcw-build:x does not fit: meson 0.63.1 is older than 1.0, perl is missing"));
    }

    [Test]
    public void Tools_are_asked_as_the_catalog_says() =>
        Assert.That(
            ImageTools.Arguments("/s.sh", [ToolCatalog.Find("perl"), ToolCatalog.Find("python3")]),
            Is.EqualTo(["/s.sh", "perl|perl|-e|print $^V", "python3|/usr/bin/python3,python3|--version"]));

    [Test]
    public void Offline_it_is_not_built() =>
        Assert.That(
            () => Provide("0123456789ab", offline: true),
            Throws.TypeOf<BuildException>().With.Message.Contains("--offline keeps the packages for it from being fetched"));

    [Test]
    public void Its_recipe_takes_nothing_that_changes_and_leaves_nothing_behind()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Paths.Image, "Dockerfile"));
        string commands = string.Join('\n', lines.Where(line => !line.StartsWith('#')));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                lines.Where(line => line.StartsWith("FROM", StringComparison.Ordinal)), Is.EqualTo(["FROM ${BASE}"]),
                "the base is given by its id");
            Assert.That(
                commands, Does.Contain("SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]"), "a pipe whose first part fails must fail");
            Assert.That(commands, Does.Contain("apt-get install -q -y --no-install-recommends").And.Contain("rm -rf /var/lib/apt/lists/*"));
            Assert.That(commands, Does.Not.Contain("ADD ").And.Not.Contain("curl").And.Not.Contain("wget").And.Not.Contain("upgrade"));
        }
    }

    private string Provide(string reference, bool offline = false)
    {
        var log = RecordingLog.Nowhere;
        var paths = new Paths(folder.Path, Path.Combine(folder.Path, "artifacts"));
        var debian = new DebianBase(paths, null, 0, new StepRunner(log), log);
        return new ContainerImage(
            paths, engine, new BaseImage(engine, BaseReference.Parse(reference, folder.Path), debian, offline, log), offline, log
        ).Provide();
    }
}
