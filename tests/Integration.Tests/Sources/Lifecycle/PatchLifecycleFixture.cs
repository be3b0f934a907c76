using Qcw.Build.Fetching;
using Qcw.Build.Sources.Patches;
using Qcw.Build.Sources.Patches.Lifecycle;

namespace Qcw.Integration.Tests.Sources.Lifecycle;

/// <summary>
/// An upstream of thirty lines with a history, and three patches on its version 1.0: of one mail, of two, and of one.
/// </summary>
internal sealed class PatchLifecycleFixture : IDisposable
{
    private const string Fields = "\n\nAuthor: Jörg <j@example.org>\nForwarded: no\nLast-Update: 2026-11-27";
    private static readonly string[] Beta = ["beta begins here", "beta goes on", "beta has more", "beta comes to its end"];

    private readonly SourceTreeFixture tree = new();
    private readonly RecordingLog log = new();

    public PatchLifecycleFixture()
    {
        Directory.CreateDirectory(Upstream);
        string first = Release("1.0", Lines());
        Develop("0001-alpha", first, ("alpha", Replace(Lines(), 5, "alpha is new")));
        string middle = Beta.Index().Aggregate(Lines(), (text, line) => Replace(text, 12 + line.Index, line.Item));
        string end = middle.Replace("number 16", "beta sixteen", StringComparison.Ordinal);
        Develop("0002-beta", first, ("beta", middle), ("beta and more", end));
        Develop("0003-gamma", first, ("gamma", Replace(Lines(), 25, "gamma twenty-five")));
        Release("1.1", "moved one line\nmoved two lines\n" + Lines());
        Release("1.2", Replace(Lines(), 27, "upstream changed what is near"));
        Release("1.3", Replace(Lines(), 25, "upstream changed the same"));
        string merged = end.Replace("beta goes on", "upstream says it otherwise", StringComparison.Ordinal);
        Merge = Release("2.0", merged.Replace("number 17", "upstream seventeen", StringComparison.Ordinal));
        Release("3.0", string.Concat(Lines().Split('\n')[..10].Select(line => line + "\n")) + "all is done in another way\n");
        TestRepository.Git(Upstream, "checkout", "--quiet", "main");
        tree.Component = Sample.Component("demo", source: new LocalSource("demo", "demo"));
        string pristine = tree.Folder + "/pristine";
        TestRepository.Git(tree.Folder, "clone", "--quiet", "--branch=v1.0", Upstream, pristine);
        Files.Delete(Path.Combine(pristine, ".git"));
        Pristine = pristine;
        var source = new FetchedSource(FetchedKind.Directory, pristine, "demo") { Source = tree.Component.Source };
        tree.Apply(source, [.. Patches().Select(patch => patch.File)]);
    }

    public string Folder => tree.Folder;

    public string Upstream => Path.Combine(tree.Folder, "upstream");

    /// <summary>The files of version 1.0, without git.</summary>
    public string Pristine { get; }

    /// <summary>The commit with which upstream merged the second patch, in version 2.0.</summary>
    public string Merge { get; }

    /// <summary>The tree that the build has.</summary>
    public string PatchedTree => tree.Git("rev-parse", "HEAD^{tree}");

    /// <summary>The record of the second patch.</summary>
    public PatchUpstream? Record { get; set; }

    public string TakeOutput() => log.Take();

    public BuildLog Log => log.Log;

    public PatchSession Open(string bench = "bench") =>
        new(tree.Component, Patches(), tree.Tree, Path.Combine(Folder, bench), SourceTreeFixture.Epoch);

    /// <summary>The verdicts on the three patches.</summary>
    public IReadOnlyList<PatchVerdict> Judge(string? against, bool history = true)
    {
        PatchSession session = Open();
        return PatchReview.Of(session, session.Source(against, history ? Upstream : null)).Verdicts;
    }

    /// <summary>The files of a version, without git.</summary>
    public string Export(string version)
    {
        string folder = Path.Combine(Folder, "export-" + version);
        TestRepository.Git(Folder, "clone", "--quiet", "--branch=v" + version, Upstream, folder);
        Files.Delete(Path.Combine(folder, ".git"));
        return folder;
    }

    /// <summary>Version 1.0 or another as a repository of one commit.</summary>
    public string CheckOut(string version)
    {
        string folder = Export(version);
        TestRepository.Commit(folder);
        return folder;
    }

    public void Dispose()
    {
        tree.Dispose();
        log.Dispose();
    }

    private static string Lines() => string.Concat(Enumerable.Range(1, 30).Select(number => $"number {number} is a line\n"));

    private static string Replace(string text, int line, string by) =>
        text.Replace($"number {line} is a line", by, StringComparison.Ordinal);

    private string Release(string version, string text)
    {
        string branch = version == "1.0" ? "main" : "v" + version + "-work";
        if (version == "1.0")
        {
            File.WriteAllText(Path.Combine(Upstream, "main.c"), text);
            TestRepository.Commit(Upstream, "version 1.0");
        }
        else
        {
            TestRepository.Git(Upstream, "checkout", "--quiet", "-B", branch, version is "3.0" ? "v2.0" : "v1.0");
            File.WriteAllText(Path.Combine(Upstream, "main.c"), text);
            TestRepository.Git(Upstream, "commit", "--quiet", "--all", "--message", "version " + version);
        }

        TestRepository.Git(Upstream, "tag", "v" + version);
        return TestRepository.Git(Upstream, "rev-parse", "HEAD");
    }

    private void Develop(string name, string from, params (string Subject, string Text)[] mails)
    {
        TestRepository.Git(Upstream, "checkout", "--quiet", "--detach", from);
        foreach ((string subject, string text) in mails)
        {
            File.WriteAllText(Path.Combine(Upstream, "main.c"), text);
            string message = subject + "\n\nWhy: it is." + Fields;
            TestRepository.Git(Upstream, "commit", "--quiet", "--all", "--author", "Jörg <j@example.org>", "--message", message);
        }

        string patch = TestRepository.Git(Upstream, "format-patch", "--stdout", "--no-signature", "--no-numbered", $"{from}..HEAD");
        tree.Write($"patches/{name}.patch", patch + "\n");
    }

    private (SourcePatch Listed, PatchFile File)[] Patches() =>
    [
        .. ((string[])["0001-alpha", "0002-beta", "0003-gamma"]).Select(name =>
        {
            string file = Path.Combine(Folder, "patches", name + ".patch");
            SourcePatch listed = Record is not null && name == "0002-beta"
                ? new RemotePatch(name, file, new Uri("https://example.org/1"), "0", "x", "x", "x", null) { Upstream = Record }
                : new LocalPatch(name, file);
            return (listed, new PatchFile(name, file, Files.Sha256(file)));
        }),
    ];
}
