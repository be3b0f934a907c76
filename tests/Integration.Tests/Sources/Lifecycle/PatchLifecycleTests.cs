using Qcw.Build.Sources.Patches.Lifecycle;

namespace Qcw.Integration.Tests.Sources.Lifecycle;

/// <summary>Patches held against other versions, brought onto them, and exported, with git itself.</summary>
public sealed class PatchLifecycleTests
{
    private PatchLifecycleFixture demo = null!;

    [SetUp]
    public void SetUp() => demo = new PatchLifecycleFixture();

    [TearDown]
    public void TearDown() => demo.Dispose();

    [TestCase(null, "applies", "applies", "applies")]
    [TestCase("1.1", "applies with offset", "applies with offset", "applies with offset")]
    [TestCase("v1.2", "applies", "applies", "refreshes")]
    [TestCase("1.3", "applies", "applies", "conflicts in main.c")]
    public void Each_patch_is_judged_on_the_version_with_those_before_it(string? against, params string[] expected)
    {
        IReadOnlyList<PatchVerdict> verdicts = demo.Judge(against);
        Assert.That(verdicts.Select(verdict => verdict.Detail), Is.EqualTo(expected));
        Assert.That(verdicts.Select(verdict => verdict.Differs), Is.All.Null);
    }

    [Test]
    public void What_was_merged_in_another_revision_is_found_by_its_lines_and_verified_by_history()
    {
        PatchVerdict unknown = demo.Judge(demo.Export("2.0"), history: false)[1];
        demo.Record = new PatchUpstream(UpstreamStatus.Merged, demo.Merge, "2.0");
        PatchVerdict known = demo.Judge("2.0")[1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                unknown.Detail,
                Is.EqualTo("looks merged: 80 % of its 5 new lines are there, 100 % of the 5 that it takes away are gone"));
            Assert.That(unknown.Differs, Is.EqualTo("the record says never-sent"));
            Assert.That(known.Detail, Does.StartWith($"merged, verified: {demo.Merge[..12]} is there, first in v2.0; looks merged: 80 %"));
            Assert.That(known.Differs, Is.Null);
            Assert.That(demo.Judge("1.3")[1], Has.Property(nameof(PatchVerdict.Standing)).EqualTo(Standing.Applies)
                .And.Property(nameof(PatchVerdict.Differs)).Null);
        }
    }

    [Test]
    public void What_is_rewritten_is_obsolete()
    {
        Assert.That(demo.Judge("3.0")[1], Has.Property(nameof(PatchVerdict.Standing)).EqualTo(Standing.Obsolete)
            .And.Property(nameof(PatchVerdict.Differs)).EqualTo("the record says never-sent"));
        demo.Record = new PatchUpstream(UpstreamStatus.Superseded, demo.Merge, "2.0");
        Assert.That(demo.Judge("3.0")[1], Has.Property(nameof(PatchVerdict.Differs)).Null
            .And.Property(nameof(PatchVerdict.Detail)).StartsWith("obsolete, verified: "));
    }

    [Test]
    public void A_record_that_history_denies_differs()
    {
        demo.Record = new PatchUpstream(UpstreamStatus.Merged, demo.Merge, "1.2");
        Assert.That(demo.Judge("2.0")[1].Differs, Is.EqualTo($"1.2 does not have the commit {demo.Merge}"));
        demo.Record = new PatchUpstream(UpstreamStatus.Merged, new string('1', 40), "2.0");
        Assert.That(demo.Judge("2.0")[1].Differs, Does.EndWith($"has no commit {new string('1', 40)}"));
        demo.Record = new PatchUpstream(UpstreamStatus.Merged, demo.Merge, "3.0");
        Assert.That(demo.Judge(demo.Export("2.0"), history: false)[1].Differs, Is.Null, "of a folder nobody knows the version");
    }

    [Test]
    public void A_version_that_is_not_there_is_named_with_the_nearest()
    {
        Assert.That(() => demo.Judge("2.o"), Throws.TypeOf<UsageException>().With.Message.EndsWith("; did you mean 2.0?"));
        Assert.That(
            () => demo.Judge("2.0", history: false),
            Throws.TypeOf<UsageException>().With.Message.Contains("no file and no folder").And.Message.Contains("--upstream=DIR"));
    }

    [Test]
    public void A_refreshed_patch_applies_and_the_old_one_is_untouched()
    {
        string before = Files.Sha256(Path.Combine(demo.Folder, "patches", "0003-gamma.patch"));
        RefreshResult result = Refresh("1.2", null);
        string repository = demo.CheckOut("1.2");
        TestRepository.Git(repository, ["am", "--quiet", .. result.Written]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Left, Is.Null);
            Assert.That(File.ReadAllText(Path.Combine(repository, "main.c")), Does.Contain("alpha is new").And.Contain("beta sixteen")
                .And.Contain("gamma twenty-five").And.Contain("upstream changed what is near"));
            Assert.That(File.ReadAllText(result.Written[2]), Does.Contain("From: =?UTF-8?q?J=C3=B6rg?= <j@example.org>")
                .And.Contain("Subject: [PATCH] gamma\n").And.Contain("Forwarded: no\n"));
            Assert.That(Files.Sha256(Path.Combine(demo.Folder, "patches", "0003-gamma.patch")), Is.EqualTo(before));
            Assert.That(demo.TakeOutput(), Does.Contain("0003-gamma: refreshes").And.Match("1:  [0-9a-f]+ . 1:  [0-9a-f]+ gamma"));
        }
    }

    [Test]
    public void A_conflict_leaves_a_work_tree_in_which_three_commands_go_on()
    {
        RefreshResult result = Refresh("1.3", null);
        string bench = Path.Combine(demo.Folder, "out", "tree");
        string file = Path.Combine(bench, "main.c");
        Assert.That(result.Left!.Patch.Name, Is.EqualTo("0003-gamma"));
        Assert.That(result.Written, Has.Count.EqualTo(2));
        Assert.That(File.ReadAllText(file), Does.Contain("<<<<<<<").And.Contain("alpha is new"));

        File.WriteAllText(
            file, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(file), "<<<<<<<[^>]*>>>>>>>[^\n]*\n", "gamma mended\n"));
        Sh($"git -C {bench} add --all");
        Sh($"git -C {bench} -c core.editor=true cherry-pick --continue");
        Sh(refresher!.FormatCommand(result.Left));
        string repository = demo.CheckOut("1.3");
        TestRepository.Git(repository, ["am", "--quiet", .. result.Written, Path.Combine(demo.Folder, "out", "0003-gamma.patch")]);
        Assert.That(File.ReadAllText(Path.Combine(repository, "main.c")), Does.Contain("gamma mended"));
    }

    [Test]
    public void Merged_patches_are_not_written()
    {
        RefreshResult result = Refresh("2.0", null);
        Assert.That(result.Dropped.Select(verdict => verdict.Patch.Name), Is.EqualTo((string[])["0002-beta"]));
        Assert.That(result.Written.Select(Path.GetFileName), Is.EqualTo((string[])["0001-alpha.patch", "0003-gamma.patch"]));
    }

    [Test]
    public void The_mailbox_gives_the_tree_of_the_build()
    {
        new PatchExporter(demo.Open()).Write(PatchForm.Mbox, null, Path.Combine(demo.Folder, "out"));
        string repository = demo.CheckOut("1.0");
        TestRepository.Git(repository, "am", "--quiet", Path.Combine(demo.Folder, "out", "patches.mbox"));
        Assert.That(TestRepository.Git(repository, "rev-parse", "HEAD^{tree}"), Is.EqualTo(demo.PatchedTree));
    }

    [Test]
    public void Quilts_series_gives_the_tree_of_the_build()
    {
        demo.Record = new PatchUpstream(UpstreamStatus.Merged, demo.Merge, "2.0", new Uri("https://example.org/2"));
        string folder = Path.Combine(demo.Folder, "out");
        IReadOnlyList<string> names = new PatchExporter(demo.Open()).Write(PatchForm.Quilt, null, folder);
        Assert.That(
            names,
            Is.EqualTo((string[])["0001-alpha.patch", "0002-beta.patch", "0003-beta-and-more.patch", "0004-gamma.patch", "series"]));
        string[] head = File.ReadAllLines(Path.Combine(folder, names[0]));
        Assert.That(head[..7], Is.EqualTo((string[])
        [
            "From: =?UTF-8?q?J=C3=B6rg?= <j@example.org>", head[1], "Subject: alpha", "MIME-Version: 1.0", head[4], head[5],
            "Forwarded: no",
        ]));
        Assert.That(File.ReadAllText(Path.Combine(folder, names[0])), Does.Contain("Last-Update: 2026-11-27\n\nWhy: it is.\n---\n"));
        Assert.That(File.ReadAllText(Path.Combine(folder, names[1])), Does.Contain("Forwarded: no\n"), "its own fields go first");

        ProcessRunner.Run(new ProcessRequest("quilt", "--quiltrc", "/dev/null", "push", "-a", "--fuzz=0")
        {
            WorkingDirectory = demo.Pristine,
            Environment = new Dictionary<string, string?> { ["QUILT_PATCHES"] = folder },
        });
        Files.Delete(Path.Combine(demo.Pristine, ".pc"));
        TestRepository.Commit(demo.Pristine);
        Assert.That(TestRepository.Git(demo.Pristine, "rev-parse", "HEAD^{tree}"), Is.EqualTo(demo.PatchedTree));
    }

    [Test]
    public void A_series_of_mails_has_a_cover_letter_and_none_of_our_fields()
    {
        string folder = Path.Combine(demo.Folder, "out");
        IReadOnlyList<string> names = new PatchExporter(demo.Open()).Write(PatchForm.SendEmail, "0002-beta", folder);
        string cover = File.ReadAllText(Path.Combine(folder, names[0]));
        string all = string.Concat(names.Select(name => File.ReadAllText(Path.Combine(folder, name))));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(names, Is.EqualTo((string[])["0000-cover-letter.patch", "0001-beta.patch", "0002-beta-and-more.patch"]));
            Assert.That(cover, Does.Contain("Subject: [PATCH 0/2] beta\n"));
            Assert.That(cover, Does.Contain("For demo 1.0, with these patches before:\n\n  0001-alpha\n"));
            Assert.That(all, Does.Contain("Subject: [PATCH 2/2] beta and more").And.Not.Contain("Forwarded").And.Not.Contain("***")
                .And.Not.Contain("\nTo: "));
        }
    }

    private PatchRefresher? refresher;

    private RefreshResult Refresh(string version, string? only)
    {
        string output = Path.Combine(demo.Folder, "out");
        PatchSession session = demo.Open("out/tree");
        refresher = new PatchRefresher(session, session.Source(version, demo.Upstream), output, demo.Log);
        return refresher.Run(only);
    }

    private static void Sh(string command) => ProcessRunner.Run(new ProcessRequest("sh", "-c", command));
}
