using Cake.Core;
using Cake.Core.IO;
using LibGit2Sharp;

namespace Cake.Git;

/// <summary>Questions about a git repository, answered by libgit2.</summary>
public static class GitAliases
{
    /// <summary>The last commits, that of HEAD first; none where HEAD has no commit yet.</summary>
    /// <param name="context">Cake's services.</param>
    /// <param name="repositoryDirectoryPath">The repository's folder.</param>
    /// <param name="count">At most this many.</param>
    /// <exception cref="RepositoryNotFoundException">The directory is not that of a repository.</exception>
    public static ICollection<GitCommit> GitLog(this ICakeContext context, DirectoryPath repositoryDirectoryPath, int count)
    {
        using var repository = Open(context, repositoryDirectoryPath);
        return [.. repository.Commits.Take(count).Select(commit => new GitCommit(commit.Sha))];
    }

    /// <summary>Whether anything differs from HEAD: changed, staged, removed or untracked and not ignored.</summary>
    /// <inheritdoc cref="GitLog" path="/exception"/>
    public static bool GitHasUncommitedChanges(this ICakeContext context, DirectoryPath path)
    {
        using var repository = Open(context, path);
        return repository.RetrieveStatus().IsDirty;
    }

    private static Repository Open(ICakeContext context, DirectoryPath path)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(path);
        return new Repository(path.MakeAbsolute(context.Environment).FullPath);
    }
}
