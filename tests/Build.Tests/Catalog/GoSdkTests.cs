namespace Qcw.Build.Tests.Catalog;

/// <summary>What a line says about Go's SDK.</summary>
public sealed class GoSdkTests
{
    private const string Place = "build/Catalog/Versions/test.json: go.sdk";

    private LineFolder folder = null!;

    [SetUp]
    public void Make_a_folder() => folder = new LineFolder();

    [TearDown]
    public void Remove_the_folder() => folder.Dispose();

    [Test]
    public void Packages_alone_are_the_source()
    {
        GoSdk sdk = Load($$"""  "packages": { "linux-amd64": {{Packages("amd64")}} }  """);

        Component go = sdk.For("linux-amd64")!;
        Assert.That(go.Id, Is.EqualTo("go-1.26.11"));
        Assert.That(go.Alternatives, Is.Empty);
        Assert.That(go.Source, Is.TypeOf<DebianPackagesSource>().With.Property("Root").EqualTo("usr/lib/go-1.26"));
        Assert.That(((DebianPackagesSource)go.Source).Packages.Select(package => package.File),
            Is.EqualTo(["golang-1.26-go_1.26.11-1_amd64.deb", "golang-1.26-src_1.26.11-1_all.deb"]));
        Assert.That(sdk.For("windows-amd64"), Is.Null);
    }

    [Test]
    public void An_archive_is_tried_before_the_packages_of_the_same_host()
    {
        GoSdk sdk = Load($$"""
            "archives": { "windows-amd64": {{Archive("windows-amd64")}}, "linux-amd64": {{Archive("linux-amd64")}} },
            "packages": { "linux-arm64": {{Packages("arm64")}}, "linux-amd64": {{Packages("amd64")}} }
            """);

        Assert.That(sdk.For("linux-amd64")!.Sources.Select(source => source.GetType()),
            Is.EqualTo([typeof(ArchiveSource), typeof(DebianPackagesSource)]));
        Assert.That(sdk.All.Select(go => go.Sources.First().Location), Is.EqualTo(
        [
            "https://example.org/go-linux-amd64.tar.gz",
            "Debian packages golang-1.26-go_1.26.11-1_arm64.deb, golang-1.26-src_1.26.11-1_all.deb",
            "https://example.org/go-windows-amd64.tar.gz",
        ]));
    }

    [Test]
    public void Its_newer_versions_are_looked_for_at_one_place()
    {
        GoSdk sdk = Load($$"""
            "upstream": { "watch": "git-tags", "repository": "https://example.org/go.git", "pattern": "go{version}", "scheme": "semver" },
            "packages": { "linux-amd64": {{Packages("amd64")}}, "linux-arm64": {{Packages("arm64")}} }
            """);

        Assert.That(sdk.All.Select(go => ((TagWatch)go.Watch!).TagOf("1.26.12")), Is.EqualTo(["go1.26.12", "go1.26.12"]));
    }

    [Test]
    public void Debians_packages_are_no_source_to_look_for_at_Debian() => Assert.That(
        Errors($$"""
            , "upstream": { "watch": "debian", "suites": ["sid"], "scheme": "semver" },
            "packages": { "linux-amd64": {{Packages("amd64")}} }
            """),
        Has.Exactly(1).StartsWith($"{Place}.upstream").And.Some.Contain("only a source of the kind debian"));

    [Test]
    public void Something_must_say_where_to_fetch_it() => Assert.That(Errors(string.Empty), Is.EqualTo(
        [$"{Place}: found an object, expected at least one of archives and packages: nothing else says where to fetch the SDK"]));

    [Test]
    public void A_package_is_for_the_host_it_is_listed_for() => Assert.That(
        Errors($$""", "packages": { "linux-arm64": {{Packages("amd64")}} }  """), Is.EqualTo(
        [
            $"{Place}.packages.linux-arm64.files[0].file: found \"golang-1.26-go_1.26.11-1_amd64.deb\", "
                + "expected a file for this host, whose name ends in _arm64.deb or _all.deb",
        ]));

    [Test]
    public void A_file_is_of_the_package_that_is_named() => Assert.That(
        Errors($$""", "packages": { "linux-amd64": {{Packages("amd64").Replace("1.26-go_", "1.25-go_", StringComparison.Ordinal)}} }  """),
        Is.EqualTo(
        [
            $"{Place}.packages.linux-amd64.files[0].file: found \"golang-1.25-go_1.26.11-1_amd64.deb\", "
                + "expected a file of the package golang-1.26-go, whose name begins with golang-1.26-go_",
        ]));

    [Test]
    public void Windows_has_no_packages_of_Debians() => Assert.That(
        Errors($$""", "packages": { "windows-amd64": {{Packages("amd64")}} }  """), Is.EqualTo(
        [
            $"{Place}.packages.windows-amd64: found the name \"windows-amd64\", "
                + "expected a host that Debian's programs run on, as Go names it: linux-amd64 or linux-arm64",
        ]));

    private static string Packages(string architecture) => $$"""
        {
          "root": "usr/lib/go-1.26",
          "files": [
            {
              "package": "golang-1.26-go", "suite": "trixie-backports", "file": "golang-1.26-go_1.26.11-1_{{architecture}}.deb",
              "sha256": "{{new string('1', 64)}}"
            },
            {
              "package": "golang-1.26-src", "suite": "trixie-backports", "file": "golang-1.26-src_1.26.11-1_all.deb",
              "sha256": "{{new string('2', 64)}}"
            }
          ]
        }
        """;

    private static string Archive(string host) => $$"""
        { "kind": "archive", "urls": ["https://example.org/go-{{host}}.tar.gz"], "sha256": "{{new string('3', 64)}}", "origin": "1" }
        """;

    private static string Line(string fields) =>
        LineFolder.Minimal(""" "tool": { "version": "1", "source": { "kind": "recipe" } } """)[..^1]
            + $$""", "go": { "minimum": "1.26", "below": "1.27", "sdk": { "version": "1.26.11"{{fields}} } } }""";

    private GoSdk Load(string fields)
    {
        folder.WriteLine("test", Line(", " + fields));
        return folder.Load("test").Go!.Sdk!;
    }

    private IReadOnlyList<string> Errors(string fields) => folder.Errors("test", Line(fields));
}
