using System.Text.RegularExpressions;

namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>What engines say when they fail, turned into one sentence and what to do.</summary>
internal static partial class EngineFailures
{
    /// <summary>Explains a failure of the engine itself, as opposed to one of a program in a container.</summary>
    /// <param name="engine"><c>docker</c> or <c>podman</c>.</param>
    /// <param name="what">What was tried: <c>build the image x</c>.</param>
    /// <param name="failure">What came of it, with the last lines of output.</param>
    public static BuildException Explain(string engine, string what, ProcessFailedException failure)
    {
        string said = failure.Message;
        return (Connection(engine, said) ?? Cause(engine, said)) is { } cause
            ? new BuildException($"{engine} could not {what}: {cause}", failure)
            : new BuildException($"{engine} could not {what}: {said}", failure);
    }

    /// <summary>Why an engine cannot be reached, and what to do; null where that is not what the text says.</summary>
    public static string? Connection(string engine, string said) =>
        said.Contains("permission denied", StringComparison.OrdinalIgnoreCase)
        && said.Contains("connect to the Docker daemon socket", StringComparison.Ordinal)
            ? $"this user is not allowed to talk to {engine}'s daemon: "
                + "join the group docker (sudo usermod -aG docker $USER, then log in again), or use --engine=podman, which needs no daemon"
        : said.Contains("Is the docker daemon running", StringComparison.OrdinalIgnoreCase)
            ? $"{engine} is installed and its daemon does not answer: "
                + "start it (sudo systemctl start docker), or set DOCKER_HOST to where it listens"
        // how Windows names the place where it listens
        : said.Contains("/./pipe/docker", StringComparison.OrdinalIgnoreCase)
            ? $"{engine} is installed and its engine does not answer: start Docker Desktop, or the service docker"
        : null;

    private static string? Cause(string engine, string said) =>
        DiskFull().IsMatch(said)
            ? $"the disk that holds its images is full: make room there (\"{engine} system df\" shows what uses it, "
                + $"\"{engine} image prune\" removes what nothing uses)"
        : VersionGone().Match(said) is { Success: true } gone
            ? $"Debian's archive no longer has version {gone.Groups[1].Value} of {gone.Groups[2].Value}: "
                + "put the current one into build/Compiling/Builders/Container/packages.txt, as docs/containers.md describes"
        : PackageGone().Match(said) is { Success: true } package
            ? $"the base image's package sources do not have {package.Groups[1].Value}: the base has to be Debian 12"
        : TargetGone().Match(said) is { Success: true } target
            ? $"MSYS2 has no package {target.Groups[1].Value}: build/Compiling/Builders/Msys2/image/packages.txt names it; "
                + "if packages were kept, the kept list is older (docs/msys2.md)"
        : said.Contains("failed retrieving file", StringComparison.Ordinal)
            ? "MSYS2's servers cannot be reached, or no longer have a package that the kept databases choose: "
                + "delete artifacts/downloads/msys2 for the newest ones (docs/msys2.md)"
        : OtherWindows().IsMatch(said)
            ? "the base image has a different version of Windows than this machine: "
                + "use Hyper-V isolation, or give a matching --container-base=IMAGE@sha256:... (docs/msys2.md)"
        : NoRegistry().IsMatch(said)
            ? "the registry cannot be reached or does not have it: where no registry can be reached, --target=ContainerBase makes a base "
                + "image from Debian's packages, and --container-base=ARCHIVE takes one that was made elsewhere"
        : null;

    // the kernel's words, and those of apt, which looks before it begins
    [GeneratedRegex("no space left on device|You don't have enough free space", RegexOptions.IgnoreCase)]
    private static partial Regex DiskFull();

    [GeneratedRegex("Version '([^']+)' for '([^']+)' was not found")]
    private static partial Regex VersionGone();

    [GeneratedRegex("Unable to locate package ([^ \n]+)")]
    private static partial Regex PackageGone();

    [GeneratedRegex("error: target not found: ([^ \n]+)")]
    private static partial Regex TargetGone();

    [GeneratedRegex("operating system (of the container )?does not match|no matching manifest for windows", RegexOptions.IgnoreCase)]
    private static partial Regex OtherWindows();

    [GeneratedRegex(
        "no such host|i/o timeout|connection refused|network is unreachable|manifest unknown|pull access "
            + "denied|Client.Timeout|unauthorized|not found: manifest|server misbehaving",
        RegexOptions.IgnoreCase)]
    private static partial Regex NoRegistry();
}
