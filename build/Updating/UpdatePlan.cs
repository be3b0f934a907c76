using System.Text.RegularExpressions;

namespace Qcw.Build.Updating;

/// <summary>What an update of one component changes, all of it verified; nothing is written yet.</summary>
/// <param name="File">The file that has the entry.</param>
/// <param name="Component">The component as it is pinned now.</param>
/// <param name="Version">Upstream's version text of the new pin.</param>
/// <param name="Edits">In no order.</param>
internal sealed record UpdatePlan(PinFile File, Component Component, string Version, IReadOnlyList<PinEdit> Edits)
{
    /// <summary>The new source, verified: full path of an archive, or of a bare repository whose HEAD it is.</summary>
    public required string Source { get; init; }

    /// <summary>What was verified, and by whom, for people.</summary>
    public IReadOnlyList<string> Proofs { get; init; } = [];

    /// <summary>What a person has to look at now.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The bytes of the file when it is changed.</summary>
    public byte[] Changed => File.With(Edits);
}

/// <summary>What was found out about one source of a component in another version.</summary>
internal sealed class Findings
{
    private readonly List<PinEdit> edits = [];
    private readonly List<string> proofs = [];
    private readonly List<string> remarks = [];

    /// <summary>The changes.</summary>
    public IReadOnlyList<PinEdit> Edits => edits;

    /// <summary>What was verified, and by whom.</summary>
    public IReadOnlyList<string> Proofs => proofs;

    /// <summary>What a person has to look at.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    /// <summary>A field gets a value, where it has another one.</summary>
    public void Set(string path, string? was, string value, string? behind = null)
    {
        if (was != value)
        {
            edits.Add(new PinEdit(path, value) { Behind = behind });
        }
    }

    /// <summary>Says what was verified.</summary>
    public void Prove(string text) => proofs.Add(text);

    /// <summary>Says what a person has to look at.</summary>
    public void Remark(string text) => remarks.Add(text);
}

/// <summary>What is said to everything that pins a source of the component.</summary>
/// <param name="Component">As it is pinned now.</param>
/// <param name="Version">The version that is wanted.</param>
/// <param name="AcceptChanged">True: other bytes under the name of the pinned version are taken.</param>
internal sealed record UpdateRequest(Component Component, string Version, bool AcceptChanged)
{
    /// <summary>The component's name.</summary>
    public string Name => Component.Name;

    /// <summary>Refuses bytes of the pinned version that are not the pinned ones.</summary>
    /// <param name="what">What has changed.</param>
    /// <param name="pinned">The pin; null: there is none.</param>
    /// <param name="found">What is there now.</param>
    /// <exception cref="BuildException">They differ, and nobody accepts it.</exception>
    public void RequireSame(string what, string? pinned, string found)
    {
        if (pinned is not null && pinned != found && !AcceptChanged)
        {
            throw new BuildException(
                $"{Name} {Version} was released again: {what} is not what is pinned\n    pinned: {pinned}\n    now:    {found}\n"
                    + "  what to do: ask upstream why; if the new one is right, give --accept-changed");
        }
    }

    /// <summary>A text with the wanted version in place of the pinned one, and its branch where that is a folder.</summary>
    /// <exception cref="BuildException">The text does not have the pinned version.</exception>
    public string Follow(string field, string text)
    {
        string old = Component.Version;
        if (old == Version)
        {
            return text;
        }

        // 1.2 is not in 11.2.3
        string followed = Regex.Replace(
            text, $@"(?<![0-9]|[0-9]\.){Regex.Escape(old)}(?![0-9]|\.[0-9])", Version.Replace("$", "$$", StringComparison.Ordinal));
        if (followed == text)
        {
            throw new BuildException($"{field}: found \"{text}\", expected the version {old} in it: change it by hand");
        }

        (string before, string after) = (BranchOf(old), BranchOf(Version));
        return before.Length == 0 ? followed : followed.Replace($"/{before}/", $"/{after}/", StringComparison.Ordinal);
    }

    private static string BranchOf(string version) =>
        version.Split('.') is [var one, var two, _, ..] ? $"{one}.{two}" : string.Empty;
}
