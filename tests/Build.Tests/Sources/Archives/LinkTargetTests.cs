using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Tests.Sources.Archives;

public sealed class LinkTargetTests
{
    [TestCase("a/b", "c")]
    [TestCase("a/b", "../c")]
    [TestCase("a/b/c", "../../d/")]
    [TestCase("a", "not/there")]
    [TestCase("a", ".")]
    [TestCase("a/b", "..")]
    public void Accepts_links_that_stay_inside(string link, string target) =>
        Assert.That(LinkTarget.Problem(link, new Dictionary<string, string> { [link] = target }), Is.Null);

    [TestCase("a", "..", "outside")]
    [TestCase("a", "../x", "outside")]
    [TestCase("a/b", "../../x", "outside")]
    [TestCase("a/b", "c/../../../x", "outside")]
    [TestCase("a", "/etc/passwd", "outside")]
    [TestCase("a", "C:/x", "outside")]
    [TestCase("a", "..\\x", "outside")]
    [TestCase("a", "", "nowhere")]
    [TestCase("a", "a", "circle")]
    [TestCase("a", ".git/hooks", ".git")]
    [TestCase("a/b", "../.GIT", ".git")]
    public void Refuses_others(string link, string target, string why) =>
        Assert.That(LinkTarget.Problem(link, new Dictionary<string, string> { [link] = target }), Does.Contain(why));

    [Test]
    public void Follows_links_on_the_way()
    {
        // by its text x/up/.. is x; in truth it is the folder above the tree
        var links = new Dictionary<string, string> { ["x/up"] = "..", ["out"] = "x/up/.." };
        Assert.That(LinkTarget.Problem("x/up", links), Is.Null);
        Assert.That(LinkTarget.Problem("out", links), Does.Contain("outside"));
    }

    [Test]
    public void Refuses_circles_of_several_links()
    {
        var links = new Dictionary<string, string> { ["a"] = "b", ["b"] = "c/x", ["c"] = "a" };
        Assert.That(LinkTarget.Problem("a", links), Does.Contain("circle"));
    }
}
