using LibGit2Sharp;

namespace Cake.Git;

/// <summary>Who did something, and when.</summary>
public sealed class GitSignature
{
    internal GitSignature(Signature signature)
    {
        Email = signature.Email;
        Name = signature.Name;
        When = signature.When;
    }

    public string Email { get; }

    public string Name { get; }

    public DateTimeOffset When { get; }
}
