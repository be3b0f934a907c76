using Qcw.Build.Fetching;
using Qcw.Build.Updating;
using Qcw.Integration.Tests.Fetching;

namespace Qcw.Integration.Tests.Updating;

/// <summary>Versions and revisions of Debian's, from the archive as this machine's apt reaches it; one index for all tests.</summary>
public sealed class DebianVersionsTests
{
    // the line's own pins, but with the patches of the first revision of the same source
    private static readonly Component Pinned = Repository.Lines.Load("debian13").Library("libslirp");
    private static readonly DebianSource Source = (DebianSource)Pinned.Source;
    private static readonly DebianPatches Patches = Pinned.Patches.OfType<DebianPatches>().Single();

    private static readonly Component Component = Pinned with
    {
        Watch = new DebianWatch(Source.Package, [Source.Suite], VersionScheme.Semver),
        Patches =
        [
            Patches with
            {
                Archive = Patches.Archive with
                {
                    File = $"libslirp_{Pinned.Version}-1.debian.tar.xz",
                    Sha256 = new string('0', 64),
                    Sha1 = null,
                },
            },
        ],
    };

    private readonly FetchFixture fixture = new();
    private Fetcher fetcher = null!;

    [OneTimeSetUp]
    public void SetUp()
    {
        fixture.Folder.Write("versions/test.json", $$"""
            { "libraries": { "libslirp": { "version": "{{Pinned.Version}}",
                "source": { "file": "f", "sha256": "s", "sha1": "1", "origin": "1" }, "patches": [ { "file": "f", "sha256": "s" } ] } } }
            """);
        fetcher = fixture.Fetcher();
    }

    [OneTimeTearDown]
    public void TearDown()
    {
        fetcher.Dispose();
        fixture.Dispose();
    }

    [Test]
    public async Task A_newer_revision_of_the_same_source_is_found_with_what_it_fixes()
    {
        OutdatedReport report = await Check(offline: false).RunAsync(Sample.Line(), [Component]);
        DebianStatus debian = report.Inputs.Single().Debian!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.NotKnown.Select(input => input.Problem), Is.Empty);
            Assert.That(debian.Pinned, Is.EqualTo($"{Pinned.Version}-1"));
            Assert.That(debian.SameOriginal, Does.StartWith($"{Pinned.Version}-1+deb13u"));
            Assert.That((debian.IsNewer, debian.IsSecurity), Is.EqualTo((true, true)));
            Assert.That(debian.Vulnerabilities, Has.Some.Match("^CVE-[0-9]{4}-[0-9]+$"));
            Assert.That(report.Indexes.Single().Suite, Is.EqualTo(Source.Suite));
        }

        string log = fixture.Output;
        Assert.That(
            JsonText.Of((await Check(offline: false).RunAsync(Sample.Line(), [Component])).ToRecord()),
            Is.EqualTo(JsonText.Of(report.ToRecord())));
        Assert.That(fixture.Output, Is.EqualTo(log), "the second time nobody is asked");
    }

    [Test]
    public async Task The_newest_revision_is_pinned_from_the_signed_index()
    {
        UpdatePlan plan = await Updater().PlanAsync(Sample.Line(), Component, Pinned.Version, acceptChanged: false);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Edits.Select(edit => edit.Path), Is.EquivalentTo(
                ["libraries.libslirp.patches[0].file", "libraries.libslirp.patches[0].sha256"]), "the source is the same");
            Assert.That(plan.Edits[0].Value, Does.StartWith($"libslirp_{Pinned.Version}-1+deb13u"));
            Assert.That(plan.Edits[1].Value, Is.Not.EqualTo(new string('0', 64)).And.Match("^[0-9a-f]{64}$"));
            Assert.That(Files.Sha256(plan.Source), Is.EqualTo(Source.Sha256));
        }
    }

    [Test]
    public void A_patch_that_the_newest_revision_lacks_is_for_a_person_to_decide() => Assert.That(
        () => Updater().PlanAsync(
            Sample.Line(),
            Component with { Patches = [((DebianPatches)Component.Patches[0]) with { Take = ["no-such.patch"] }] },
            Pinned.Version, acceptChanged: false),
        Throws.InstanceOf<BuildException>().With.Message.Contains("libraries.libslirp.patches[0].take")
            .And.Message.Contains("does not have no-such.patch any more"));

    [Test]
    public void A_version_that_the_suite_does_not_have_is_refused() => Assert.That(
        () => Updater().PlanAsync(Sample.Line(), Component, "99.0.0", acceptChanged: false),
        Throws.InstanceOf<BuildException>().With.Message.Contains($"expected the same of 99.0.0 in Debian's {Source.Suite}, but it has "));

    private OutdatedCheck Check(bool offline) =>
        new(fetcher.Indexes, new AnswerCache(fixture.Folder["answers"], offline, TimeProvider.System), 2);

    private Updater Updater() => new(fetcher, Check(offline: false), fixture.Folder["versions"]);
}
