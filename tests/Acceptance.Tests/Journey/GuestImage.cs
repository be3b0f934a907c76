namespace Qcw.Acceptance.Tests.Journey;

/// <summary>
/// The guest of a Podman machine, made from Debian's packages: systemd, Podman, sshd, and Ignition, which reads what
/// <c>podman machine init</c> has written. Its sources are in <c>guest/</c>.
/// </summary>
internal static class GuestImage
{
    /// <summary>Debian 13: Ignition is in it, and its Podman starts containers without root.</summary>
    private const string Suite = "trixie";

    private const string ArchiveVariable = "QCW_GUEST_ARCHIVE";

    private static string Sources { get; } = JourneyFolders.Sources("guest");

    /// <summary>Makes the image, unless one of the same inputs is there.</summary>
    /// <returns>A qcow2 file.</returns>
    public static string Make(Steps steps)
    {
        // two stages: another boot loader or unit does not need the packages again
        string rootInputs = FingerprintOf(["root.sh", "packages.txt"]);
        string root = Path.Combine(JourneyFolders.Cache, $"root-{rootInputs}.tar");
        string image = Path.Combine(JourneyFolders.Cache, $"guest-{FingerprintOf(ImageInputs(), rootInputs)}.qcow2");
        if (File.Exists(image))
        {
            return image;
        }

        Assert.That(
            Environment.IsPrivilegedProcess, Is.True,
            $"the guest's image has files of several users, so only root can make it: run the tests as root once, or bring {image}");
        if (!File.Exists(root))
        {
            steps.Run("guest: packages", () => Script("root.sh", Suite, Archive(), root));
        }

        steps.Run("guest: image", () => Script("image.sh", root, image));
        return image;
    }

    private static IEnumerable<string> ImageInputs() =>
        Directory.EnumerateFiles(Sources, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Sources, file))
            .Where(name => name is not "root.sh" and not "packages.txt");

    private static string FingerprintOf(IEnumerable<string> files, string? before = null)
    {
        Fingerprint fingerprint = new Fingerprint().Add("suite", Suite).Add("before", before ?? string.Empty);
        foreach (string file in files)
        {
            fingerprint.AddFile(file, Path.Combine(Sources, file));
        }

        return fingerprint.Hash[..16];
    }

    private static void Script(string name, params string[] arguments) =>
        ProcessRunner.Run(new ProcessRequest("bash", [Path.Combine(Sources, name), .. arguments])
        {
            LogFile = Path.Combine(JourneyFolders.Cache, name + ".log"),
            Timeout = TimeSpan.FromMinutes(10),
        });

    // the archive that this machine's own packages come from has the other suites too
    private static string Archive()
    {
        if (Environment.GetEnvironmentVariable(ArchiveVariable) is { Length: > 0 } named)
        {
            return named;
        }

        string sites = ProcessRunner.Run(new ProcessRequest(
            "apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages", "Origin: Debian", "Label: Debian")).StandardOutput;
        return sites.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? throw new AssertionException(
            $"the guest is made from Debian's packages, and apt has no archive of Debian: name one in {ArchiveVariable}");
    }
}
