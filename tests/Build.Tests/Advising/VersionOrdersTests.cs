using Qcw.Build.Advising;
using Qcw.Build.Fetching.Debian;

namespace Qcw.Build.Tests.Advising;

public sealed class VersionOrdersTests
{
    // each is older than the one behind it
    private static readonly string[][] Semantic =
    [
        ["v0.0.0-20190101000000-000000000001", "v0.0.0-20230101000000-000000000001", "v0.0.1", "v0.7.0", "v0.15.0", "v2.0.0+incompatible"],
        ["1.2.3", "v1.2.4-0.20191109021931-daa7c04131f5", "v1.2.4-alpha", "v1.2.4-alpha.1", "v1.2.4-beta", "v1.2.4"],
        ["1.20.0-0", "1.20.0-rc.1", "1.20rc2", "1.20", "1.20.1", "1.21.0-0"],
        ["v8.0.0-rc2", "v8.0.0-rc2.0.20230401000000-abcdef012345", "8.0.0-rc9", "8.0.0-rc10", "8.0.0", "8.0.0.1", "10.0.13", "11.1.0-rc2"],
        ["0.2.0", "0.2.0-6-gcc6fb8a", "0.2.1"],
        ["4.4.4", "4.5.0-dev", "4.5.0"],
    ];

    private static readonly string[][] Debian =
    [
        ["7.2+dfsg~rc1-1", "7.2+dfsg", "7.2+dfsg-1", "7.2+dfsg-7", "7.2+dfsg-7+deb12u1", "7.2+dfsg-7+deb12u9", "7.2+dfsg-7+deb12u18"],
        ["10.0.2+ds-1", "10.0.13+ds-0+deb13u1", "10.0.13+ds-1~bpo12+1", "10.0.13+ds-1", "10.1.0-1", "1:7.2+dfsg-1"],
        ["2.84.4-3~deb13u5", "2.84.4-3", "2.84.4-3.1", "2.84.4-10"],
        ["1.3.1-1", "1:1.3.dfsg-3", "1:1.3.dfsg+really1.3.1-1", "1:1.3.dfsg+really1.3.1-1+deb13u1"],
        ["1.0~~", "1.0~~a", "1.0~", "1.0", "1.0a", "1.0+"],
    ];

    [TestCaseSource(nameof(Semantic))]
    public void Semantic_versions_follow_each_other(string[] versions) => AssertOrder(versions, SemanticVersion.TryParse);

    [TestCaseSource(nameof(Debian))]
    public void Versions_of_debian_follow_each_other(string[] versions) => AssertOrder(versions, DebianVersion.TryParse);

    [TestCase("v1.2.3", "1.2.3"), TestCase("1.20", "1.20.0"), TestCase("v2.0.0", "v2.0.0+incompatible")]
    [TestCase("8.0.0-rc2", "8.0.0-rc.2")]
    public void Spellings_of_one_version_are_the_same(string one, string other) =>
        Assert.That(SemanticVersion.TryParse(one)!.CompareTo(SemanticVersion.TryParse(other)), Is.Zero);

    [TestCase("1.0", "1.00"), TestCase("0:1.0", "1.0"), TestCase("1.0-0", "1.0")]
    public void Spellings_of_one_version_of_debian_are_the_same(string one, string other) =>
        Assert.That(DebianVersion.TryParse(one)!.CompareTo(DebianVersion.TryParse(other)), Is.Zero);

    [TestCase(""), TestCase("devel"), TestCase("d37158bb2425e7ebffb167d611be01f1e9e6c86f"), TestCase("1.0 ")]
    public void What_is_no_version_is_none(string text) => Assert.That(SemanticVersion.TryParse(text), Is.Null);

    private static void AssertOrder<T>(string[] versions, Func<string, T?> parse)
        where T : class, IComparable<T>
    {
        using (Assert.EnterMultipleScope())
        {
            foreach ((int first, string one) in versions.Index())
            {
                foreach ((int second, string other) in versions.Index())
                {
                    Assert.That(
                        Math.Sign(parse(one)!.CompareTo(parse(other)!)), Is.EqualTo(Math.Sign(first - second)), $"{one} and {other}");
                }
            }
        }
    }
}
