using Qcw.Build.Fetching;
using Qcw.Build.Updating;
using Qcw.Integration.Tests.Fetching;

namespace Qcw.Integration.Tests.Updating;

/// <summary>Versions that are tags of a git repository: found, dated and pinned.</summary>
[NonParallelizable] // commits get their day from the environment
public sealed class GitVersionsTests
{
    private FetchFixture fixture = null!;
    private string work = null!;
    private string[] commits = [];

    private Uri Repository => new("file://" + work);

    [SetUp]
    public void SetUp()
    {
        fixture = new FetchFixture();
        work = fixture.Folder["upstream"];
        fixture.Folder.Write("upstream/subprojects/part.wrap", $"[wrap-git]\nrevision = {new string('b', 40)}\n");
        string first = TestRepository.Commit(work, "one");
        TestRepository.Git(work, "config", "uploadpack.allowFilter", "true");
        TestRepository.Git(work, "config", "uploadpack.allowAnySHA1InWant", "true");
        commits = [first, Release("two", "2026-01-02T00:00:00Z"), Release("three", "2026-01-12T00:00:00Z")];
        TestRepository.Git(work, "tag", "v1.0.0", commits[0]);
        TestRepository.Git(work, "tag", "--annotate", "--message=signed", "v1.0.1", commits[1]);
        TestRepository.Git(work, "tag", "v2.0.0", commits[2]);
        TestRepository.Git(work, "tag", "v2.1.0-rc1", commits[2]);
        TestRepository.Git(work, "tag", "nightly", commits[2]);
    }

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public async Task Tags_tell_the_newest_of_the_branch_the_newest_and_the_days_between()
    {
        using Fetcher fetcher = fixture.Fetcher();
        OutdatedReport report = await Check(fetcher).RunAsync(Sample.Line(), [Component("1.0.1", commits[1])]);
        InputStatus status = report.Inputs.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(status.Problem, Is.Null);
            Assert.That(status.OfBranch, Is.Null);
            Assert.That(status.Newest, Is.EqualTo(new FoundVersion("2.0.0", null, commits[2])));
            Assert.That(status.Days, Is.EqualTo(10));
        }

        status = (await Check(fetcher).RunAsync(Sample.Line(), [Component("1.0.0", commits[0])])).Inputs.Single();
        Assert.That(status.OfBranch?.Version, Is.EqualTo("1.0.1"));
        Assert.That(status.OfBranch?.Commit, Is.EqualTo(commits[1]), "of an annotated tag the commit counts");
    }

    [Test]
    public async Task A_repository_that_does_not_answer_is_not_called_up_to_date()
    {
        Files.Delete(work);
        using Fetcher fetcher = fixture.Fetcher();
        OutdatedReport report = await Check(fetcher).RunAsync(Sample.Line(), [Component("1.0.0", commits[0])]);
        Assert.That(report.FailureFor(null, DateTimeOffset.UtcNow), Does.StartWith("1 of 1 inputs could not be asked: pod"));
        Assert.That(string.Join('\n', report.Lines(DateTimeOffset.UtcNow)), Does.Match(@"pod +1\.0\.0 +\? +\?"));
    }

    [Test]
    public async Task The_commit_of_the_tag_and_those_of_submodules_are_pinned()
    {
        fixture.Folder.Write("versions/test.json", $$"""
            { "components": { "pod": { "version": "1.0.0", "source": { "commit": "{{commits[0]}}",
                "submodules": [ { "path": "subprojects/part", "commit": "{{new string('a', 40)}}" } ] } } } }
            """);
        using Fetcher fetcher = fixture.Fetcher();
        UpdatePlan plan = await Updater(fetcher).PlanAsync(Sample.Line(), Component("1.0.0", commits[0], "subprojects/part"), null, false);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Version, Is.EqualTo("1.0.1"), "the newest of the branch");
            Assert.That(plan.Edits.ToDictionary(edit => edit.Path, edit => edit.Value), Is.EquivalentTo(new Dictionary<string, string>
            {
                ["components.pod.version"] = "1.0.1",
                ["components.pod.source.commit"] = commits[1],
                ["components.pod.source.submodules[0].commit"] = new('b', 40),
            }));
            Assert.That(TestRepository.Git(plan.Source, "rev-parse", "HEAD"), Is.EqualTo(commits[1]));
        }
    }

    [Test]
    public void A_tag_that_was_moved_is_refused_until_somebody_accepts_it()
    {
        fixture.Folder.Write("versions/test.json", """{ "components": { "pod": { "version": "1.0.0" } } }""");
        TestRepository.Git(work, "tag", "--force", "v1.0.0", commits[2]);
        using Fetcher fetcher = fixture.Fetcher();
        Component component = Component("1.0.0", commits[0]);
        Assert.That(
            () => Updater(fetcher).PlanAsync(Sample.Line(), component, "1.0.0", acceptChanged: false),
            Throws.InstanceOf<BuildException>().With.Message.Contains("pod 1.0.0 was released again")
                .And.Message.Contains(commits[0]).And.Message.Contains(commits[2]));
        Assert.That(
            async () => (await Updater(fetcher).PlanAsync(Sample.Line(), component, "1.0.0", acceptChanged: true)).Edits,
            Has.One.EqualTo(new PinEdit("components.pod.source.commit", commits[2])));
    }

    [Test]
    public void A_version_without_a_tag_is_refused() => Assert.That(
        async () =>
        {
            fixture.Folder.Write("versions/test.json", """{ "components": { "pod": { "version": "1.0.0" } } }""");
            using Fetcher fetcher = fixture.Fetcher();
            await Updater(fetcher).PlanAsync(Sample.Line(), Component("1.0.0", commits[0]), "1.0.2", false);
        },
        Throws.InstanceOf<BuildException>().With.Message.Contains("has no tag v1.0.2; did you mean v1.0.0?"));

    private Updater Updater(Fetcher fetcher) => new(fetcher, Check(fetcher), fixture.Folder["versions"]);

    private OutdatedCheck Check(Fetcher fetcher) =>
        new(fetcher.Indexes, new AnswerCache(fixture.Folder["answers"], offline: false, TimeProvider.System), 2);

    private Component Component(string version, string commit, params string[] submodules) => Sample.Component(
        "pod", version,
        new GitSource(Repository, commit, [])
        {
            Submodules = [.. submodules.Select(path => new Submodule(path, new GitSource(Repository, new string('a', 40), [])))],
        }) with
    {
        Watch = new TagWatch([Repository], "v{version}", VersionScheme.Semver),
    };

    private string Release(string text, string day)
    {
        fixture.Folder.Write("upstream/main.go", $"package main // {text}\n");
        TestRepository.Git(work, "add", "--all");
        using var committer = new EnvironmentVariable("GIT_COMMITTER_DATE", day);
        TestRepository.Git(work, "commit", "--quiet", "--message", text);
        return TestRepository.Git(work, "rev-parse", "HEAD");
    }
}
