using Qcw.Build.Attesting;

namespace Qcw.Build.Tests.Attesting;

public sealed class PurlTests
{
    [Test]
    public void A_source_archive_is_named_with_its_place_and_hash() => Assert.That(
        Purl.Generic("qemu", "8.0.0-rc2", "https://example.org/a b/qemu+x.tar.xz?y=1&z", new string('a', 64)),
        Is.EqualTo(
            "pkg:generic/qemu@8.0.0-rc2?checksum=sha256:" + new string('a', 64)
                + "&download_url=https:%2F%2Fexample.org%2Fa%20b%2Fqemu%2Bx.tar.xz%3Fy%3D1%26z"));

    [TestCase("nsis", null, "pkg:generic/nsis")]
    [TestCase("a/b@c", "1#2?3", "pkg:generic/a%2Fb%40c@1%232%3F3")]
    [TestCase("Größe", "~1_2.3-4", "pkg:generic/Gr%C3%B6%C3%9Fe@~1_2.3-4")]
    public void What_has_a_meaning_in_a_package_url_is_encoded(string name, string? version, string expected) =>
        Assert.That(Purl.Generic(name, version), Is.EqualTo(expected));

    [TestCase("seabios", "1.16.2-1", "all", "debian-12", "pkg:deb/debian/seabios@1.16.2-1?arch=all&distro=debian-12")]
    [TestCase(
        "gcc-mingw-w64-x86-64-win32", "12.2.0-14+deb12u1+25.2+b1", "amd64", null,
        "pkg:deb/debian/gcc-mingw-w64-x86-64-win32@12.2.0-14%2Bdeb12u1%2B25.2%2Bb1?arch=amd64")]
    [TestCase("Git", "1:2.39.5-0+deb12u2", null, null, "pkg:deb/debian/git@1:2.39.5-0%2Bdeb12u2")]
    [TestCase("glib2.0", "2.84.4-3~deb13u5", "source", "trixie", "pkg:deb/debian/glib2.0@2.84.4-3~deb13u5?arch=source&distro=trixie")]
    public void A_package_of_Debians_is_named(string package, string version, string? architecture, string? suite, string expected) =>
        Assert.That(Purl.Debian(package, version, architecture, suite), Is.EqualTo(expected));

    [Test]
    public void A_repository_on_GitHub_is_named_in_lower_case() =>
        Assert.That(Purl.GitHub("FrodeSandholtz", "Proxy.Tool", "v1/X"), Is.EqualTo("pkg:github/frodesandholtz/proxy.tool@v1%2FX"));

    [TestCase("stdlib", "1.26.0", "pkg:golang/stdlib@1.26.0")]
    [TestCase("golang.org/x/sys", "v0.15.0", "pkg:golang/golang.org/x/sys@v0.15.0")]
    [TestCase("github.com/BurntSushi/toml", "v1.3.2+incompatible", "pkg:golang/github.com/burntsushi/toml@v1.3.2%2Bincompatible")]
    public void A_module_is_named(string module, string version, string expected) =>
        Assert.That(Purl.Golang(module, version), Is.EqualTo(expected));
}
