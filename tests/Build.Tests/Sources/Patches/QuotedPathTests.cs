using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Tests.Sources.Patches;

public sealed class QuotedPathTests
{
    [TestCase("plain/name", "plain/name")]
    [TestCase("\"\\303\\244.c\"", "ä.c")]
    [TestCase("\"a\\\"b\\\\c\\td\"", "a\"b\\c\td")]
    [TestCase("\"\\377\"", "\uFFFD")]
    [TestCase("\"", "\"")]
    [TestCase("\"\\8\\37\"", "837")]
    [TestCase("\"\ud83d\ude00\"", "\ud83d\ude00")]
    [TestCase("\"a\" b", "\"a\" b")]
    public void Reads_what_git_writes(string written, string path) =>
        Assert.That(QuotedPath.Unquote(written), Is.EqualTo(path));
}
