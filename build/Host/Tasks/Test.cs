using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Runs the unit tests and the integration tests.</summary>
[TaskDescription("Runs all tests; installs the tools they need (Debian and Ubuntu, as root or with sudo)")]
[Needs(
    "7zz", "apt-get", "apt-helper", "bash", "bzip2", "debootstrap", "dockerd", "git", "go-tests", "make", "makensis", "meson", "mingw-w64",
    "mingw-w64-binutils", "minisign", "msibuild", "msiextract", "msiinfo", "myst-parser", "ninja", "node", "npm", "pandoc", "perl",
    "pkg-config", "podman-tests", "python3", "sphinx", "ssh-keygen", "wine64", "wixl", "xz", InstallsThem = true)]
public sealed class Test : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        new TestRun(context.Paths, context.Messages).Run(["Build.Tests", "Integration.Tests"], context.Options.Filter);
    }
}
