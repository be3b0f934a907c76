namespace Qcw.Build.Model;

/// <summary>One patch set on a component.</summary>
/// <param name="Name">File name without its ending: <c>0001-Updating-deps</c>.</param>
/// <param name="File">Full path of the <c>.patch</c> (ours) or <c>.json</c> (remote) file in this repository.</param>
public abstract record Patch(string Name, string File);

/// <summary>A patch written here; its bytes stand in <c>patches/</c>.</summary>
/// <param name="Name">File name without its ending.</param>
/// <param name="File">Full path of the <c>.patch</c> file.</param>
public sealed record LocalPatch(string Name, string File) : Patch(Name, File);

/// <summary>A patch taken from elsewhere: an immutable URL and the hash of its bytes.</summary>
/// <param name="Name">File name without its ending.</param>
/// <param name="File">Full path of the <c>.json</c> file that describes it.</param>
/// <param name="Url">Immutable (contains a commit id).</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="From">The pull request or mailing-list thread it was taken from.</param>
/// <param name="State">What became of it upstream.</param>
/// <param name="Why">What it is for.</param>
/// <param name="Security">A security consideration that the release notes must carry, or null.</param>
public sealed record RemotePatch(
    string Name, string File, Uri Url, string Sha256, string From, string State, string Why, string? Security) : Patch(Name, File);
