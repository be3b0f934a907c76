using System.Globalization;
using System.Runtime.InteropServices;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>Makes a base image from Debian's packages, for where no registry can be reached.</summary>
/// <param name="paths">Where the archive goes.</param>
/// <param name="program">Full path of debootstrap, or null where it is missing.</param>
/// <param name="sourceDateEpoch">The date of all files in it.</param>
/// <param name="steps">Runs what is not up to date.</param>
/// <param name="log">Says what happens.</param>
public sealed class DebianBase(Paths paths, string? program, long sourceDateEpoch, StepRunner steps, BuildLog log)
{
    /// <summary>The image's name.</summary>
    public const string ImageName = BaseImage.Repository + ":" + Release;

    // Debian 12: packages.txt has its versions
    private const string Release = "bookworm";

    // caches and logs of the installation, and devices, which an engine has of its own
    private static readonly string[] LeftOut =
        ["./dev/*", "./var/cache/apt/*", "./var/cache/debconf/*-old", "./var/cache/ldconfig/*", "./var/lib/apt/lists/*", "./var/log/*"];

    /// <summary>Full path of debootstrap, or null where it is missing.</summary>
    public string? Program => program;

    /// <summary>True where the archive is there from an earlier run.</summary>
    public bool IsMade => File.Exists(Archive);

    /// <summary>Why this machine cannot make one, or null.</summary>
    public static string? Obstacle(string? program) =>
        program is null ? "debootstrap is missing (apt-get install debootstrap)"
        : !Environment.IsPrivilegedProcess ? "debootstrap needs root, and this is another user (sudo ./build.sh --target=ContainerBase)"
        : null;

    /// <summary>Makes the archive unless it is there, and imports it.</summary>
    /// <exception cref="UsageException">Not here; the message says why.</exception>
    public ImageFacts Provide(IContainerEngine engine)
    {
        var inputs = new Fingerprint()
            .Add("release", Release)
            .Add("variant", "minbase")
            .Add("architecture", Architecture)
            .Add("left out", string.Join(' ', LeftOut));
        steps.RunReplacing(new Step("container", "base", Archive, inputs), Make);
        engine.Import(Archive, ImageName);
        log.Step("container", "base", $"{engine.Name} now has {ImageName}, made from {Archive}");
        return engine.FindImage(ImageName) ?? throw new BuildException($"{engine.Name} imported {ImageName}, but does not have it");
    }

    private string Archive => Path.Combine(paths.Containers, $"base-{Release}.tar");

    private static string Architecture =>
        RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

    private void Make(string archive)
    {
        if (Obstacle(program) is { } obstacle)
        {
            throw new UsageException($"no base image can be made: {obstacle}");
        }

        string mirror =
            AptSettings.ArchiveOf(Release)
            ?? throw new BuildException(
                $"the machine's apt has no source of Debian's archive, so there is nowhere to make {ImageName} from: "
                    + "give --container-base");
        string root = Path.Combine(paths.Temporary, "base-" + Release);
        Files.Delete(root);
        Directory.CreateDirectory(paths.Temporary);
        // in a mount namespace of its own: what debootstrap mounts in the folder ends with it, however it ends
        Run(
            "unshare", "--mount", program!, "--variant=minbase", "--arch=" + Architecture, "--keyring=" + AptSettings.Keyring, Release,
            root, mirror);
        string date = string.Create(CultureInfo.InvariantCulture, $"--mtime=@{sourceDateEpoch}");
        Run(
            "tar",
            [
                "--create",
                "--file",
                archive,
                "--directory",
                root,
                "--sort=name",
                "--numeric-owner",
                date,
                .. LeftOut.Select(path => "--exclude=" + path),
                ".",
            ]);
        Files.Delete(root);
    }

    private void Run(string command, params string[] arguments) =>
        ProcessRunner.Run(new ProcessRequest(command, arguments)
        {
            Environment = new Dictionary<string, string?>(ProxySettings.FromEnvironment().ForChild([])) { ["LC_ALL"] = "C" },
            LogFile = paths.Log("container", "base"),
            OnLine = log.Live,
        });
}
