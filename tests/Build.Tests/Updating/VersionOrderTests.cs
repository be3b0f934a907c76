using Qcw.Build.Fetching.Debian;
using Qcw.Build.Updating;

namespace Qcw.Build.Tests.Updating;

/// <summary>Which of two versions is newer, by upstream's schemes and by Debian's.</summary>
public sealed class VersionOrderTests
{
    private static readonly string[] Upstreams =
        ["0.2.0", "0.2.0-6-gcc6fb8a", "4.5.0-rc1", "4.5.0-rc2", "4.5.0-dev", "4.5.0", "4.5.1", "4.10.0", "14.0.0"];

    // deb-version(7): ~ sorts before the end, letters before other signs, an epoch before all
    private static readonly string[] Debians =
    [
        "1.0~rc1-1", "1.0-1~deb13u1", "1.0-1", "1.0-1+deb13u1", "1.0-1+deb13u2", "1.0-10", "1.0+ds-1", "1.0.1-1", "1.09-1", "1.10-1",
        "1:0.1-1",
    ];

    [Test]
    public void Versions_of_upstream_are_in_order() => Assert.That(
        Upstreams.Reverse().Select(text => OrderedVersion.TryParse(text, VersionScheme.Semver)!).Order().Select(version => version.Text),
        Is.EqualTo(Upstreams));

    [Test]
    public void Versions_of_Debian_are_in_order() => Assert.That(
        Debians.Reverse().Select(text => DebianVersion.TryParse(text)!).Order().Select(version => version.Text), Is.EqualTo(Debians));

    [TestCase("1.0-1", "1.00-1"), TestCase("1.0", "1.0-0")]
    public void Versions_of_Debian_can_be_equal(string one, string other) =>
        Assert.That(DebianVersion.TryParse(one)!.CompareTo(DebianVersion.TryParse(other)), Is.Zero);

    [TestCase("1:1.3.dfsg+really1.3.1-1+deb13u1", "1.3.1")]
    [TestCase("1:10.0.13+ds-0+deb13u1", "10.0.13")]
    [TestCase("11.1.0~rc2+ds-1", "11.1.0-rc2")]
    [TestCase("2.32.4+dfsg-1", "2.32.4")]
    [TestCase("1.5.7+dfsg1-1", "1.5.7")]
    [TestCase("10.46-1~deb13u3", "10.46")]
    public void A_version_of_Debian_tells_upstreams(string debian, string upstream) =>
        Assert.That(DebianVersion.TryParse(debian)!.Upstream, Is.EqualTo(upstream));

    [TestCase("8.0.0-rc2", VersionScheme.Semver, false)]
    [TestCase("8.0.0", VersionScheme.Semver, true)]
    [TestCase("2.85.1", VersionScheme.EvenMinor, false)]
    [TestCase("2.84.1", VersionScheme.EvenMinor, true)]
    [TestCase("4.5.0-dev", VersionScheme.Semver, false)]
    [TestCase("2026-11-27", VersionScheme.Date, true)]
    public void A_release_is_known(string text, VersionScheme scheme, bool release) =>
        Assert.That(OrderedVersion.TryParse(text, scheme)!.IsRelease, Is.EqualTo(release));

    [TestCase("nightly", VersionScheme.Semver), TestCase("1.2.3", VersionScheme.Date), TestCase("", VersionScheme.Semver)]
    public void What_the_scheme_does_not_know_is_no_version(string text, VersionScheme scheme) =>
        Assert.That(OrderedVersion.TryParse(text, scheme), Is.Null);

    [TestCase("10.0.2", "semver", "10.0.13", "11.1.3")]
    [TestCase("10.46", "semver", "10.49", "10.49")]
    [TestCase("11.1.3", "semver", null, null)]
    [TestCase("4.5.0-dev", "semver", null, "11.1.3")]
    public void The_newest_of_the_branch_and_of_all_are_found(string pinned, string scheme, string? branch, string? newest)
    {
        string[] there = pinned == "10.46" ? ["10.45", "10.47", "10.49", "10.50-rc1"]
            : ["10.0.2", "10.0.13", "11.1.3", "11.2.0-rc1", "9.2.9"];
        (FoundVersion? ofBranch, FoundVersion? ofAll) = OutdatedCheck.NewerThan(
            pinned, Enum.GetValues<VersionScheme>().Single(one => UpstreamWatch.WordOf(one) == scheme),
            there.Select(version => new FoundVersion(version)));
        Assert.That((ofBranch?.Version, ofAll?.Version), Is.EqualTo((branch, newest)));
    }

    [Test]
    public void A_branch_for_developers_is_no_successor() => Assert.That(
        OutdatedCheck.NewerThan(
            "2.84.4", VersionScheme.EvenMinor, [new FoundVersion("2.85.3"), new FoundVersion("2.84.5")]).Newest?.Version,
        Is.EqualTo("2.84.5"));
}
