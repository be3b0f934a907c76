namespace Qcw.Build.Advising;

/// <summary>A vulnerability that a component has, as far as what was looked at tells.</summary>
/// <param name="Component">The component or library.</param>
/// <param name="Version">Its version.</param>
/// <param name="Id">Its name: a CVE id, or that of Go's database.</param>
public sealed record Finding(string Component, string Version, string Id)
{
    /// <summary>Nobody has answered it.</summary>
    public const string New = "new";

    /// <summary>Patches that the line takes fix it.</summary>
    public const string Patched = "patched";

    /// <summary>Other names of it, sorted.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The Go module that has it; null: it is in the component itself, or this is not Go's.</summary>
    public string? Module { get; init; }

    /// <summary>That module's version; null: not known.</summary>
    public string? ModuleVersion { get; init; }

    /// <summary>The packages of the module that have it and are inside; empty: the database names none.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>One line of the database's; empty: it has none.</summary>
    public string Summary { get; init; } = string.Empty;

    /// <summary>The version that fixes it, of the module, of upstream or of Debian's package; null: none is known.</summary>
    public string? FixedIn { get; init; }

    /// <summary>Why it is thought to be inside, and how sure that is.</summary>
    public string Evidence { get; init; } = string.Empty;

    /// <summary><see cref="New"/>, <see cref="Patched"/>, or the word of the answer: <c>not_affected</c>.</summary>
    public string State { get; init; } = New;

    /// <summary>The answer's justification; null: it has none.</summary>
    public string? Justification { get; init; }

    /// <summary>What the answer says, or the patches.</summary>
    public string? Detail { get; init; }

    /// <summary>True where the programs have it, or may have it as far as anybody knows.</summary>
    public bool IsOpen => State is New or "exploitable" or "in_triage";

    /// <summary>All its names.</summary>
    internal IEnumerable<string> Names => Aliases.Prepend(Id);
}

/// <summary>What came of looking at one component or library.</summary>
/// <param name="Component">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="LookedAt">What was looked at and how: a sentence; null: nothing.</param>
/// <param name="Findings">What was found, sorted by name.</param>
public sealed record SubjectReview(string Component, string Version, string? LookedAt, IReadOnlyList<Finding> Findings)
{
    /// <summary>Why it was not looked at, and what helps; null: it was, or nothing of it is anybody else's.</summary>
    public string? NotLookedAt { get; init; }

    /// <summary>Of Go's programs, how many advisories are left after each step; null: it has none.</summary>
    public GoCounts? Counts { get; init; }
}

/// <summary>How many advisories of Go's database are left after each step.</summary>
/// <param name="Modules">Their range has the version of a module inside.</param>
/// <param name="Packages">A package that has the vulnerability is inside.</param>
/// <param name="System">That package is for Windows and the processor, too.</param>
/// <param name="Functions">A function that has it was linked.</param>
public sealed record GoCounts(int Modules, int Packages, int System, int Functions);
