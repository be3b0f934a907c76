using Qcw.Build.Components;

namespace Qcw.Build.Tests.Components.Podman;

public sealed class PodmanPagesTests
{
    private static readonly HashSet<string> Pages = ["podman.html", "podman-run.html"];

    [TestCase("""<p><a href="https://example.org/x.png">a picture elsewhere</a></p><img src="data:image/png;base64,AA==" />""")]
    [TestCase("""<a href="#part">part</a> and &lt;img src="x.png"&gt; as text""")]
    public void A_page_may_link_elsewhere_and_have_images_inside(string body) =>
        Assert.That(() => PodmanPages.Check("a.html", Html(body), ["/home/me"]), Throws.Nothing);

    [TestCase("""<img alt="x" src="https://example.org/x.png" />""", "loads https://example.org/x.png")]
    [TestCase("""<img src="x.png" />""", "loads x.png")]
    [TestCase("""<link rel="stylesheet" href="../style.css" />""", "loads ../style.css")]
    [TestCase("""<script src="//example.org/x.js"></script>""", "loads //example.org/x.js")]
    [TestCase("""<a href="file:///etc/passwd">x</a>""", "file:///etc/passwd")]
    [TestCase("""<a href="/etc/passwd">x</a>""", "/etc/passwd")]
    [TestCase("<p>/home/me/podman</p>", "/home/me")]
    public void A_page_that_needs_something_else_is_named(string body, string reason) =>
        Assert.That(
            () => PodmanPages.Check("a.html", Html(body), ["/home/me"]),
            Throws.InstanceOf<BuildException>().With.Message.Contains("a.html").And.Message.Contains(reason));

    [TestCase("", "a.html is empty")]
    [TestCase("\n", "a.html is empty")]
    [TestCase("<html><body>", "a.html is cut off")]
    public void An_incomplete_page_is_named(string html, string reason) =>
        Assert.That(() => PodmanPages.Check("a.html", html, []), Throws.InstanceOf<BuildException>().With.Message.Contains(reason));

    [Test]
    public void All_missing_pages_are_named() =>
        Assert.That(
            () => PodmanPages.RequireAll(Pages, ["podman.html", "podman-x.html", "podman-b.html"]),
            Throws.InstanceOf<BuildException>().With.Message.EndsWith("podman-b.html, podman-x.html"));

    [TestCase("""<a href="podman-run.html#opt">run</a>""", ExpectedResult = """<a href="podman-run.html#opt">run</a>""")]
    [TestCase("""<a href="#opt">run</a>""", ExpectedResult = """<a href="#opt">run</a>""")]
    [TestCase(
        """<a href="mailto:me@example.org" class="email">me</a>""",
        ExpectedResult = """<a href="mailto:me@example.org" class="email">me</a>""")]
    [TestCase("""<a name="note">1</a>""", ExpectedResult = """<a name="note">1</a>""")]
    [TestCase("<a\nhref=\"podman-remote.html#x\">podman</a>", ExpectedResult = "<a\nhref=\"podman.html#x\">podman</a>")]
    [TestCase("<a\nhref=\"podman-mount.html\"><strong>podman\nmount</strong></a>(1)", ExpectedResult = "<strong>podman\nmount</strong>(1)")]
    [TestCase("""<a href="other.md">here</a> <a href="podman.html">x</a>""", ExpectedResult = """here <a href="podman.html">x</a>""")]
    public string Links_lead_to_pages_or_become_text(string html) => PodmanLinks.Repair("a.html", html, Pages, []);

    [TestCase("podman-run.1.md")]
    [TestCase("podman-run.md")]
    [TestCase("podman-run.1#part")]
    [TestCase("podman-run")]
    public void A_link_that_misses_its_page_is_an_error(string target) =>
        Assert.That(
            () => PodmanLinks.Repair("a.html", $"<a href=\"{target}\">x</a>", Pages, []),
            Throws.InstanceOf<BuildException>().With.Message.Contains($"a.html links to {target}, but the page is called podman-run.html"));

    private static string Html(string body) => $"<html><body>{body}</body></html>\n";
}
