namespace Cake.Git;

/// <summary>What a commit says of itself.</summary>
public sealed class GitCommit
{
    internal GitCommit(string sha) => Sha = sha;

    /// <summary>The full id, 40 lower-case hex digits.</summary>
    public string Sha { get; }
}
