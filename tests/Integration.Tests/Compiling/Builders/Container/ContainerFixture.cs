namespace Qcw.Integration.Tests.Compiling.Builders.Container;

/// <summary>One docker daemon for all tests of this namespace, with a base image that the build host made in it.</summary>
[SetUpFixture]
internal sealed class ContainerFixture
{
    private static TemporaryFolder folder = null!;
    private EnvironmentVariable? dockerHost;

    /// <summary>The daemon.</summary>
    public static DockerDaemon Daemon { get; private set; } = null!;

    /// <summary>An archive of the base image.</summary>
    public static string BaseArchive => folder["base/containers/base-bookworm.tar"];

    /// <summary>What ContainerBase printed.</summary>
    public static string BaseOutput { get; private set; } = string.Empty;

    [OneTimeSetUp]
    public void Start()
    {
        folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["docker"]);
        // other users reach the socket, if its own mode lets them
        ProcessRunner.Run(new ProcessRequest("chmod", "a+x", folder.Path, folder["docker"]));
        Daemon = new DockerDaemon(folder["docker"]);
        dockerHost = new EnvironmentVariable("DOCKER_HOST", Daemon.Host);
        bool cached = Take();
        BaseOutput = HostProcess.RunOk(folder["base"], "--target=ContainerBase", "--line=debian13", "--engine=docker");
        if (!cached)
        {
            Keep();
        }
    }

    [OneTimeTearDown]
    public void Stop()
    {
        dockerHost?.Dispose();
        Daemon?.Dispose();
        folder.Dispose();
    }

    /// <summary>
    /// Where a machine that runs these tests often keeps the archive, which takes a minute to make. Another list of packages goes with
    /// another state of Debian, so it goes with another archive.
    /// </summary>
    private static string Cache => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "qcw-tests",
        $"base-{Files.Sha256(Path.Combine(Repository.Root, "build", "Compiling", "Builders", "Container", "packages.txt"))[..16]}.tar");

    private static bool Take()
    {
        if (!File.Exists(Cache) || !File.Exists(Stamp.PathFor(Cache)))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(BaseArchive)!);
        File.Copy(Cache, BaseArchive);
        File.Copy(Stamp.PathFor(Cache), Stamp.PathFor(BaseArchive));
        return true;
    }

    private static void Keep()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Cache)!);
        foreach ((string from, string to) in ((string, string)[])[(BaseArchive, Cache), (Stamp.PathFor(BaseArchive), Stamp.PathFor(Cache))])
        {
            File.Copy(from, to + ".partial", overwrite: true);
            File.Move(to + ".partial", to, overwrite: true);
        }
    }
}
