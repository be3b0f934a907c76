using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Tests.Sources.Archives;

public sealed class EntryPathTests
{
    [TestCase("a/b.c")]
    [TestCase("./a//b")]
    [TestCase("a/..b")]
    [TestCase("a/b..")]
    [TestCase("a/.gitignore")]
    [TestCase("ä/ß")]
    [TestCase("a/con")]
    [TestCase("ab:/c")]
    [TestCase("a/x ")]
    public void Accepts_what_a_Unix_tree_may_hold(string name) =>
        Assert.That(EntryPath.Problem(name, windows: false), Is.Null);

    [TestCase("", "empty")]
    [TestCase("/etc/passwd", "absolute")]
    [TestCase("../x", "goes up")]
    [TestCase("a/../../x", "goes up")]
    [TestCase("a/..", "goes up")]
    [TestCase("C:/x", "drive letter")]
    [TestCase("c:x", "drive letter")]
    [TestCase("a\\..\\x", "backslash")]
    [TestCase("\\\\server\\share", "backslash")]
    [TestCase("a/.git/config", ".git folder")]
    [TestCase("a/.GIT/config", ".git folder")]
    [TestCase("GIT~1/config", ".git folder")]
    [TestCase(".git./config", ".git folder")]
    [TestCase(".git /config", ".git folder")]
    [TestCase(".git::$INDEX_ALLOCATION/config", ".git folder")]
    [TestCase(".g\u200cit/config", ".git folder")]
    [TestCase("a/\uFFFD", "UTF-8")]
    [TestCase("a/\0", "UTF-8")]
    public void Refuses_on_every_system(string name, string why) =>
        Assert.That(EntryPath.Problem(name, windows: false), Does.Contain(why));

    [TestCase("a/x ", "dot or a space")]
    [TestCase("a/x.", "dot or a space")]
    [TestCase("a/x:y", "character")]
    [TestCase("a/x?", "character")]
    [TestCase("a/x\u0001", "character")]
    public void Refuses_on_Windows_what_it_cannot_store(string name, string why) =>
        Assert.That(EntryPath.Problem(name, windows: true), Does.Contain(why));
}
