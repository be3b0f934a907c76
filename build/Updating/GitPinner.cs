using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Git;
using Qcw.Build.Sources.Trees;

namespace Qcw.Build.Updating;

/// <summary>Finds the commit of a version by its tag.</summary>
/// <param name="indexes">Asks for tags.</param>
internal sealed class TagPinner(UpstreamIndexes indexes)
{
    /// <summary>The commit of the tag of a version, about which all repositories that answer agree.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="repositories">Addresses of the same repository.</param>
    /// <param name="pinned">The commit that is pinned now: where the line does not watch tags, its tag says how tags are named.</param>
    /// <exception cref="BuildException">There is no such tag, none answers, or they disagree.</exception>
    public async Task<string> CommitAsync(UpdateRequest request, IReadOnlyList<Uri> repositories, string pinned)
    {
        var commits = new List<(Uri From, string Commit)>();
        var problems = new List<string>();
        foreach (Uri repository in repositories)
        {
            try
            {
                commits.Add((repository, CommitOf(request, repository, await indexes.TagsAsync(request.Name, repository), pinned)));
            }
            catch (BuildException e)
            {
                problems.Add(e.Message);
            }
        }

        if (commits.Count == 0)
        {
            throw new BuildException(string.Join("\n", problems));
        }

        return commits.Select(one => one.Commit).Distinct().Count() == 1
            ? commits[0].Commit
            : throw new BuildException(
                $"the tag of {request.Name} {request.Version} is not the same commit everywhere:"
                    + string.Concat(commits.Select(one => $"\n    {one.Commit}  {one.From.AbsoluteUri}")));
    }

    private static string CommitOf(UpdateRequest request, Uri repository, IReadOnlyList<GitTag> tags, string pinned)
    {
        string tag = request.Component.Watch is TagWatch watch ? watch.TagOf(request.Version)
            : tags.Where(known => known.Commit == pinned)
                .FirstOrDefault(known => known.Name.Contains(request.Component.Version, StringComparison.Ordinal))
                is { } old
                ? old.Name.Replace(request.Component.Version, request.Version, StringComparison.Ordinal)
                : throw new BuildException(
                    $"{repository.AbsoluteUri} has no tag of {request.Component.Version} at the pinned commit {pinned}, "
                        + "so it is not known how its tags are named: change the commit by hand");
        return tags.FirstOrDefault(known => known.Name == tag)?.Commit
            ?? throw new BuildException(
                $"{repository.AbsoluteUri} has no tag {tag}"
                    + (Nearest.Match(tag, tags.Select(known => known.Name)) is { } nearest ? $"; did you mean {nearest}?" : string.Empty));
    }
}

/// <summary>Pins the commit of a tag. Git proves its content; that the tag is upstream's, the server does.</summary>
/// <param name="fetcher">Fetches the commit.</param>
/// <param name="tags">Finds it.</param>
internal sealed class GitPinner(Fetcher fetcher, TagPinner tags)
{
    // what names submodules and subprojects; git itself has verified the commit
    private static readonly string[] NamesOnly = ["/.gitmodules", "/subprojects/*.wrap"];

    /// <summary>Fetches and pins the commit of a version, with the submodules that the line names.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="source">As it is pinned now.</param>
    /// <param name="path">Where it stands in the file.</param>
    /// <param name="findings">Gets the changes.</param>
    /// <param name="whole">False: of the files only those are fetched that name submodules.</param>
    /// <returns>The bare repository, a full path.</returns>
    /// <exception cref="BuildException">There is no such tag, or it names other submodules.</exception>
    public async Task<string> PinAsync(UpdateRequest request, GitSource source, string path, Findings findings, bool whole)
    {
        string commit = await tags.CommitAsync(request, [source.Url, .. source.AlsoAt], source.Commit);
        request.RequireSame(
            $"the tag in {source.Url.AbsoluteUri}", request.Component.Version == request.Version ? source.Commit : null, commit);
        GitSource wanted = source with { Commit = commit, Submodules = [], Sparse = whole ? source.Sparse : NamesOnly };
        Component one = request.Component with { Version = request.Version, Source = wanted, Alternatives = [], Patches = [] };
        await fetcher.FetchAsync([one]);
        string repository = fetcher.Locate(one).Path;
        findings.Set($"{path}.commit", source.Commit, commit);
        findings.Prove($"{source.Url.AbsoluteUri}: the tag of {request.Version} is the commit {commit}, which was fetched");
        foreach ((int index, Submodule submodule) in source.Submodules.Index())
        {
            string field = $"{path}.submodules[{index}]";
            string own = SubmoduleOf(new GitRepository(repository), commit, submodule.Path)
                ?? throw new BuildException(
                    $"{field}: {request.Version} has neither a submodule {submodule.Path} nor a wrap file with a commit for it: "
                        + "change the line by hand");
            findings.Set($"{field}.commit", submodule.Source.Commit, own);
        }

        return repository;
    }

    private static string? SubmoduleOf(GitRepository git, string commit, string path)
    {
        // "160000 commit ID\tPATH"
        string entry = git.Run("ls-tree", commit, "--", path);
        if (entry.StartsWith("160000 commit ", StringComparison.Ordinal))
        {
            return entry["160000 commit ".Length..].Split('\t')[0];
        }

        return MesonWrap.PathFor(path) is { } wrap && git.Try("show", $"{commit}:{wrap}") is { ExitCode: 0 } text
            && MesonWrap.Parse(text.StandardOutput).Revision is { Length: 40 } revision ? revision : null;
    }
}
