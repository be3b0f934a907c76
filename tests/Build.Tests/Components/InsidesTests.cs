using Qcw.Build.Components;
using Qcw.Build.Packaging;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Tests.Components;

public sealed class InsidesTests
{
    private static readonly DebianPatches Debian = new(
        new DebianSource("glib2.0", "trixie", "glib2.0_2.84.4-3~deb13u5.debian.tar.xz", new string('a', 64)), []);

    [Test]
    public void Debians_headers_tell_what_a_patch_is_against_and_where_it_is_from()
    {
        PatchFacts facts = Facts(
            "Description: Fix an overflow\nOrigin: upstream, https://example.org/commit/1\nBug: https://example.org/issues/1\n"
                + "Bug-Debian: https://bugs.debian.org/1 CVE-2026-0002\nForwarded: not-needed\n---\n", Debian, "CVE-2026-0001-1.patch");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.Title, Is.EqualTo("Fix an overflow"));
            Assert.That(facts.IsUpstreams, Is.True);
            Assert.That(facts.Vulnerabilities, Is.EqualTo(["CVE-2026-0001", "CVE-2026-0002"]));
            Assert.That(facts.Bugs, Is.EqualTo(["https://bugs.debian.org/1", "https://example.org/issues/1"]));
            Assert.That(facts.Upstream, Is.EqualTo("forwarded: not-needed"));
            Assert.That(
                facts.Address,
                Is.EqualTo("pkg:deb/debian/glib2.0@2.84.4-3~deb13u5?arch=source&distro=trixie#debian/patches/CVE-2026-0001-1.patch"));
        }
    }

    [Test]
    public void A_patch_that_was_picked_from_upstream_is_upstreams() =>
        Assert.That(
            Facts("From: me\nSubject: [PATCH 1/2] words\n\n(cherry picked from commit 0123456789)\n---\n", Debian, "p").IsUpstreams,
            Is.True);

    [Test]
    public void One_of_this_repository_is_found_there()
    {
        PatchFacts facts = Facts(
            "From: me\nSubject: [PATCH] words\n\n---\n", new LocalPatch("0001-x", "/r/patches/xz/0001-x.patch"), "0001-x.patch");
        Assert.That((facts.Title, facts.IsUpstreams), Is.EqualTo(("words", false)));
        Assert.That(facts.Address, Does.EndWith("/patches/xz/0001-x.patch"));
    }

    [TestCase(UpstreamStatus.Merged, true), TestCase(UpstreamStatus.Rejected, false)]
    public void Of_one_from_elsewhere_the_file_that_describes_it_tells(UpstreamStatus status, bool merged)
    {
        const string state = "What people said.";
        var remote = new RemotePatch(
            "0001-x", "/r/0001-x.json", new Uri("https://example.org/p"), new string('a', 64), "https://example.org/1", state,
            "Because.", null)
        {
            Upstream = new PatchUpstream(status),
        };
        PatchFacts facts = Facts("From: me\nSubject: [PATCH] words\n\n---\n", remote, "0001-x");
        Assert.That(
            (facts.Title, facts.Origin, facts.Upstream, facts.Address, facts.IsUpstreams),
            Is.EqualTo(("Because.", "https://example.org/1", state, "https://example.org/p", merged)));
    }

    private static PatchFacts Facts(string header, SourcePatch patch, string name)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write(name, header + "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n");
        return Insides.FactsOf("xz", patch, new PatchFile(name, file, new string('f', 64)));
    }
}
