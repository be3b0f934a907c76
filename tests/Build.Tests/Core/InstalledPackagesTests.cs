namespace Qcw.Build.Tests.Core;

public sealed class InstalledPackagesTests
{
    private const string Answer =
        "installed\tsphinx\t5\tpython3:any (>= 3.9), docutils | old-docutils, \tfoo\n"
        + "installed\tpython3\t3.11\tlibc6 (>= 2.36), \t\n"
        + "installed\tlibc6\t2.36\t, libcrypt-api\t\n"
        + "installed\tlibcrypt1\t4\t, \tlibcrypt-api (= 1)\n"
        + "installed\tdocutils\t0.19\t, python3\t\n"
        + "not-installed\told-docutils\t\t, \t\n"
        + "installed\tunrelated\t1\t, \t\n";

    [Test]
    public void All_that_a_package_depends_on_is_found_and_nothing_else() =>
        Assert.That(
            InstalledPackages.Parse(Answer).With(["sphinx", "not there"]),
            Is.EqualTo("docutils 0.19\nlibc6 2.36\nlibcrypt1 4\npython3 3.11\nsphinx 5"));

    [Test]
    public void This_machine_can_be_asked() =>
        Assert.That(InstalledPackages.Read()?.With(["bash"]), Does.Contain("bash ").And.Contain("libc6 "));
}
