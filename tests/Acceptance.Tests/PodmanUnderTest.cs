using System.Globalization;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Acceptance.Tests;

/// <summary>
/// The release's Podman, as far as its versions differ for those who use it. Version 5 brought machines that are made alike by all
/// providers; version 4.5 has patches in place of much that 5 has.
/// </summary>
internal static class PodmanUnderTest
{
    /// <summary>As in the MSI's name, such as <c>5.8.3</c> or <c>4.5.0-dev</c>.</summary>
    public static string Version { get; } = ReleaseUnderTest.VersionOf(PodmanWindows.MsiOf(MsiEdition.PerMachine));

    /// <summary>Its first number.</summary>
    public static int Major { get; } = int.Parse(Version.Split('.')[0], CultureInfo.InvariantCulture);

    /// <summary>From 5 on a machine gets the user's folder where QEMU has 9pfs, and clients name folders by their Windows paths.</summary>
    public static bool SharesFolderOfUser => Major >= 5;

    /// <summary>From 6 on <c>podman machine</c> lists and finds the machines of every provider.</summary>
    public static bool SeesMachinesOfAllProviders => Major >= 6;

    /// <summary>
    /// Options of <c>podman machine init</c> for an image file, as docs/using-podman.md has them: without the user, 4.5 makes one for WSL.
    /// </summary>
    public static string ImageOptions(string image) => Major switch
    {
        < 5 => $"--image-path \"{image}\" --username core",
        5 => $"--image \"{image}\"",
        _ => $"--provider qemu --image \"{image}\"",
    };
}
