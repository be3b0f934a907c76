namespace Qcw.Build.Releasing.Jobs;

/// <summary>Where a job of the release workflow runs.</summary>
/// <param name="Runner">The label of a machine of GitHub's.</param>
/// <param name="Container">The image that the job's steps run in, by its digest.</param>
/// <param name="Builder">What <c>--builder</c> is there.</param>
public sealed record BuildMachine(string Runner, string Container, string Builder)
{
    /// <summary>
    /// Debian 12, as the README wants it: its compilers, makensis, wixl, pandoc and Go are what makes the same bytes on a machine at home, and
    /// its apt is what sources and firmware of the line debian12 come through. Ubuntu, which the runner itself has, lacks all of that.
    /// The digest is the one that docker-library/repo-info records of debian:bookworm on 2026-08-04.
    /// </summary>
    public static BuildMachine Debian { get; } = new(
        "ubuntu-24.04", "debian:bookworm@sha256:813017f3d62be4b5891a7acca6a01bdcd4b8513daa81b1ab99d3a50385b26931", "host");
}
