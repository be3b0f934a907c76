using Qcw.Build.Sources.Patches;
using Qcw.Build.Updating;

namespace Qcw.Build.Tests.Updating;

/// <summary>What is read of pages, tags and changelogs, and how long it is taken for true.</summary>
public sealed class UpstreamAnswersTests
{
    private const string Listing = """
        <a href="qemu-11.1.2.tar.xz">qemu-11.1.2.tar.xz</a>        2026-09-30 14:02   140M
        <a href="qemu-11.1.2.tar.xz.sig">qemu-11.1.2.tar.xz.sig</a>    2026-09-30 14:02   310
        <a href="qemu-11.1.3.tar.xz">qemu-11.1.3.tar.xz</a>        27-Oct-2026 10:11   140M
        <a href="qemu-11.2.0-rc1.tar.xz">qemu-11.2.0-rc1.tar.xz</a>    2026-11-20 09:00   140M
        <a href="my-qemu-99.0.0.tar.xz">no</a> <a href="qemu-doc-9.9.tar.xz">no</a>
        """;

    private TemporaryFolder folder = null!;

    [SetUp]
    public void Create() => folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void A_page_names_each_version_once_with_the_day_of_its_line() => Assert.That(
        OutdatedCheck.OnPage(Listing, "qemu-{version}.tar.xz").Select(found => (found.Version, found.Day)),
        Is.EqualTo(((string, DateOnly?)[])
        [
            ("11.1.2", new DateOnly(2026, 9, 30)), ("11.1.3", new DateOnly(2026, 10, 27)), ("11.2.0-rc1", new DateOnly(2026, 11, 20)),
        ]));

    [Test]
    public void A_line_with_several_versions_has_no_day_of_any() => Assert.That(
        OutdatedCheck.OnPage(
            """{"2.84.4":"2.84/glib-2.84.4.tar.xz","2.84.5":"2.84/glib-2.84.5.tar.xz 2026-01-01"}""", "glib-{version}.tar.xz"),
        Is.EqualTo([new FoundVersion("2.84.4"), new FoundVersion("2.84.5")]));

    [TestCase("v1.2.3", "v{version}", "1.2.3")]
    [TestCase("pcre2-10.46", "pcre2-{version}", "10.46")]
    [TestCase("version-1.2.3", "v{version}", null)]
    [TestCase("v", "v{version}", null)]
    public void A_tag_fits_its_pattern_as_a_whole(string tag, string pattern, string? version) =>
        Assert.That(OutdatedCheck.Between(tag, pattern), Is.EqualTo(version));

    [Test]
    public void A_changelog_tells_days_and_what_is_fixed_above_a_version()
    {
        var changelog = DebianPackaging.Parse("xz-utils.debian.tar.xz", """
            xz-utils (5.8.1-1+deb13u2) trixie-security; urgency=high

              * Fix CVE-2026-0002 and CVE-2026-0001.

             -- Jane Doe <jane@example.org>  Wed, 02 Sep 2026 23:30:00 -0200

            xz-utils (5.8.1-1) unstable; urgency=medium

              * New upstream release.  (Closes: #1) CVE-2025-31115

             -- Jane Doe <jane@example.org>  Thu, 03 Apr 2025 10:00:00 +0200

            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                changelog.Revisions.Select(revision => revision.Day), Is.EqualTo([new DateOnly(2026, 9, 3), new DateOnly(2025, 4, 3)]));
            Assert.That(changelog.FixedAbove(Build.Fetching.Debian.DebianVersion.TryParse("5.8.1-1+deb13u1")!),
                Is.EqualTo(["CVE-2026-0001", "CVE-2026-0002"]));
            Assert.That(changelog.FirstDayOf(version => version.Upstream == "5.8.1"), Is.EqualTo(new DateOnly(2025, 4, 3)));
        }
    }

    [Test]
    public async Task An_answer_of_the_last_hour_is_taken_again_and_offline_one_of_any_age()
    {
        var clock = new TestClock();
        int asked = 0;
        Task<string> Ask() => Task.FromResult($"answer {++asked}");
        AnswerCache Cache(bool offline) => new(folder.Path, offline, clock);
        Assert.That((await Cache(false).GetAsync(["q"], Ask)).Said, Is.EqualTo("answer 1"));
        clock.Now += AnswerCache.Fresh - TimeSpan.FromSeconds(1);
        Assert.That((await Cache(false).GetAsync(["q"], Ask)).Said, Is.EqualTo("answer 1"));
        clock.Now += TimeSpan.FromSeconds(2);
        Answer<string> old = await Cache(true).GetAsync(["q"], Ask);
        Assert.That((old.Said, clock.Now - old.Asked > AnswerCache.Fresh), Is.EqualTo(("answer 1", true)), "it says of when it is");
        Assert.That((await Cache(false).GetAsync(["q"], Ask)).Said, Is.EqualTo("answer 2"));
        Assert.That((await Cache(false).GetAsync(["another"], Ask)).Said, Is.EqualTo("answer 3"));
    }

    private sealed class TestClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
