using System.Globalization;
using Qcw.Build.Compiling.Go;

namespace Qcw.Build.Components;

/// <summary>How Podman is compiled: tags and variables as upstream's Makefile has them for the remote client on Windows.</summary>
internal static class PodmanBuild
{
    private const string Module = "github.com/containers/podman/v4";

    private static readonly string[] Tags =
        ["remote", "exclude_graphdriver_btrfs", "btrfs_noversion", "exclude_graphdriver_devicemapper", "containers_image_openpgp"];

    /// <summary>podman.exe.</summary>
    public static GoBuild ForWindows(ReleaseLine line) => With(line, "podman");

    /// <summary>The same client for this machine: Podman's script that makes the documentation asks it for its commands.</summary>
    public static GoBuild ForDocumentation(ReleaseLine line) => With(line, "podman-remote");

    private static GoBuild With(ReleaseLine line, string name)
    {
        Component podman = line.Component("podman");
        return new GoBuild(podman, "Podman", "The Podman authors", [new GoProgram(name, "./cmd/podman", "Podman remote client")])
        {
            Tags = Tags,
            Variables =
            [
                .. podman.Source is GitSource git ? [($"{Module}/libpod/define.gitCommit", git.Commit)] : Array.Empty<(string, string)>(),
                ($"{Module}/libpod/define.buildInfo", line.SourceDateEpoch.ToString(CultureInfo.InvariantCulture)),
                ($"{Module}/libpod/config._installPrefix", "/usr/local"),
                ($"{Module}/libpod/config._etcDir", "/etc"),
                ($"{Module}/pkg/systemd/quadlet._binDir", "/usr/local/bin"),

                // $BINDIR is a word that Podman replaces: without it gvproxy is looked for in C:\Program Files\RedHat\Podman only
                ("github.com/containers/common/pkg/config.additionalHelperBinariesDir", "$BINDIR"),
            ],
        };
    }
}
