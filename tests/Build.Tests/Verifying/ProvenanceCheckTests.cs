using Qcw.Build.Releasing;
using Qcw.Build.Tests.Attesting;
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
    private PublishedProvenance? said;

    private string File => folder["release/provenance.json"];

    [SetUp]
    public void MakeFolder()
    {
        folder = new TemporaryFolder();
        folder.Write("release/a.zip", "a");
        ReleaseChecksums.Write(folder["release"]);
        said = null;
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void The_same_pins_pass()
    {
        Write([new("xz", One), new("qcw", Commit)]);
        Assert.That(Run(new("xz", One), new("qcw", Commit)).Verdict, Is.EqualTo(Verdict.Pass));
    }

    [Test]
    public void Without_provenance_nothing_was_checked() => Assert.That(Run().Verdict, Is.EqualTo(Verdict.NotChecked));

    [Test]
    public void Another_pin_fails_with_both()
    {
        Write([new("xz", One)]);
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

    [Test]
    public void A_damaged_file_fails()
    {
        folder.Write("release/provenance.json", "{");
        var release = new Published("x", folder["release"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ProvenanceCheck.Read(release, out StepResult? damage), Is.Null);
            Assert.That(damage!.Verdict, Is.EqualTo(Verdict.Fail));
            Assert.That(damage.Reason, Does.Contain(File));
        }
    }

    [Test]
    public void A_file_may_be_signed_since()
    {
        Write([], subject: Two);
        folder.Write("release/SHA256SUMS.unsigned", $"{Two}  a.zip\n");
        Assert.That(Run().Verdict, Is.EqualTo(Verdict.Pass));
    }

    [Test]
    public void What_a_release_says_is_what_its_line_pins()
    {
        ProvenanceSample sample = new(folder);
        var published = PublishedProvenance.Of(sample.Make());
        Assert.That(published.Inputs, Is.EquivalentTo(ProvenanceCheck.PinsOf(sample.Line, ProvenanceSample.Commit)));
    }

    [Test]
    public void Tools_are_told_apart_by_their_packages()
    {
        Assert.That(
            PublishedProvenance.Differences(
                [new("gcc-mingw-w64", "pkg:deb/debian/gcc-mingw-w64@12.2")],
                [new("gcc-mingw-w64", "pkg:deb/debian/gcc-mingw-w64@12.3"), new("nsis", "x")]),
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
        new Published("x", folder["release"]), said, new Dictionary<string, string> { ["line"] = "2026.11", ["tag"] = "v1" }, pins);

    private void Write(
        Ingredient[] inputs, string line = "2026.11", string? subject = null) =>
        said = new PublishedProvenance(
            new Dictionary<string, string> { ["a.zip"] = subject ?? Sample.Sha256("a") }, inputs, [],
            new Dictionary<string, string> { ["line"] = line });
}
