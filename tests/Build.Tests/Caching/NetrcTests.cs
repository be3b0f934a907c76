using Qcw.Build.Caching;

namespace Qcw.Build.Tests.Caching;

public sealed class NetrcTests
{
    private const string Text =
        """
        machine other.example login them password theirs
        machine cache.example
          login us
          password ours
        default login anyone password all
        """;

    [TestCase("cache.example", "us", "ours")]
    [TestCase("CACHE.example", "us", "ours")]
    [TestCase("nowhere.example", "anyone", "all")]
    public void Finds_the_entry_of_a_host(string host, string user, string password) =>
        Assert.That(Netrc.Find(Text, host), Is.EqualTo((user, password)));

    [TestCase("")]
    [TestCase("machine")]
    [TestCase("machine a login")]
    [TestCase("machine other.example login them")]
    public void Nobody_is_nobody(string text) => Assert.That(Netrc.Find(text, "cache.example"), Is.Null);
}
