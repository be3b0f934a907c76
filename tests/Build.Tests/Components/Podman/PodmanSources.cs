namespace Qcw.Build.Tests.Components.Podman;

/// <summary>The two files of a Podman source tree that say how it is built, as far as that goes.</summary>
internal static class PodmanSources
{
    private const string Tags45 =
        "remote exclude_graphdriver_btrfs btrfs_noversion exclude_graphdriver_devicemapper containers_image_openpgp";

    private const string Tags58 = "remote exclude_graphdriver_btrfs containers_image_openpgp";

    private const string Common58 =
        """-X go.podman.io/image/v5/signature/internal/sequoia.sequoiaLibraryDir='"$(SEQUOIA_SONAME_DIR)"'"""
        + " \\\n\t-X go.podman.io/common/pkg/config.additionalHelperBinariesDir=$(HELPER_BINARIES_DIR)\\\n\t$(EXTRA_LDFLAGS)";

    /// <summary>The commit of the line 2023.04.</summary>
    public static string Podman45(TemporaryFolder folder) => Write(
        folder, "4.5", "github.com/containers/podman", "v4", Tags45, string.Empty,
        "-X github.com/containers/common/pkg/config.additionalHelperBinariesDir=$(HELPER_BINARIES_DIR)\\\n\t$(EXTRA_LDFLAGS)");

    /// <summary>5.8.3.</summary>
    public static string Podman58(TemporaryFolder folder) =>
        Write(folder, "5.8", "github.com/containers/podman", "v5", Tags58, Origin, Common58);

    /// <summary>6.1.</summary>
    public static string Podman61(TemporaryFolder folder) =>
        Write(folder, "6.1", "go.podman.io/podman", "v6", Tags58, Origin, Common58);

    private static string Origin => "\t$(if $(BUILD_ORIGIN),-X \"$(LIBPOD)/define.buildOrigin=$(BUILD_ORIGIN)\",) \\\n";

    private static string Write(
        TemporaryFolder folder, string name, string project, string major, string tags, string origin, string common)
    {
        folder.Write($"{name}/go.mod", $"// a remark: module of {name}\nmodule {project}/{major}\n\ngo 1.25\n");
        folder.Write(
            $"{name}/Makefile",
            $"PROJECT := {project}\nPREFIX ?= /usr/local\nREMOTETAGS ?= {tags}\nLIBPOD := ${{PROJECT}}/{major}/libpod\n"
            + "LDFLAGS_PODMAN ?= \\\n\t$(if $(GIT_COMMIT),-X $(LIBPOD)/define.gitCommit=$(GIT_COMMIT),) \\\n"
            + "\t$(if $(BUILD_INFO),-X $(LIBPOD)/define.buildInfo=$(BUILD_INFO),) \\\n" + origin
            + "\t-X $(LIBPOD)/config._installPrefix=$(PREFIX) \\\n\t-X $(LIBPOD)/config._etcDir=$(ETCDIR) \\\n"
            + $"\t-X $(PROJECT)/{major}/pkg/systemd/quadlet._binDir=$(BINDIR) \\\n\t{common}\n"
            + "LDFLAGS_PODMAN_STATIC ?= \\\n\t$(LDFLAGS_PODMAN) \\\n\t-extldflags=-static\n");
        return folder[name];
    }
}
