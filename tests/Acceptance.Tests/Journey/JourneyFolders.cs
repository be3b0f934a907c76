using Qcw.Build.Packaging.Msi;

namespace Qcw.Acceptance.Tests.Journey;

/// <summary>Where the journey takes its parts from and keeps what takes long to make.</summary>
internal static class JourneyFolders
{
    /// <summary>
    /// What is kept between runs, each file under a name that has the fingerprint of its inputs: <c>QCW_JOURNEY_CACHE</c>,
    /// else <c>journey</c> beside the release folder.
    /// </summary>
    public static string Cache { get; } = Directory.CreateDirectory(
        Environment.GetEnvironmentVariable("QCW_JOURNEY_CACHE") is { Length: > 0 } named
            ? Path.GetFullPath(named)
            : Path.Combine(Path.GetDirectoryName(ReleaseUnderTest.Folder)!, "journey")).FullName;

    /// <summary>The folder of a fixture's sources, such as <c>guest</c>.</summary>
    public static string Sources(string name) => Path.Combine(Repository.Root, "tests", "Acceptance.Tests", "Journey", name);

    /// <summary>The Gos that lines have had unpacked for their programs, where this machine's own is too old.</summary>
    public static IEnumerable<string> Gos
    {
        get
        {
            string tools = Path.Combine(Path.GetDirectoryName(ReleaseUnderTest.Folder)!, "tools");
            return Directory.Exists(tools)
                ? Directory.EnumerateFiles(tools, "go", SearchOption.AllDirectories)
                    .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "bin")
                : [];
        }
    }

    /// <summary>The source tree that Podman was built from.</summary>
    public static string PodmanTree
    {
        get
        {
            string version = ReleaseUnderTest.VersionOf(PodmanWindows.MsiOf(MsiEdition.PerMachine));
            string sources = Path.Combine(Path.GetDirectoryName(ReleaseUnderTest.Folder)!, "sources");
            string[] trees = Directory.Exists(sources)
                ? [.. Directory.GetDirectories(sources, $"podman-{version}*").Where(tree => File.Exists(Path.Combine(tree, "go.mod")))]
                : [];
            return trees.Length == 1 ? trees[0] : throw new AssertionException(
                $"the journey compiles ssh.exe with packages of Podman's source tree, and {sources} has {trees.Length} folders " +
                $"podman-{version}*: run --target=PodmanPatch first");
        }
    }
}
