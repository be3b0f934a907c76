namespace Qcw.Build.Tests.Core;

public sealed class ToolPackagesTests
{
    private const string Sum = "1097a1968ea51df95fc5f065c0eed5e8fac805dbf3be40a3dd28a0adf9cdebd8";

    private static readonly FoundTool Nsis = new(ToolCatalog.Find("makensis"), "/usr/bin/makensis", "v3.08", new Version(3, 8));

    [Test]
    public void The_script_is_asked_for_the_file_and_for_the_packages_beside_it() =>
        Assert.That(
            ToolPackages.Arguments("/s.sh", [Nsis, new FoundTool(ToolCatalog.Find("go"), null, string.Empty, null)]),
            Is.EqualTo(["/s.sh", "makensis|/usr/bin/makensis|nsis,nsis-common"]), "a tool that is not there has no package");

    [Test]
    public void A_package_whose_version_no_index_has_is_there_without_a_hash() =>
        Assert.That(
            ToolPackages.Read($"gcc\tgcc\t4:12.2.0-3\tamd64\t{Sum}\tdebian\ngcc\tlibc6-dev\t2.36-9+deb12u14\tamd64\t-\tdebian\n"),
            Is.EqualTo(
            [
                new ToolPackage("gcc", "gcc", "4:12.2.0-3", "amd64", "debian") { Sha256 = Sum },
                new ToolPackage("gcc", "libc6-dev", "2.36-9+deb12u14", "amd64", "debian"),
            ]));

    [TestCase("gcc"), TestCase("gcc\tgcc\t12\tamd64\tabc\tdebian"), TestCase("gcc\tgcc\t1 2\tamd64\t-\tdebian")]
    public void Anything_else_is_refused(string answer) =>
        Assert.That(() => ToolPackages.Read(answer), Throws.TypeOf<BuildException>().With.Message.Contains(answer));

    [Test]
    public void A_tool_is_looked_up_once()
    {
        int asked = 0;
        var packages = new ToolPackages("/s.sh", _ =>
        {
            asked++;
            return "makensis\tnsis\t3.08-3\tamd64\t-\tdebian\n";
        });
        IReadOnlyList<ToolPackage> first = packages.Of(Nsis);
        Assert.That(packages.Of(Nsis), Is.EqualTo(first));
        Assert.That(asked, Is.EqualTo(1));
    }
}
