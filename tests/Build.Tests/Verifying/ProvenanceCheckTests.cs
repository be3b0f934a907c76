using System.Text.Json;
using Qcw.Build.Releasing;
using Qcw.Build.Verifying;
using Qcw.Build.Verifying.Explanation;

namespace Qcw.Build.Tests.Verifying;

/// <summary>What a release says of how it was made, against what a checkout pins.</summary>
public sealed class ProvenanceCheckTests
{
    private const string Commit = "0123456789012345678901234567890123456789";

    private static readonly string One = new('1', 64);
    private static readonly string Two = new('2', 64);

    private TemporaryFolder folder = null!;

    private string File => folder["release/provenance.json"];

    [SetUp]
    public void MakeFolder()
    {
        folder = new TemporaryFolder();
        folder.Write("release/a.zip", "a");
        ReleaseChecksums.Write(folder["release"]);
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void The_same_pins_pass()
    {
        Write([("xz", "sha256", One), ("qcw", "gitCommit", Commit), ("seabios", "sha256", Two)]);
        Assert.That(Run(new("xz", One), new("qcw", Commit)).Verdict, Is.EqualTo(Verdict.Pass));
    }

    [Test]
    public void Without_provenance_nothing_was_checked() => Assert.That(Run().Verdict, Is.EqualTo(Verdict.NotChecked));

    [Test]
    public void Another_pin_fails_with_both()
    {
        Write([("xz", "sha256", One)]);
        AssertFails(Run(new Ingredient("xz", Two)), $"xz: published {One}, here {Two}");
    }

    [Test]
    public void A_pin_that_the_release_does_not_have_fails()
    {
        Write([]);
        AssertFails(Run(new Ingredient("xz 0001-x", Two)), $"xz 0001-x: not in the release, here {Two}");
    }

    [Test]
    public void Another_line_fails_with_the_option_to_give()
    {
        Write([], line: "debian13");
        AssertFails(Run(), "line: published debian13, here 2026.11: give --line=debian13");
    }

    [Test]
    public void Provenance_of_another_file_fails()
    {
        Write([], subject: Two);
        AssertFails(Run(), $"a.zip: provenance.json is about another file, {Two}");
    }

    [TestCase("{", "is not JSON")]
    [TestCase("""{"_type":"x"}""", "_type: found \"x\"")]
    [TestCase("""{"_type":"https://in-toto.io/Statement/v1","subject":[],"predicateType":"x","predicate":{}}""", "found the predicate x")]
    [TestCase(
        """{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"a"}],"predicateType":"x","predicate":{}}""", "subject: found")]
    public void A_damaged_file_is_refused(string text, string problem)
    {
        folder.Write("release/provenance.json", text);
        Assert.That(() => PublishedProvenance.Read(File), Throws.TypeOf<BuildException>().With.Message.Contains(problem));
    }

    [Test]
    public void Of_alternatives_the_one_that_was_used_counts()
    {
        var git = new GitSource(new Uri("https://example.org/xz.git"), Commit, []);
        Component xz = Sample.Component("xz", source: Sample.Archive([1])) with { Alternatives = [git] };
        Write([("xz", "gitCommit", Commit)]);
        Assert.That(ProvenanceCheck.PinsOf([xz], PublishedProvenance.Read(File)!), Is.EqualTo(new[] { new Ingredient("xz", Commit) }));
        Write([]);
        Assert.That(
            ProvenanceCheck.PinsOf([xz], PublishedProvenance.Read(File)!),
            Is.EqualTo(new[] { new Ingredient("xz", Sample.Sha256((byte[])[1])) }));
    }

    [Test]
    public void Tools_are_told_apart_by_their_packages()
    {
        Write([], tools: [("gcc-mingw-w64", "pkg:deb/debian/gcc-mingw-w64@12.2")]);
        Assert.That(
            PublishedProvenance.Differences(
                PublishedProvenance.Read(File)!.Tools, [new("gcc-mingw-w64", "pkg:deb/debian/gcc-mingw-w64@12.3"), new("nsis", "x")]),
            Is.EqualTo(new[]
            {
                "gcc-mingw-w64: published pkg:deb/debian/gcc-mingw-w64@12.2, here pkg:deb/debian/gcc-mingw-w64@12.3",
                "nsis: not in the release, here x",
            }));
    }

    [Test]
    public void The_cause_is_the_pin_of_what_differs_else_the_tool_that_makes_it()
    {
        var cause = new Cause(known: true, ["xz: published 1, here 2", "qemu: published 3, here 4"], ["nsis: published 3.08, here 3.09"]);
        var tools = new Cause(known: true, [], ["binutils-mingw-w64: published 2, here 3", "nsis: published 3.08, here 3.09"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cause.Of(FileKind.Nsis, ["qemu"], own: false), Is.EqualTo("probable cause: qemu: published 3, here 4"));
            Assert.That(cause.Of(FileKind.Nsis, [], own: true), Is.EqualTo("probable cause: nsis: published 3.08, here 3.09"));
            Assert.That(
                tools.Of(FileKind.Nsis, ["qemu"], own: false), Is.EqualTo("probable cause: binutils-mingw-w64: published 2, here 3"));
            Assert.That(new Cause(known: true, [], []).Of(FileKind.Zip, ["xz"], own: false), Does.StartWith("probable cause: none known"));
            Assert.That(new Cause(known: false, [], []).Of(FileKind.Zip, [], own: false), Does.StartWith("probable cause: not known"));
        }
    }

    private static void AssertFails(StepResult result, string line)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Fail));
            Assert.That(result.Files.Single().Details, Is.EqualTo(new[] { line }));
        }
    }

    private StepResult Run(params Ingredient[] pins) => ProvenanceCheck.Run(
        new Published("x", folder["release"]), PublishedProvenance.Read(File),
        new Dictionary<string, string> { ["line"] = "2026.11", ["tag"] = "v1" }, pins);

    private void Write(
        (string Name, string Algorithm, string Digest)[] inputs, (string Name, string Uri)[]? tools = null, string line = "2026.11",
        string? subject = null) =>
        folder.Write("release/provenance.json", JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["_type"] = "https://in-toto.io/Statement/v1",
            ["subject"] = new[] { new { name = "a.zip", digest = new { sha256 = subject ?? Sample.Sha256("a") } } },
            ["predicateType"] = "https://slsa.dev/provenance/v1",
            ["predicate"] = new
            {
                buildDefinition = new
                {
                    externalParameters = new { line },
                    resolvedDependencies = inputs.Select(one =>
                        new { name = one.Name, digest = new Dictionary<string, string> { [one.Algorithm] = one.Digest } }),
                },
                runDetails = new
                {
                    builder = new { id = "x", builderDependencies = (tools ?? []).Select(one => new { name = one.Name, uri = one.Uri }) },
                },
            },
        }));
}
