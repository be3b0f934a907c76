using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Releasing.Jobs;

/// <summary>
/// The jobs that make a release on several machines: one for each installer and archive. What is made from such a file (qcw-utils.ps1 knows
/// a checksum), notes and checksums are left to the job that collects them.
/// </summary>
/// <param name="paths">Where recipes are, and the architecture.</param>
/// <param name="line">The versions.</param>
/// <param name="targets">What makes a file from sources alone.</param>
public sealed class JobMatrix(Paths paths, ReleaseLine line, IEnumerable<JobTarget> targets)
{
    /// <summary>Where recipes run.</summary>
    public BuildMachine Recipes { get; init; } = BuildMachine.Debian;

    /// <summary>The jobs, sorted by target.</summary>
    /// <exception cref="UsageException">
    /// There are none, the command line replaces a source by a local one, which other machines do not have, or one is to run on Windows and
    /// needs Debian's packages.
    /// </exception>
    public IReadOnlyList<ReleaseJob> Jobs()
    {
        if (line.Components.Concat(line.Libraries).FirstOrDefault(component => component.IsOneOff) is { } oneOff)
        {
            throw new UsageException($"--{oneOff.Name}-source: the machines of the matrix do not have this local source; leave it out");
        }

        ReleaseJob[] jobs = [.. targets.OrderBy(target => target.Name, StringComparer.Ordinal).Select(JobOf)];

        // a workflow would only say that its matrix is empty
        return jobs.Length > 0
            ? jobs
            : throw new UsageException($"the line {line.Name} has nothing that is built for {paths.Architecture}");
    }

    /// <summary>What <c>strategy.matrix</c> of a workflow takes, in one line.</summary>
    public string Json() => JsonText.OneLine(new { Include = Jobs() });

    private ReleaseJob JobOf(JobTarget target)
    {
        // what several components are in needs tools that are on Debian only, such as pandoc for Podman's pages
        BuildMachine machine = target.UsesBuilder && !target.IsOfSeveral ? Recipes : BuildMachine.Debian;
        // libraries come with MSYS2
        if (machine.IsWindows && target.Selection.WithoutLibraries(line).NeedsDebian)
        {
            throw new UsageException(
                $"--builder={machine.Builder}: in the line {line.Name} {target.Name} uses Debian's packages, "
                    + "and Windows has neither apt nor dpkg-deb: leave the option out, or choose another line");
        }

        return new ReleaseJob(
            target.Name, target.FileName, line.Name, paths.Architecture.Name,
            machine.Runner, machine.Container, machine.Builder, new CacheKeys(paths, line, machine).Of(target));
    }
}

/// <summary>A target that makes a file of the release from sources alone.</summary>
/// <param name="Name">What <c>--target</c> is.</param>
/// <param name="FileName">In <c>artifacts/release</c>.</param>
/// <param name="Component">What the file is made from; of several the one that recipes run for.</param>
/// <param name="UsesBuilder">True: recipes run for it.</param>
/// <param name="Selection">Its inputs.</param>
public sealed record JobTarget(string Name, string FileName, Component Component, bool UsesBuilder, MirrorSelection Selection)
{
    /// <summary>True: several components are in the file.</summary>
    public bool IsOfSeveral { get; init; }
}

/// <summary>One job of the release workflow: it makes one file.</summary>
/// <param name="Target">What <c>--target</c> is.</param>
/// <param name="File">The file's name in <c>artifacts/release</c>.</param>
/// <param name="Line">What <c>--line</c> is.</param>
/// <param name="Arch">What <c>--arch</c> is.</param>
/// <param name="Runner">As in <see cref="BuildMachine"/>.</param>
/// <param name="Container">As in <see cref="BuildMachine"/>.</param>
/// <param name="Builder">As in <see cref="BuildMachine"/>.</param>
/// <param name="Cache">What it may take from an earlier run.</param>
public sealed record ReleaseJob(
    string Target,
    string File,
    string Line,
    string Arch,
    string Runner,
    string Container,
    string Builder,
    JobCaches Cache);

/// <summary>
/// What a job may take from an earlier run, by keys that are fingerprints. A wrong cache costs time only: each step checks its own
/// fingerprint.
/// </summary>
/// <param name="Downloads">Key of the verified inputs.</param>
/// <param name="Msys2">
/// Key of the kept packages of MSYS2, the same for all jobs that need them: a release has one version of each; empty: it needs none.
/// </param>
/// <param name="Sysroot">Key of the compiled libraries; empty: it needs none.</param>
/// <param name="SysrootPaths">Their folders, one pattern a line, relative to the repository.</param>
/// <param name="Ccache">Key of the compiler's cache; empty: it has no use for one.</param>
/// <param name="CcachePrefix">What keys of caches begin with that are worth having although something has changed.</param>
public sealed record JobCaches(string Downloads, string Msys2, string Sysroot, string SysrootPaths, string Ccache, string CcachePrefix);
