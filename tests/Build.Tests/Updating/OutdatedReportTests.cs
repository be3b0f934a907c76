using System.Text.Json;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Updating;

namespace Qcw.Build.Tests.Updating;

/// <summary>What the table says, and when a run fails.</summary>
public sealed class OutdatedReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);

    private static readonly InputStatus Same = new(Sample.Component("meson", "1.7.0"));

    private static readonly InputStatus Older = new(Sample.Component("qemu", "10.0.13"))
    {
        Newest = new FoundVersion("11.1.3"),
        Days = 103,
        Patches = [new PatchOutlook("0004-a-patch-with-a-name-that-is-as-long-as-those-of-this-repository-are", new string('x', 90))],
    };

    private static readonly InputStatus Insecure = new(Sample.Component("xz", "5.8.1"))
    {
        Debian = new DebianStatus("xz-utils", "trixie", "5.8.1-1+deb13u1", "5.8.1-1+deb13u2", "5.8.1-1+deb13u2")
        {
            IsNewer = true,
            IsSecurity = true,
            Vulnerabilities = [.. Enumerable.Range(1000, 30).Select(id => $"CVE-2026-{id}")],
        },
    };

    private static readonly InputStatus NotAsked = new(Sample.Component("glib", "2.84.4")) { Problem = "no answer" };

    [Test]
    public void Every_line_fits_100_columns_and_every_input_has_one()
    {
        string[] lines = [.. Report(Same, Older, Insecure, NotAsked).Lines(Now)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Where(line => line.Length > 100), Is.Empty);
            Assert.That(lines, Has.Some.Match(@"^  meson +1\.7\.0 +=  +=$"));
            Assert.That(lines, Has.Some.Match(@"^  qemu +10\.0\.13 +=  +11\.1\.3 +103$"));
            Assert.That(lines, Has.Some.Match(@"^  xz .*trixie -1\+deb13u1 > -1\+deb13u2 security$"));
            Assert.That(lines, Has.Some.Match(@"^  glib +2\.84\.4 +\? +\?$"), "nobody said that it is up to date");
            Assert.That(string.Join(' ', lines.Select(line => line.Trim())), Does.Contain("CVE-2026-1004 and 25 more"));
        }
    }

    [TestCase(null, null)]
    [TestCase("security", "1 of 3 inputs are outdated in a way that is about security: xz")]
    [TestCase("any", "2 of 3 inputs are outdated: qemu, xz")]
    public void A_run_fails_for_what_it_is_told_to(string? failOn, string? failure) =>
        Assert.That(Report(Same, Older, Insecure).FailureFor(failOn, Now), Is.EqualTo(failure));

    [TestCase(null), TestCase("security"), TestCase("any")]
    public void A_run_in_which_somebody_could_not_be_asked_fails_always(string? failOn) =>
        Assert.That(Report(Same, NotAsked).FailureFor(failOn, Now), Does.StartWith("1 of 2 inputs could not be asked: glib"));

    [Test]
    public void An_index_that_Debian_does_not_vouch_for_any_more_is_named_and_no_gate()
    {
        OutdatedReport report = Report(Same) with { Indexes = [new SourceIndex("sid", Now.AddDays(-30), Now.AddDays(-23), [])] };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join(' ', report.Lines(Now)), Does.Contain("Debian's index of sid is of 2026-10-28 09:00 UTC"));
            Assert.That(report.FailureFor(null, Now), Is.Null);
            Assert.That(report.FailureFor("security", Now), Is.EqualTo("Debian's index of sid is too old to tell"));
        }
    }

    [Test]
    public void Programs_get_the_same_and_null_where_nobody_knows()
    {
        using JsonDocument json = JsonDocument.Parse(JsonText.Of(Report(Same, Insecure, NotAsked).ToRecord()));
        JsonElement[] inputs = [.. json.RootElement.GetProperty("inputs").EnumerateArray()];
        Assert.That(
            inputs.Select(input => input.GetProperty("outdated").ValueKind),
            Is.EqualTo([JsonValueKind.False, JsonValueKind.True, JsonValueKind.Null]));
        Assert.That(inputs[1].GetProperty("debian").GetProperty("vulnerabilities").GetArrayLength(), Is.EqualTo(30));
    }

    [TestCase("4.6.0", "merged in 4.6.0: 4.6.0 does not need it")]
    [TestCase("4.5.9", "merged in 4.6.0, after 4.5.9: not known without the source: run PatchStatus")]
    public void A_record_says_which_version_does_not_need_the_patch(string version, string says) => Assert.That(
        PatchOutlook.Of("0002", new PatchUpstream(UpstreamStatus.Merged, new string('a', 40), "4.6.0"), version).Says, Is.EqualTo(says));

    private static OutdatedReport Report(params InputStatus[] inputs) => new("test", inputs, [], null);
}
