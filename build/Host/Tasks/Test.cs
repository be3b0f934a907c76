using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Runs the unit tests and the integration tests.</summary>
[TaskDescription("Runs all tests; installs the tools they need (Debian and Ubuntu, as root or with sudo)")]
[Needs(
    "7zz", "apt-get", "apt-helper", "bash", "bzip2", "ccache-tests", "debootstrap", "dockerd", "git", "go-tests", "make", "makensis",
    "meson", "mingw-w64", "mingw-w64-binutils", "minisign", "msibuild", "msiextract", "msiinfo", "myst-parser", "ninja", "node", "npm",
    "osslsigncode", "pandoc", "perl", "pkg-config", "podman-tests", "python3", "quilt", "sphinx", "ssh-keygen", "wine64", "wixl", "xz",
    InstallsThem = true)]
public sealed class Test : FrostingTask<HostContext>
{
    // folders of the integration tests that are about making files, and those that need the same compilation; the others are about what is
    // made, most of it under Wine
    private static readonly string[] Making = ["Compiling", "Fetching", "Host", "Shims", "Sources", "Verifying"];

    /// <summary>What runs side by side: parts that take about the same time, and share no daemon and no file.</summary>
    public static IReadOnlyList<TestPart> Parts { get; } =
    [
        new("Build.Tests"),
        new("Integration.Tests", Folders("~", '|'), "making"),
        new("Integration.Tests", Folders("!~", '&'), "made"),
    ];

    public override void Run(HostContext context) =>
        new TestRun(context.Paths, context.Messages).Run(Parts, context.Options.Filter);

    private static string Folders(string comparison, char between) =>
        string.Join(between, Making.Select(folder => $"FullyQualifiedName{comparison}Qcw.Integration.Tests.{folder}."));
}
