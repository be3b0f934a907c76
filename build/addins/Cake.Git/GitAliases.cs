using Cake.Core;
using Cake.Core.IO;
using LibGit2Sharp;

namespace Cake.Git;

/// <summary>Questions about a git repository, answered by libgit2.</summary>
public static class GitAliases
{
    /// <summary>The commit that HEAD points at.</summary>
    /// <exception cref="RepositoryNotFoundException">There is no repository at or above the directory.</exception>
    public static GitCommit GitLogTip(this ICakeContext context, DirectoryPath repositoryDirectoryPath)
    {
        using var repository = Open(context, repositoryDirectoryPath);
        return new GitCommit(repository.Head.Tip.Sha);
    }

    /// <summary>Whether anything differs from HEAD: changed, staged, removed or untracked and not ignored.</summary>
    /// <inheritdoc cref="GitLogTip" path="/exception"/>
    public static bool GitHasUncommitedChanges(this ICakeContext context, DirectoryPath path)
    {
        using var repository = Open(context, path);
        return repository.RetrieveStatus().IsDirty;
    }

    private static Repository Open(ICakeContext context, DirectoryPath path)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(path);
        var directory = path.MakeAbsolute(context.Environment).FullPath;
        return new Repository(Repository.Discover(directory)
            ?? throw new RepositoryNotFoundException($"There is no git repository at or above '{directory}'."));
    }
}
