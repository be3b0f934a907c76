namespace Qcw.Build.Releasing.Manifests;

/// <summary>What a field of a manifest must be.</summary>
/// <param name="Path">From the manifest's top, with <c>/</c>; lists add nothing, and <c>*</c> stands for any name.</param>
/// <param name="Kind">What it is; a list of these is written in the same way where <see cref="IsList"/> is set.</param>
public sealed record FieldRule(string Path, FieldKind Kind)
{
    /// <summary>True: it must be there wherever the fields around it are.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True: it is a list of <see cref="Kind"/>.</summary>
    public bool IsList { get; init; }

    /// <summary>What the whole text must match; null: anything.</summary>
    public string? Pattern { get; init; }

    /// <summary>What it may be; empty: anything.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Characters of a text, items of a list.</summary>
    public int Longest { get; init; } = int.MaxValue;

    /// <summary>Characters of a text.</summary>
    public int Shortest { get; init; } = 1;
}
