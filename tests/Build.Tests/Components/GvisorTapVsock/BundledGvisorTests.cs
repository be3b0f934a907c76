using Qcw.Build.Components;

namespace Qcw.Build.Tests.Components.GvisorTapVsock;

public sealed class BundledGvisorTests
{
    private static readonly string One = new('1', 40);
    private static readonly string Two = new('2', 40);

    private TemporaryFolder folder = null!;
    private RecordingLog log = null!;

    [SetUp]
    public void SetUp() => (folder, log) = (new TemporaryFolder(), new RecordingLog());

    [TearDown]
    public void TearDown()
    {
        folder.Dispose();
        log.Dispose();
    }

    [TestCase("GV_GITURL=https://example.org/x.git\nGV_SHA={0}\nOTHER=1\n")]
    [TestCase("GV_SHA := {0}\n")]
    public void The_commit_in_the_makefile_is_the_one_of_the_line(string makefile)
    {
        folder.Write("Makefile", string.Format(System.Globalization.CultureInfo.InvariantCulture, makefile, One));
        Assert.That(() => Check(Git(One)), Throws.Nothing);
        Assert.That(
            () => Check(Git(Two)),
            Throws
                .TypeOf<BuildException>()
                .With.Message.Contains($"Podman's Makefile names gvisor-tap-vsock {One}, but the line pins {Two}"));
    }

    [TestCase("module x\n\nrequire (\n\tgithub.com/containers/gvisor-tap-vsock v0.8.9\n)\n")]
    [TestCase("require github.com/containers/gvisor-tap-vsock v0.8.9 // indirect\n")]
    public void Newer_podmans_name_a_version_in_go_mod(string goMod)
    {
        folder.Write("Makefile", "all:\n");
        folder.Write("go.mod", goMod);
        Assert.That(() => Check(Git(One, "0.8.9")), Throws.Nothing);
        Assert.That(
            () => Check(Git(One, "0.8.8")),
            Throws.TypeOf<BuildException>().With.Message.Contains("go.mod names gvisor-tap-vsock v0.8.9, but the line pins 0.8.8"));
    }

    [Test]
    public void A_source_that_names_none_is_refused() =>
        Assert.That(() => Check(Git(One)), Throws.TypeOf<BuildException>().With.Message.Contains("expected GV_SHA=<commit> in Makefile"));

    [Test]
    public void A_local_source_cannot_be_compared_and_the_person_is_told()
    {
        folder.Write("Makefile", $"GV_SHA={One}\n");
        Check(Sample.Component("gvisor-tap-vsock", "mine", new LocalSource("/my/gvisor", "hash")));
        Assert.That(log.Text, Does.Contain("warning:").And.Contain(One).And.Contain("/my/gvisor"));
    }

    private void Check(Component gvisor) => BundledGvisor.Check(folder.Path, gvisor, log.Log);

    private static Component Git(string commit, string version = "0.5.0") =>
        Sample.Component("gvisor-tap-vsock", version, new GitSource(new Uri("https://example.org/gvisor-tap-vsock.git"), commit, []));
}
