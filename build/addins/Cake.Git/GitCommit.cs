using LibGit2Sharp;

namespace Cake.Git;

/// <summary>What a commit says of itself.</summary>
public sealed class GitCommit
{
    internal GitCommit(Commit commit)
    {
        Sha = commit.Sha;
        Author = new GitSignature(commit.Author);
        Committer = new GitSignature(commit.Committer);
        Message = commit.Message;
        MessageShort = commit.MessageShort;
    }

    /// <summary>The full id, 40 lower-case hex digits.</summary>
    public string Sha { get; }

    public GitSignature Author { get; }

    public GitSignature Committer { get; }

    public string Message { get; }

    /// <summary>The first line of <see cref="Message"/>.</summary>
    public string MessageShort { get; }
}
