using Qcw.Build.Compiling.Go;
using Qcw.Integration.Tests.Sources;

namespace Qcw.Integration.Tests.Compiling.Go;

/// <summary>What a person reads when a Go program cannot be built.</summary>
public sealed class GoErrorsTests
{
    private const string GoPackage = "golang-1.4-go_1.4.3-1_all.deb";
    private const string SourcePackage = "golang-1.4-src_1.4.3-1_all.deb";
    private static readonly string Host = GoFinder.Host;
    private GoFixture fixture = null!;

    [SetUp]
    public void SetUp() => fixture = new GoFixture();

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public void The_wrong_go_is_named_with_the_one_that_is_wanted()
    {
        fixture.Go = new GoVersions(new Version(1, 4), new Version(1, 5), null);
        string message = Assert.ThrowsAsync<UsageException>(fixture.MakeAsync)!.Message;
        Assert.That(
            message,
            Does.Contain("needs Go 1.4 or newer, below 1.5")
                .And.Match(@"this host has 1\.\d+\.\d+ \(/")
                .And.Contain("pins no SDK for " + Host));
    }

    [Test]
    public void Without_any_go_and_offline_the_pinned_sdk_is_what_is_missing()
    {
        fixture.Finder = new GoFinder([]);
        fixture.Go = new GoVersions(new Version(1, 18), new Version(1, 21), Sdk([1, 2, 3]));
        string message = Assert.ThrowsAsync(Is.InstanceOf<BuildException>(), fixture.MakeAsync)!.Message;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(message, Does.Contain("go1.20.14.test.tar.gz").And.Contain("https://example.org/").And.Contain("--mirror"));
            Assert.That(
                fixture.TakeOutput(),
                Does.Contain("the line needs Go 1.18 or newer, below 1.21; this host has no Go: using the SDK 1.20.14"));
        }
    }

    [Test]
    public async Task Where_the_hosts_go_does_not_fit_the_pinned_sdk_builds()
    {
        byte[] sdk = SourceArchive.GZip(SourceArchive.Tar(SourceArchiveItem.File("go/bin/go", FakeGo("echo go1.4.3"), executable: true)));
        fixture.Folder.Write("mirror/archives/go1.20.14.test.tar.gz", sdk);
        fixture.Go = new GoVersions(new Version(1, 4), new Version(1, 5), Sdk(sdk));
        await fixture.MakeAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.Exe, Does.Exist);
            Assert.That(fixture.TakeOutput(), Does.Contain("using the SDK 1.20.14").And.Match("go +unpack +done"));
        }
    }

    [Test]
    public async Task An_sdk_of_debians_packages_builds_where_the_hosts_go_does_not_fit()
    {
        fixture.Go = new GoVersions(new Version(1, 4), new Version(1, 5), SdkOfPackages("usr/lib/go-1.4"));
        await fixture.MakeAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.Exe, Does.Exist);
            Assert.That(fixture.TakeOutput(), Does.Contain("using the SDK 1.4.3").And.Contain(GoPackage)
                .And.Contain(SourcePackage).And.Match("go +unpack +done"));
            Assert.That(
                await File.ReadAllTextAsync(Path.Combine(fixture.Paths.Stage(fixture.Component), "licenses", "go", "LICENSE")),
                Is.EqualTo("Go's licence, as Debian writes it\n"));
            Assert.That(fixture.Paths.Tool("go-1.4.3") + "/usr/lib/go-1.4/src/fmt.go", Does.Exist, "by the link into the other package");
        }

        await fixture.MakeAsync();
        Assert.That(fixture.TakeOutput(), Does.Match("go +unpack +up to date"));
    }

    [Test]
    public async Task Debians_packages_are_taken_where_the_archive_cannot_be_had()
    {
        GoSdk packages = SdkOfPackages("usr/lib/go-1.4");
        fixture.Go = new GoVersions(
            new Version(1, 4), new Version(1, 5), Sdk([1, 2, 3]) with { Version = "1.4.3", Packages = packages.Packages });
        await fixture.MakeAsync();
        Assert.That(
            fixture.TakeOutput(),
            Does.Contain($"go: trying an alternative of the line: Debian packages {GoPackage}, {SourcePackage}"));
    }

    [Test]
    public void A_missing_package_of_the_sdk_is_named_with_its_place_in_a_mirror()
    {
        fixture.Go = new GoVersions(new Version(1, 4), new Version(1, 5), SdkOfPackages("usr/lib/go-1.4"));
        File.Delete(fixture.Folder["mirror/archives/" + SourcePackage]);
        string message = Assert.ThrowsAsync(Is.InstanceOf<BuildException>(), fixture.MakeAsync)!.Message;
        Assert.That(
            message,
            Does.Contain("and the SDK 1.4.3 could not be downloaded").And.Contain($"go: {SourcePackage}")
                .And.Contain("upstream: Debian binary package golang-1.4-src (bookworm)")
                .And.Contain("in a mirror: archives/" + SourcePackage));
    }

    [Test]
    public void Packages_without_the_folder_that_the_line_names_are_refused()
    {
        fixture.Go = new GoVersions(new Version(1, 4), new Version(1, 5), SdkOfPackages("usr/lib/go-9"));
        string message = Assert.ThrowsAsync<BuildException>(fixture.MakeAsync)!.Message;
        Assert.That(message, Is.EqualTo(
            $"{GoPackage} and {SourcePackage} have no folder usr/lib/go-9, which the line's go.sdk.packages names as root"));
    }

    [Test]
    public void A_missing_module_is_named_with_what_to_do()
    {
        Directory.Delete(fixture.Folder["mirror/go/example.org"], recursive: true);
        string message = Assert.ThrowsAsync<BuildException>(fixture.MakeAsync)!.Message;
        Assert.That(
            message,
            Does.Contain("greeter: the Go module example.org/greeting@v1.0.0 is missing")
                .And.Contain("--offline forbids the network")
                .And.Contain("--target=Mirror"));
    }

    [Test]
    public void A_module_that_is_not_what_go_sum_says_is_refused()
    {
        fixture.Proxy.Add(
            GoFixture.Module, "v1.0.0", ("go.mod", $"module {GoFixture.Module}\n\ngo 1.18\n"),
            ("greeting.go", "package greeting\n\nfunc To(name string) string { return \"goodbye \" + name }\n"));
        string message = Assert.ThrowsAsync<BuildException>(fixture.MakeAsync)!.Message;
        Assert.That(
            message,
            Does.Contain("is not what the component's go.sum says")
                .And.Contain("checksum mismatch")
                .And.Contain("downloaded: h1:")
                .And.Contain("go.sum:     h1:"));
    }

    [Test]
    public void A_module_without_a_licence_fails_unless_the_line_knows_it()
    {
        string sums = fixture.Proxy.Add(
            "example.org/unlicensed", "v1.0.0", ("go.mod", "module example.org/unlicensed\n"),
            ("a.go", "package unlicensed\n\nconst A = 1\n"));
        fixture.Write("go.mod", "module example.org/greeter\n\ngo 1.18\n\nrequire example.org/unlicensed v1.0.0\n");
        fixture.Write("go.sum", sums);
        fixture.Write(
            "cmd/greeter/main.go", "package main\n\nimport \"example.org/unlicensed\"\n\nfunc main() { println(unlicensed.A) }\n");
        fixture.Commit();
        string message = Assert.ThrowsAsync<BuildException>(fixture.MakeAsync)!.Message;
        Assert.That(
            message,
            Does.Contain("the Go module example.org/unlicensed in greeter has no licence text").And.Contain("modulesWithoutLicence"));

        fixture.Component = fixture.Component with { ModulesWithoutLicence = ["example.org/unlicensed"] };
        Assert.That(fixture.MakeAsync, Throws.Nothing);
    }

    [Test]
    public void A_program_that_does_not_compile_fails_with_gos_own_words_and_leaves_no_stage()
    {
        fixture.Write("cmd/greeter/main.go", "package main\n\nfunc main() { undefined() }\n");
        fixture.Commit();
        string message = Assert.ThrowsAsync(Is.InstanceOf<BuildException>(), fixture.MakeAsync)!.Message;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(message, Does.Contain("undefined: undefined").And.Contain("full output:"));
            Assert.That(fixture.Paths.Stage(fixture.Component), Does.Not.Exist);
        }
    }

    /// <summary>An SDK of a few bytes: it says that it is another version, and hands everything else to the real one.</summary>
    private static string FakeGo(string version, string root = "exec REAL env GOROOT")
    {
        string script =
            $"""
            #!/bin/sh
            case "$1 $2" in
            'env GOVERSION') {version} ;;
            'env GOROOT') {root} ;;
            *) exec REAL "$@" ;;
            esac

            """;
        return script.Replace("REAL", GoFinder.ForHost().FindAll()[0].Program, StringComparison.Ordinal);
    }

    /// <summary>The same as two packages in the mirror, as Debian divides it: programs, and the library with Go's licence.</summary>
    private GoSdk SdkOfPackages(string root)
    {
        string go = FakeGo("[ -f \"${0%/bin/go}/src/fmt.go\" ] && echo go1.4.3", "echo \"${0%/bin/go}\"");
        new TestPackage(fixture.Folder, "golang-1.4-go").File("usr/lib/go-1.4/bin/go", go, executable: true)
            .Link("usr/lib/go-1.4/src", "../../share/go-1.4/src").Build("mirror/archives/" + GoPackage);
        new TestPackage(fixture.Folder, "golang-1.4-src").File("usr/share/go-1.4/src/fmt.go", "package fmt\n")
            .File("usr/share/doc/golang-1.4-src/copyright", "Go's licence, as Debian writes it\n")
            .Build("mirror/archives/" + SourcePackage);
        return new GoSdk("1.4.3", new Dictionary<string, ArchiveSource>())
        {
            Packages = new Dictionary<string, DebianPackagesSource>
            {
                [Host] = new([Package("golang-1.4-go", GoPackage), Package("golang-1.4-src", SourcePackage)], root),
            },
        };
    }

    private DebianPackage Package(string name, string file) =>
        new(name, "bookworm", file, Files.Sha256(fixture.Folder["mirror/archives/" + file]));

    private static GoSdk Sdk(byte[] pinned) => new("1.20.14", new Dictionary<string, ArchiveSource>
    {
        [Host] = new([new Uri("https://example.org/go1.20.14.test.tar.gz")], Sample.Sha256(pinned), null),
    });
}
