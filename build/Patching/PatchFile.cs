namespace Qcw.Build.Patching;

/// <summary>A patch to apply: its bytes are on this machine.</summary>
/// <param name="Name">The file's name without its ending, for people: <c>0001-Updating-deps</c>.</param>
/// <param name="Path">Full path of the file.</param>
/// <param name="Sha256">Of its bytes, 64 lower-case hex digits.</param>
public sealed record PatchFile(string Name, string Path, string Sha256)
{
    /// <summary>Full path of the file that a refreshed one is written to: a remote patch has its bytes in the downloads, where nobody may write.</summary>
    public string Home { get; init; } = Path;
}
