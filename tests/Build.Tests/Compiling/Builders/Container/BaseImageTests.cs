using Qcw.Build.Compiling.Builders.Container;

namespace Qcw.Build.Tests.Compiling.Builders.Container;

public sealed class BaseImageTests
{
    private const string WithDigest = "docker.io/library/debian@sha256:0123456789012345678901234567890123456789012345678901234567890123";

    private TemporaryFolder folder = null!;
    private FakeEngine engine = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        engine = new FakeEngine("docker", EngineState.Works("linux"));
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void An_image_of_a_registry_is_fetched_once()
    {
        Provide(WithDigest);
        Provide(WithDigest);
        Assert.That(engine.Done, Is.EqualTo([$"pull {WithDigest}"]));
    }

    [Test]
    public void An_archive_is_imported_once_under_its_hash()
    {
        folder.Write("base.tar", "root");
        Provide("base.tar");
        Provide("base.tar");
        Assert.That(engine.Done, Is.EqualTo(["import qcw-base:4813494d137e1631"]));
    }

    [Test]
    public void An_id_that_the_engine_does_not_know_is_said() =>
        Assert.That(() => Provide("0123456789ab"), Throws.TypeOf<UsageException>().With.Message.EqualTo(
            "--container-base: docker has no image 0123456789ab; \"docker images\" lists the ones that it has"));

    [Test]
    public void Without_a_base_the_one_of_ContainerBase_is_taken()
    {
        engine.Images.Add("qcw-base:bookworm", new ImageFacts("id", "layers"));
        Assert.That(Provide(null).Id, Is.EqualTo("id"));
    }

    [Test]
    public void Without_a_base_and_debootstrap_it_is_said_how_to_get_one() =>
        Assert.That(
            () => Provide(null),
            Throws
                .TypeOf<UsageException>()
                .With.Message.EqualTo(
                    "docker has no base image to install the compilers into, and none can be made: "
                        + "debootstrap is missing (apt-get install debootstrap). Give one: --container-base=IMAGE@sha256:... "
                        + "from a registry, or the archive that --target=ContainerBase makes elsewhere (docs/containers.md)"));

    [
        TestCase("debian:12"),
        TestCase("debian"),
        TestCase("docker.io/library/debian:bookworm-slim"),
        TestCase("debian@sha256:0123"),
        TestCase("0123")
    ]
    public void A_base_without_a_digest_is_refused(string text) =>
        Assert.That(() => BaseReference.Parse(text, folder.Path), Throws.TypeOf<UsageException>().With.Message.StartsWith(
            $"--container-base: \"{text}\" has no digest, and a tag may point to another image tomorrow: "
                + "expected IMAGE@sha256:<64 digits>"));

    [Test]
    public void An_archive_that_is_not_there_is_named() =>
        Assert.That(() => BaseReference.Parse("no/base.tar.gz", folder.Path), Throws.TypeOf<UsageException>().With.Message.EqualTo(
            $"--container-base: there is no archive {Path.Combine(folder.Path, "no/base.tar.gz")}"));

    [TestCase(WithDigest, BaseKind.Registry)]
    [TestCase("localhost:5000/debian@sha256:0123456789012345678901234567890123456789012345678901234567890123", BaseKind.Registry)]
    [TestCase("qcw-base:bookworm", BaseKind.Local)]
    [TestCase("0123456789ab", BaseKind.Local)]
    [TestCase("sha256:0123456789012345678901234567890123456789012345678901234567890123", BaseKind.Local)]
    public void What_stays_the_same_is_taken(string text, BaseKind kind) =>
        Assert.That(BaseReference.Parse(text, folder.Path), Is.EqualTo(new BaseReference(kind, text)));

    [TestCase(WithDigest, "docker has no image " + WithDigest + ", and --offline keeps it from being fetched")]
    [TestCase(null, "none can be made: --offline keeps Debian's packages from being fetched")]
    public void Offline_nothing_is_fetched(string? wanted, string message) =>
        Assert.That(() => Provide(wanted, offline: true), Throws.InstanceOf<BuildException>().With.Message.Contains(message));

    private ImageFacts Provide(string? wanted, bool offline = false)
    {
        var log = RecordingLog.Nowhere;
        var debian = new DebianBase(new Paths(folder.Path, folder.Path), null, 0, new StepRunner(log), log);
        return new BaseImage(engine, wanted is null ? null : BaseReference.Parse(wanted, folder.Path), debian, offline, log).Provide();
    }
}
