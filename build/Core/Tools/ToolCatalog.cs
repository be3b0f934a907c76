namespace Qcw.Build.Core;

/// <summary>Every tool that any task needs, with the version that is known to work and how to get it.</summary>
public static class ToolCatalog
{
    /// <summary>All tools, sorted by name.</summary>
    public static IReadOnlyList<Tool> All { get; } =
    [
        new("apt-get", ["apt-get"], "apt", "Debian's source and firmware packages")
        {
            When = ReadsDebianHere,
            Elsewhere = "only Debian and Ubuntu have it; other hosts use --line=2023.04 or --mirror",
        },
        new("apt-helper", ["/usr/lib/apt/apt-helper"], "apt", "downloads through apt's own settings")
        {
            When = ReadsDebianHere,
            Elsewhere = "it is part of apt",
        },
        new("bash", ["bash"], "bash", "runs the compile recipes") { Minimum = new Version(4, 4) },
        new("busybox", ["busybox"], "busybox-static", "a guest and a container of tests start with it")
        {
            VersionArguments = ["--help"],
            When = HasPodman,
        },
        new("bzip2", ["bzip2"], "bzip2", "QEMU's compressed firmware") { VersionArguments = ["--help"] },
        new("ccache", ["ccache"], "ccache", "makes a second compilation fast") { Optional = true },
        new("cpio", ["cpio"], "cpio", "packs the initramfs of a guest of tests") { When = HasPodman },
        new("debootstrap", ["/usr/sbin/debootstrap", "debootstrap"], "debootstrap", "makes a base image for containers from Debian's packages"),
        new("docker", ["docker"], "docker.io", "compiles in containers") { Optional = true, Elsewhere = "https://docs.docker.com/engine/install" },
        new("dockerd", ["/usr/sbin/dockerd", "dockerd"], "docker.io", "tests start a container engine of their own"),
        new("dpkg-deb", ["dpkg-deb"], "dpkg", "unpacks Debian's firmware packages") { When = line => line.Firmware.Count > 0 },
        new("gcc", ["gcc"], "gcc libc6-dev", "programs that run while QEMU is built"),
        new("git", ["git"], "git", "source trees and patches") { Minimum = new Version(2, 30), Elsewhere = "https://git-scm.com" },
        new("go", ["go"], "golang-go", "Podman, gvisor-tap-vsock, gocat (else the line's SDK is fetched)")
        {
            VersionArguments = ["env", "GOVERSION"],
            Optional = true,
            Welcome = true,
            When = line => line.Go is not null,
            Elsewhere = "https://go.dev/dl",
        },
        new("go-tests", ["go"], "golang-go", "tests build small programs with it") { VersionArguments = ["env", "GOVERSION"] },
        new("make", ["make"], "make", "libffi, pcre2, XZ"),
        new("makensis", ["makensis"], "nsis", "the installer of QEMU")
        {
            VersionArguments = ["-VERSION"],
            Minimum = new Version(3, 8),
            Elsewhere = "https://nsis.sourceforge.io",
        },
        new("meson", ["meson"], "meson", "glib, pixman, libslirp") { Minimum = new Version(0, 63) },
        new("mingw-w64", ["x86_64-w64-mingw32-gcc-win32"], "gcc-mingw-w64-x86-64-win32", "compiles for Windows") { Minimum = new Version(12, 0) },
        new("mingw-w64-binutils", ["x86_64-w64-mingw32-ld"], "binutils-mingw-w64-x86-64", "links for Windows"),
        new("mke2fs", ["/usr/sbin/mke2fs", "mke2fs"], "e2fsprogs", "makes the file system of a guest of tests")
        {
            VersionArguments = ["-V"],
            Minimum = new Version(1, 43), // from a folder
            When = HasPodman,
        },
        new("mkfs.vfat", ["/usr/sbin/mkfs.vfat", "mkfs.vfat"], "dosfstools", "makes the boot partition of a guest of tests")
        {
            VersionArguments = ["--help"],
            When = HasPodman,
        },
        new("mmdebstrap", ["mmdebstrap"], "mmdebstrap", "makes a guest for tests from Debian's packages") { When = HasPodman },
        new("msibuild", ["msibuild"], "msitools", "writes tables into the MSI of Podman") { VersionArguments = ["-h"], When = MakesMsisHere },
        new("msiinfo", ["msiinfo"], "msitools", "reads tables of the MSI of Podman") { When = MakesMsisHere },
        new("msiinfo-manifests", ["msiinfo"], "msitools", "reads product codes out of the MSIs of Podman")
        {
            When = HasPodman,
            Elsewhere = "no other host has it: copy the release folder to Linux and make the manifests there, with --exclusive",
        },
        new("mtools", ["mcopy"], "mtools", "fills the boot partition of a guest of tests") { When = HasPodman },
        new("ninja", ["ninja"], "ninja-build", "runs the compilers"),
        new("pandoc", ["pandoc"], "pandoc", "Podman's documentation") { Elsewhere = "https://pandoc.org" },
        new("perl", ["perl"], "perl", "scripts of the sources") { VersionArguments = ["-e", "print $^V"] },
        new("pkg-config", ["pkg-config"], "pkgconf", "finds the libraries of the sysroot"),
        new("podman", ["podman"], "podman", "compiles in containers") { Optional = true, Elsewhere = "https://podman.io" },
        new("podman-tests", ["podman"], "podman", "tests of the container builder"),
        new("python3", ["/usr/bin/python3", "python3"], "python3", "QEMU's configuration, Podman's documentation") { Minimum = new Version(3, 7) },
        new("qemu-img", ["qemu-img"], "qemu-utils", "makes the disk of a guest of tests") { When = HasPodman },
        new("sfdisk", ["/usr/sbin/sfdisk", "sfdisk"], "fdisk", "partitions the disk of a guest of tests") { When = HasPodman },
        new("ssh-keygen", ["ssh-keygen"], "openssh-client", "makes the host key of a guest of tests")
        {
            VersionArguments = ["-?"],
            When = HasPodman,
        },
        new("syslinux", ["syslinux"], "syslinux syslinux-common", "makes the disk of a guest of tests bootable") { When = HasPodman },
        new("wine64", ["/usr/lib/wine/wine64", "wine64"], "wine64", "runs what was built for Windows")
        {
            Elsewhere = "https://www.winehq.org",
        },
        new("wixl", ["wixl"], "wixl", "the MSI of Podman")
        {
            Minimum = new Version(0, 101),
            When = MakesMsisHere,
            Elsewhere = "https://gitlab.gnome.org/GNOME/msitools",
        },
        new("xz", ["xz"], "xz-utils", "archives that tests make"),
    ];

    /// <summary>The tool of that name.</summary>
    public static Tool Find(string name) => All.First(tool => tool.Name == name);

    // on Windows WiX does, a tool of this repository's own (.config/dotnet-tools.json)
    private static bool MakesMsisHere(ReleaseLine line) => !OperatingSystem.IsWindows();

    // there is no apt on Windows to be installed: what the mirror lacks is said when it is fetched
    private static bool ReadsDebianHere(ReleaseLine line) => !OperatingSystem.IsWindows() && UsesDebian(line);

    // the acceptance tests of such a line start a machine, and make its guest
    private static bool HasPodman(ReleaseLine line) => line.Components.Any(component => component.Name == "podman");

    private static bool UsesDebian(ReleaseLine line) =>
        line.Firmware.Count > 0 || line.Components.Concat(line.Libraries).Any(component => component.Source is DebianSource);
}
