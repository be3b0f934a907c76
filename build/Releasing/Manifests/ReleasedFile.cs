namespace Qcw.Build.Releasing.Manifests;

/// <summary>A file of the release, compared with the release's checksums.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Pattern">Its name with <c>{version}</c> in place of the version.</param>
/// <param name="Architecture">What it is for.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
public sealed record ReleasedFile(string Path, string Pattern, Architecture Architecture, string Sha256)
{
    /// <summary>Its name in the release.</summary>
    public string Name => System.IO.Path.GetFileName(Path);
}
