namespace Qcw.Build.Reporting;

/// <summary>A patch that is in the release, and what became of it upstream.</summary>
/// <param name="Component">The source's component.</param>
/// <param name="Name">As in <see cref="PatchRecord"/>.</param>
/// <param name="Title">What it does, one line; others wrote it.</param>
/// <param name="From">Whose it is, or where it was taken from.</param>
/// <param name="State">The word of its record: <c>merged</c>, <c>never-sent</c>; or <c>kept by Debian</c>.</param>
public sealed record PatchState(string Component, string Name, string Title, string From, string State)
{
    /// <summary>More about the state: the version that has it, or upstream's words.</summary>
    public string Detail { get; init; } = string.Empty;

    /// <summary>Where one can read about it, an http(s) address; null: nowhere, or it is none.</summary>
    public string? Address { get; init; }

    /// <summary>The vulnerabilities that it is against.</summary>
    public IReadOnlyList<string> Vulnerabilities { get; init; } = [];
}

/// <summary>Something that says a release is what it should be.</summary>
/// <param name="What">What it is about.</param>
/// <param name="State"><c>yes</c>, <c>no</c> or a word more.</param>
/// <param name="Detail">By whom, and how it can be checked.</param>
public sealed record TrustFact(string What, string State, string Detail);

/// <summary>Everything that a report is drawn from. What is the same gives the same bytes.</summary>
/// <param name="Line">The line of the release.</param>
/// <param name="Release">What the release has inside.</param>
/// <param name="Patches">Sorted by component, in the order in which they are applied.</param>
/// <param name="Trust">In the order of the report.</param>
public sealed record ReportFacts(
    string Line, ReleaseContents Release, IReadOnlyList<PatchState> Patches, IReadOnlyList<TrustFact> Trust)
{
    /// <summary>The run; null: it is the report of a release, which has no clock in it.</summary>
    public Timeline? Timeline { get; init; }

    /// <summary>What changed since another release; null: it is compared with none.</summary>
    public ReleaseDifference? Difference { get; init; }
}
