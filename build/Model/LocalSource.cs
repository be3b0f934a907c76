namespace Qcw.Build.Model;

/// <summary>A one-off given on the command line: a local archive or directory, pinned by what it contains now.</summary>
/// <param name="Path">Full path of the archive or directory.</param>
/// <param name="ContentHash">sha256 of the archive, or of a directory's sorted paths, modes and contents.</param>
public sealed record LocalSource(string Path, string ContentHash) : Source((string?)null)
{
    /// <inheritdoc/>
    public override string Pin => $"local sha256:{ContentHash}";

    /// <inheritdoc/>
    public override string Location => Path;
}

/// <summary>A source that consists of files of this repository only (recipes such as the toolchain's own part of the sysroot).</summary>
public sealed record RecipeSource() : Source((string?)null)
{
    /// <inheritdoc/>
    public override string Pin => "recipe";

    /// <inheritdoc/>
    public override string Location => "this repository";
}
