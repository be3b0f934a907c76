namespace Qcw.Build.Catalog;

/// <summary>What became of a patch upstream.</summary>
public enum UpstreamStatus
{
    /// <summary>Nobody has offered it to upstream.</summary>
    NeverSent,

    /// <summary>It was offered, and nothing is decided.</summary>
    Proposed,

    /// <summary>Upstream does not want it.</summary>
    Rejected,

    /// <summary>Upstream solves the same in another way.</summary>
    Superseded,

    /// <summary>Upstream has it, perhaps in another revision.</summary>
    Merged,
}

/// <summary>The record of what became of a patch upstream, which <c>PatchStatus</c> holds against a source.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Commit">Upstream's commit that has it, or what supersedes it: 40 hex digits, or null.</param>
/// <param name="In">The first version with that commit, or null.</param>
/// <param name="Url">Where one can read about it, or null.</param>
public sealed record PatchUpstream(UpstreamStatus Status, string? Commit = null, string? In = null, Uri? Url = null)
{
    /// <summary>True where a version of upstream's makes the patch unnecessary.</summary>
    public bool IsDone => Status is UpstreamStatus.Merged or UpstreamStatus.Superseded;

    /// <summary>As the files write it: <c>never-sent</c>.</summary>
    public string Word => WordOf(Status);

    /// <summary>How files write a status.</summary>
    public static string WordOf(UpstreamStatus status) =>
        status is UpstreamStatus.NeverSent ? "never-sent" : status.ToString().ToLowerInvariant();

    /// <summary>For people: <c>merged in 4.6.0</c>.</summary>
    public override string ToString() => In is null ? Word : $"{Word} in {In}";
}
