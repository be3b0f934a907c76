namespace Qcw.Build.Releasing.Manifests;

/// <summary>One installer of a package, with what it writes under Apps &amp; Features.</summary>
/// <param name="File">The installer.</param>
/// <param name="ForAllUsers">True: it installs for all users of a machine; false: for one of them.</param>
/// <param name="ProductCode">Its key under Apps &amp; Features.</param>
/// <param name="DisplayName">As it writes it.</param>
/// <param name="DisplayPublisher">As it writes it.</param>
/// <param name="DisplayVersion">As it writes it; an MSI writes less than the package's version.</param>
public sealed record PackageInstaller(
    ReleasedFile File, bool ForAllUsers, string ProductCode, string DisplayName, string DisplayPublisher, string DisplayVersion)
{
    /// <summary>An MSI's upgrade code; null: it has none.</summary>
    public string? UpgradeCode { get; init; }

    /// <summary>The folder that what is installed stands in once the installer was taken apart, with <c>/</c>; null: on top.</summary>
    public string? ExtractedFolder { get; init; }
}
