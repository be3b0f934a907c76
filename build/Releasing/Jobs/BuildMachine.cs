namespace Qcw.Build.Releasing.Jobs;

/// <summary>Where a job of the release workflow runs.</summary>
/// <param name="Runner">The label of a machine of GitHub's.</param>
/// <param name="Container">The image that the job's steps run in, by its digest; empty: they run on the machine itself.</param>
/// <param name="Builder">What <c>--builder</c> is there.</param>
public sealed record BuildMachine(string Runner, string Container, string Builder)
{
    private const string Msys2 = "msys2";

    /// <summary>
    /// Debian 12, as the README wants it: its compilers, makensis, wixl, pandoc and Go are what makes the same bytes on a machine at home,
    /// and its apt is what sources and firmware of the line debian13 come through. Ubuntu, which the runner itself has, lacks all of that.
    /// The digest is the one that docker-library/repo-info records of debian:bookworm on 2026-08-04.
    /// </summary>
    public static BuildMachine Debian { get; } = new(
        "ubuntu-24.04", "debian:bookworm@sha256:813017f3d62be4b5891a7acca6a01bdcd4b8513daa81b1ab99d3a50385b26931", "host");

    /// <summary>
    /// Windows Server 2022, whose engine runs the image of <see cref="Compiling.Builders.Msys2.Msys2Pins.BaseImage"/> (LTSC 2022) as it is:
    /// on another Windows it would have to be isolated with Hyper-V. It has NSIS on its PATH (Install-NSIS.ps1 of actions/runner-images),
    /// which windows-2025 does not have.
    /// </summary>
    public static BuildMachine Windows { get; } = new("windows-2022", string.Empty, Msys2);

    /// <summary>True where there is no Debian: no apt, no dpkg-deb, no ccache and no sysroot.</summary>
    public bool IsWindows => Builder == Msys2;

    /// <summary>Where recipes run that are to be compiled in a certain way; everything else is made on <see cref="Debian"/>.</summary>
    /// <param name="builder">What <c>--builder</c> says to the matrix.</param>
    /// <exception cref="UsageException">No machine of GitHub's is meant by it.</exception>
    public static BuildMachine ForRecipes(string builder) =>
        builder switch
        {
            Msys2 => Windows,
            "container" => throw new UsageException(
                $"--builder=container: the jobs of the matrix already run in a Debian container, with --builder={Debian.Builder} inside: "
                    + $"leave it out, or give {Debian.Builder} or {Msys2}"),
            _ => Debian,
        };
}
