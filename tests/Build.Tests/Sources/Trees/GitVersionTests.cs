using Qcw.Build.Sources.Trees;

namespace Qcw.Build.Tests.Sources.Trees;

public sealed class GitVersionTests
{
    [TestCase("git version 2.39.5")]
    [TestCase("git version 2.45.1.windows.1")]
    [TestCase("git version 2.36")]
    [TestCase("git version 2.50.1 (Apple Git-155)")]
    public void Accepts_what_is_new_enough(string output) =>
        Assert.That(() => Git.RequireVersion(output), Throws.Nothing);

    [TestCase("git version 2.25.1")]
    [TestCase("git version 1.8.3")]
    [TestCase("something else")]
    public void Refuses_what_is_not(string output) =>
        Assert.That(() => Git.RequireVersion(output), Throws.InstanceOf<UsageException>().With.Message.Contains("2.36").And.Message.Contains(output));
}
