namespace Qcw.Build.Model;

/// <summary>One commit of a git repository, fetched shallow.</summary>
/// <param name="Url">Of the repository.</param>
/// <param name="Commit">The full id, 40 hex digits.</param>
/// <param name="Sparse">Patterns for <c>git sparse-checkout set --no-cone</c>; empty: everything.</param>
public sealed record GitSource(
    Uri Url, string Commit, IReadOnlyList<string> Sparse, string? Origin = null) : Source(Origin)
{
    /// <inheritdoc/>
    public override string Pin => $"git:{Commit} sparse:{string.Join(' ', Sparse)}";

    /// <inheritdoc/>
    public override string Location => $"{Url.AbsoluteUri} at {Commit}";
}
