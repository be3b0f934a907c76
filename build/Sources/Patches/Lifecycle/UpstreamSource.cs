using System.Globalization;
using Qcw.Build.Fetching.Git;
using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Sources.Patches.Lifecycle;

/// <summary>A source that patches are held against.</summary>
/// <param name="Tree">Its files, on the bench.</param>
/// <param name="Label">For people.</param>
/// <param name="Version">Its version, where that is known.</param>
internal sealed record UpstreamSource(string Tree, string Label, string? Version)
{
    private const string CommitSuffix = "^{commit}";
    private const int MostTags = 5;

    /// <summary>A clone of upstream's with its history, which has <see cref="Commit"/>; null: none is known.</summary>
    public GitRepository? History { get; init; }

    /// <summary>The commit in <see cref="History"/> that the source is.</summary>
    public string? Commit { get; init; }

    /// <summary>The source of the line itself.</summary>
    /// <param name="bench">Has its tree.</param>
    /// <param name="component">The component.</param>
    /// <param name="import">The commit, on the bench, that has the pristine files.</param>
    /// <param name="upstream">A clone of upstream's, or null.</param>
    public static UpstreamSource OfLine(PatchBench bench, Component component, string import, GitRepository? upstream)
    {
        var own = new UpstreamSource(bench.TreeOf(import), $"the line's own source, {component.Version}", component.Version);
        IEnumerable<string> names =
            [.. component.Sources.OfType<GitSource>().Select(source => source.Commit), .. Candidates(component.Version)];
        string? commit = upstream is null ? null
            : names.Select(name => Resolve(upstream, name)).FirstOrDefault(found => found is not null);
        return commit is null ? own : own with { History = upstream, Commit = commit };
    }

    /// <summary>A version or a commit of a clone, or what stands in a path: a folder, a repository or an archive.</summary>
    /// <param name="bench">Gets the tree.</param>
    /// <param name="component">Whose source it is.</param>
    /// <param name="against">A full path, or a name in the clone.</param>
    /// <param name="upstream">A clone of upstream's, or null.</param>
    /// <exception cref="UsageException">It is neither.</exception>
    /// <exception cref="BuildException">The archive is damaged.</exception>
    public static UpstreamSource Find(PatchBench bench, Component component, string against, GitRepository? upstream)
    {
        if (Path.Exists(against))
        {
            return RepositoryIn(against) is { } repository ? InClone(bench, repository, "HEAD", $"{against} (its last commit)")
                : new UpstreamSource(OfPath(bench, against), against, null);
        }

        if (upstream is null)
        {
            string address = component.Sources.OfType<GitSource>().FirstOrDefault()?.Url.AbsoluteUri ?? "ADDRESS";
            throw new UsageException(
                $"--against={against} is no file and no folder. To look for a version there has to be a clone of upstream's: "
                    + $"git clone --bare {address} DIR, then --upstream=DIR");
        }

        string name = Candidates(against).FirstOrDefault(candidate => Resolve(upstream, candidate) is not null)
            ?? throw new UsageException(
                $"--against={against}: {upstream.Folder} has no such tag, branch or commit{Hint(upstream, against)}");
        return InClone(bench, upstream, name, $"{against} of {upstream.Folder}");
    }

    /// <summary>The repository of a folder: with a work tree, or bare; null: there is none.</summary>
    public static GitRepository? RepositoryIn(string folder)
    {
        string inside = Path.Combine(folder, ".git");
        return Path.Exists(inside) ? new GitRepository(inside)
            : Directory.Exists(Path.Combine(folder, "objects")) && File.Exists(Path.Combine(folder, "HEAD")) ? new GitRepository(folder)
            : null;
    }

    /// <summary>
    /// True where the source has what a record says upstream has, false where it has not, null where nobody can know.
    /// </summary>
    public bool? Has(PatchUpstream record)
    {
        if (record.Commit is { } commit && History is not null && Resolve(History, commit) is not null)
        {
            return IsAncestor(commit, Commit!);
        }

        return record.In is null || Version is null ? null : Compare(Version, record.In) is { } order ? order >= 0 : null;
    }

    /// <summary>Why a record cannot be true, as far as the clone knows; null: it may be.</summary>
    public string? ProblemOf(PatchUpstream record)
    {
        if (record.Commit is not { } commit || History is null)
        {
            return null;
        }

        string? first = Candidates(record.In!).Take(2).FirstOrDefault(tag => Resolve(History, tag) is not null);
        if (Resolve(History, commit) is not null)
        {
            return first is not null && !IsAncestor(commit, first) ? $"{record.In} does not have the commit {commit}" : null;
        }

        // a clone that is older than the commit cannot have it
        return first is not null || Has(record) == true ? $"{History.Folder} has no commit {commit}" : null;
    }

    /// <summary>The first tag that has a commit, as git describes it; null: the clone has none.</summary>
    public string? FirstTagOf(string commit) =>
        History!.Try("describe", "--contains", commit) is { ExitCode: 0 } found ? found.StandardOutput.Trim().Split('~', '^')[0] : null;

    private bool IsAncestor(string commit, string of) => History!.Try("merge-base", "--is-ancestor", commit, of).ExitCode == 0;

    private static UpstreamSource InClone(PatchBench bench, GitRepository clone, string name, string label)
    {
        string commit = Resolve(clone, name) ?? throw new UsageException($"{clone.Folder} has no commits");
        bench.Borrow(clone);
        string version = name[(name.LastIndexOf('/') + 1)..].TrimStart('v');
        return new UpstreamSource(bench.TreeOf(commit), label, IsVersion(version) ? version : null) { History = clone, Commit = commit };
    }

    private static string OfPath(PatchBench bench, string path)
    {
        if (Directory.Exists(path))
        {
            return bench.TreeOfFolder(path);
        }

        string folder = Path.Combine(bench.Scratch, "unpacked");
        ArchiveExtractor.Extract(path, folder);
        string tree = bench.TreeOfFolder(folder);
        Files.Delete(folder);
        return tree;
    }

    // a version is a tag, with or without the letter
    private static IEnumerable<string> Candidates(string name) => [$"refs/tags/v{name}", $"refs/tags/{name}", name];

    private static string? Resolve(GitRepository repository, string name) =>
        !name.StartsWith('-') && repository.Try("rev-parse", "--verify", "--quiet", name + CommitSuffix) is { ExitCode: 0 } found
            ? found.StandardOutput.Trim()
            : null;

    private static string Hint(GitRepository upstream, string against)
    {
        IReadOnlyList<string> tags = upstream.Lines("tag", "--list", "--sort=-creatordate");
        return Nearest.Match(against, tags.Select(tag => tag.TrimStart('v'))) is { } nearest ? $"; did you mean {nearest}?"
            : tags.Count > 0 ? $"; its newest tags are {string.Join(", ", tags.Take(MostTags))}"
            : "; it has no tags";
    }

    private static bool IsVersion(string text)
    {
        try
        {
            UpstreamVersion.Parse(text);
            return text.Contains('.', StringComparison.Ordinal);
        }
        catch (BuildException)
        {
            return false;
        }
    }

    /// <summary>Null where nothing says which one is newer.</summary>
    private static int? Compare(string left, string right)
    {
        if (!IsVersion(left) || !IsVersion(right))
        {
            return null;
        }

        (UpstreamVersion one, UpstreamVersion other) = (UpstreamVersion.Parse(left), UpstreamVersion.Parse(right));
        int[] numbers = [.. Numbers(one.FileVersion.ToString()).Zip(Numbers(other.FileVersion.ToString()), (a, b) => a.CompareTo(b))];
        if (numbers.FirstOrDefault(order => order != 0) is var order and not 0)
        {
            return order;
        }

        return one.Order is null || other.Order is null ? null
            : Numbers(one.Order).Zip(Numbers(other.Order), (a, b) => a.CompareTo(b)).FirstOrDefault(number => number != 0);
    }

    private static IEnumerable<int> Numbers(string text) =>
        text.Split('.').Select(number => int.Parse(number, CultureInfo.InvariantCulture));
}
