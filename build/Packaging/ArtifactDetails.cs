using System.Text.Json.Serialization;

namespace Qcw.Build.Packaging;

/// <summary>
/// What is known of a file of the release where it is made, and can be read neither from it nor from the line: things inside that no step
/// of their own made, and what the patches on its sources say of themselves.
/// </summary>
/// <param name="Parts">Sorted by owner, kind and name.</param>
/// <param name="Patches">In the order in which they are applied, component by component.</param>
/// <param name="Copyrights">By component and library, what its licence texts say of that; those that do not are left out.</param>
public sealed record ArtifactDetails(
    IReadOnlyList<Part> Parts, IReadOnlyList<PatchFacts> Patches, IReadOnlyDictionary<string, string> Copyrights)
{
    /// <summary>There is nothing to tell.</summary>
    public static ArtifactDetails None { get; } = new([], [], new Dictionary<string, string>());
}

/// <summary>What a part comes from, which decides how databases of vulnerabilities know it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PartKind>))]
public enum PartKind
{
    /// <summary>A Go module that is linked in; Go's own library is <c>stdlib</c>.</summary>
    GoModule,

    /// <summary>A binary package of Debian's, or what a compiler or packager of Debian's puts into what it makes.</summary>
    DebianPackage,

    /// <summary>Code or data that another source carries.</summary>
    Bundled,
}

/// <summary>Something inside a file of the release that no step of its own made.</summary>
/// <param name="Kind">What it comes from.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Version">Its version there; null: not known.</param>
/// <param name="In">The component or library that has it inside, or <c>qcw</c>.</param>
/// <param name="Licence">An SPDX expression; null: its text names none that is recognized.</param>
public sealed record Part(PartKind Kind, string Name, string? Version, string In, string? Licence)
{
    /// <summary>What it is, where its name does not tell; default: nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Who has the copyright, as its licence texts say it, a line each; null: they do not.</summary>
    public string? Copyright { get; init; }

    /// <summary>Of the package's file, 64 lower-case hex digits; null: not known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Debian's name of the machines it is for: <c>amd64</c>, <c>all</c>; null: not known.</summary>
    public string? Architecture { get; init; }

    /// <summary>Debian's release: a code name, or <c>debian-12</c>; null: not known.</summary>
    public string? Distribution { get; init; }

    /// <summary>Of a Go module, as <c>go.sum</c> has it: <c>h1:…</c>; null: it has none.</summary>
    public string? Sum { get; init; }

    /// <summary>The repository that it comes from; null: not known.</summary>
    public string? Repository { get; init; }

    /// <summary>The installed files that are it and nothing else, by their paths.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}

/// <summary>What a patch says of itself, by Debian's patch headers (DEP-3), its name, or the file that describes it.</summary>
/// <param name="Component">The source's component.</param>
/// <param name="Name">As in <see cref="PatchRecord"/>.</param>
/// <param name="Sha256">Of the patch's bytes, 64 lower-case hex digits.</param>
/// <param name="Title">What it does, one line; empty: it does not say.</param>
public sealed record PatchFacts(string Component, string Name, string Sha256, string Title)
{
    /// <summary>Where it was taken from, in the words of its author; null: it is from here, or does not say.</summary>
    public string? Origin { get; init; }

    /// <summary>What became of it upstream, in the words of its author; null: it does not say.</summary>
    public string? Upstream { get; init; }

    /// <summary>Where its bytes are.</summary>
    public string? Address { get; init; }

    /// <summary>True: upstream has the change, in this or a newer version.</summary>
    public bool IsUpstreams { get; init; }

    /// <summary>The vulnerabilities that it is against: <c>CVE-2026-0988</c>.</summary>
    public IReadOnlyList<string> Vulnerabilities { get; init; } = [];

    /// <summary>Addresses of bugs that it is against.</summary>
    public IReadOnlyList<string> Bugs { get; init; } = [];
}
