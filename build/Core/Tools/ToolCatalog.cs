namespace Qcw.Build.Core;

/// <summary>Every tool that any task needs, with the version that is known to work and how to get it.</summary>
public static class ToolCatalog
{
    /// <summary>The oldest git that has all that <c>GitRepository</c> uses; Debian 12 has 2.39.</summary>
    public static readonly Version OldestGit = new(2, 36);

    /// <summary>All tools, sorted by name.</summary>
    public static IReadOnlyList<Tool> All { get; } =
    [
        new("7zz", ["7zz"], "7zip", "unpacks setup programs again, to prove what is in them")
        {
            VersionArguments = ["i"],
            Elsewhere = "https://7-zip.org",
        },
        new("apt-get", ["apt-get"], "apt", "Debian's packages")
        {
            Elsewhere = "only Debian and Ubuntu have it; other hosts use another line or --mirror",
        },
        new("apt-helper", ["/usr/lib/apt/apt-helper"], "apt", "downloads through apt's own settings")
        {
            Elsewhere = "it is part of apt",
        },
        new("autoconf", ["autoconf"], "autoconf", "makes configure scripts for sources from git"),
        new("automake", ["automake"], "automake", "makes Makefiles for sources from git"),
        new("autopoint", ["autopoint"], "autopoint", "prepares translations for sources from git"),
        new("bash", ["bash"], "bash", "runs the compile recipes") { Minimum = new Version(4, 4) },
        new("busybox", ["busybox"], "busybox-static", "starts a guest and a container of the acceptance tests")
        {
            VersionArguments = ["--help"],
        },
        new("bzip2", ["bzip2"], "bzip2", "unpacks compressed firmware") { VersionArguments = ["--help"] },
        new("ccache", ["ccache"], "ccache", "makes a second compilation fast") { Optional = true },
        new("ccache-tests", ["ccache"], "ccache", "tests compile with it"),
        new("chromium", ["chromium"], "chromium", "looks at the documentation's web site") { Elsewhere = "https://www.chromium.org" },
        new("cmake", ["cmake"], "cmake", "builds sources that use CMake") { Elsewhere = "https://cmake.org" },
        new("cosign", ["cosign"], "cosign", "verifies attestations of GitHub")
        {
            VersionArguments = ["version"],
            Optional = true,
            Elsewhere = "https://docs.sigstore.dev",
        },
        new("cpio", ["cpio"], "cpio", "packs the initramfs of a guest for tests"),
        new(
            "debootstrap",
            ["/usr/sbin/debootstrap", "debootstrap"],
            "debootstrap",
            "makes a base image for containers from Debian's packages"),
        new("diffoscope", ["diffoscope"], "diffoscope-minimal", "describes a difference in full")
        {
            Optional = true,
            Elsewhere = "https://diffoscope.org",
        },
        new("docker", ["docker"], "docker.io", "compiles in containers")
        {
            Optional = true,
            Elsewhere = "https://docs.docker.com/engine/install",
        },
        new("dockerd", ["/usr/sbin/dockerd", "dockerd"], "docker.io", "tests start a container engine of their own"),
        new("dpkg-deb", ["dpkg-deb"], "dpkg", "unpacks Debian's packages"),
        new("gcc", ["gcc"], "gcc libc6-dev", "compiles programs that run during a build"),
        // from 2.49 it has attestations, and up to 2.66.1 it could end with 0 where it had verified nothing
        new("gh", ["gh"], "gh", "verifies attestations of GitHub")
        {
            Minimum = new Version(2, 67),
            Optional = true,
            Elsewhere = "https://cli.github.com",
        },
        new("git", ["git"], "git", "source trees and patches") { Minimum = OldestGit, Elsewhere = "https://git-scm.com" },
        new("git-merge-tree", ["git"], "git", "merges patches into other versions of a source")
        {
            Minimum = new Version(2, 38), Elsewhere = "https://git-scm.com",
        },
        new("go", ["go"], "golang-go", "Go programs (otherwise the line's SDK is fetched)")
        {
            VersionArguments = ["env", "GOVERSION"],
            Optional = true,
            Welcome = true,
            Elsewhere = "https://go.dev/dl",
        },
        new("go-tests", ["go"], "golang-go", "tests build small programs with it") { VersionArguments = ["env", "GOVERSION"] },
        new("groff", ["groff"], "groff-base", "makes text of manual pages"),
        new("java", ["java"], "default-jre-headless", "runs the checker of HTML") { Elsewhere = "https://adoptium.net" },
        new("libtoolize", ["libtoolize"], "libtool", "prepares libraries for sources from git"),
        new("m4", ["m4"], "m4", "makes assembler code of libraries"),
        new("make", ["make"], "make", "builds sources that use make"),
        new("makensis", ["makensis"], "nsis", "makes setup programs")
        {
            VersionArguments = ["-VERSION"],
            PartPackages = ["nsis-common"],
            Minimum = new Version(3, 8),
            Better = (new Version(3, 11), "antivirus programs flag setup programs of older versions more often"),
            Elsewhere = "https://nsis.sourceforge.io",
        },
        new("meson", ["meson"], "meson", "builds sources that use Meson") { Minimum = new Version(0, 63) },
        new("mingw-w64", ["x86_64-w64-mingw32-gcc-win32"], "gcc-mingw-w64-x86-64-win32", "compiles for Windows")
        {
            Minimum = new Version(12, 0),
            PartPackages = ["gcc-mingw-w64-x86-64-win32-runtime", "mingw-w64-common", "mingw-w64-x86-64-dev"],
        },
        new("mingw-w64-binutils", ["x86_64-w64-mingw32-ld"], "binutils-mingw-w64-x86-64", "links for Windows"),
        new("mingw-w64-c++", ["x86_64-w64-mingw32-g++-win32"], "g++-mingw-w64-x86-64-win32", "compiles C++ libraries for Windows"),
        new("minisign", ["minisign"], "minisign", "tests verify signatures with it") { VersionArguments = ["-v"] },
        new("mke2fs", ["/usr/sbin/mke2fs", "mke2fs"], "e2fsprogs", "makes the file system of a guest for tests")
        {
            VersionArguments = ["-V"],
            Minimum = new Version(1, 43), // the first that takes a folder
        },
        new("mkfs.vfat", ["/usr/sbin/mkfs.vfat", "mkfs.vfat"], "dosfstools", "makes the boot partition of a guest for tests")
        {
            VersionArguments = ["--help"],
        },
        new("mmdebstrap", ["mmdebstrap"], "mmdebstrap", "makes a guest for tests from Debian's packages"),
        new("msibuild", ["msibuild"], "msitools", "writes tables into MSI installers") { VersionArguments = ["-h"] },
        new("msidump", ["msidump"], "msitools", "writes the tables of MSI installers down, to explain a difference") { Optional = true },
        new("msiextract", ["msiextract"], "msitools", "unpacks MSI installers again, to prove what is in them"),
        new("msiinfo", ["msiinfo"], "msitools", "reads tables of MSI installers"),
        new("msiinfo-manifests", ["msiinfo"], "msitools", "reads product codes of MSI installers")
        {
            Elsewhere = "no other host has it: copy the release folder to Linux and make the manifests there, with --exclusive",
        },
        new("mtools", ["mcopy"], "mtools", "fills the boot partition of a guest for tests"),
        new("myst-parser", ["/usr/bin/python3", "python3"], "python3-myst-parser", "reads Markdown for Sphinx")
        {
            VersionArguments =
            [
                "-c",
                "import importlib.util as u; "
                    + "print(__import__('myst_parser').__version__ if u.find_spec('myst_parser') else 'lacks myst_parser')",
            ],
            Minimum = new Version(0, 18),
            Elsewhere = "https://myst-parser.readthedocs.io",
        },
        new("ninja", ["ninja"], "ninja-build", "runs the compilers"),
        new("node", ["node"], "nodejs", "runs the spell check and the Markdown lint")
        {
            Minimum = new Version(18, 0),
            Elsewhere = "https://nodejs.org",
        },
        new("npm", ["npm"], "npm", "fetches the spell check and the Markdown lint") { Elsewhere = "https://nodejs.org" },
        new("osslsigncode", ["osslsigncode"], "osslsigncode", "makes and attaches Authenticode signatures")
        {
            Minimum = new Version(2, 5),
            Better = (new Version(2, 9), "older ones cannot sign PowerShell scripts"),
            Elsewhere = "https://github.com/mtrojnar/osslsigncode",
        },
        new("pandoc", ["pandoc"], "pandoc", "makes HTML documentation")
        {
            PartPackages = ["pandoc-data"],
            Elsewhere = "https://pandoc.org",
        },
        new("perl", ["perl"], "perl", "scripts of the sources") { VersionArguments = ["-e", "print $^V"] },
        new("pkg-config", ["pkg-config"], "pkgconf", "finds the libraries of the sysroot"),
        new("podman", ["podman"], "podman", "compiles in containers") { Optional = true, Elsewhere = "https://podman.io" },
        new("podman-tests", ["podman"], "podman", "tests of the container builder"),
        new("python3", ["/usr/bin/python3", "python3"], "python3", "runs the sources' own scripts") { Minimum = new Version(3, 7) },
        // Debian keeps ensurepip in a package of its own
        new("python3-venv", ["/usr/bin/python3", "python3"], "python3-venv", "QEMU's configure makes an environment for Python with it")
        {
            VersionArguments =
            [
                "-c",
                "import importlib.util as u; print(__import__('ensurepip').version() if u.find_spec('ensurepip') else 'lacks ensurepip')",
            ],
            Minimum = new Version(9, 0),
        },
        new("qemu-img", ["qemu-img"], "qemu-utils", "makes the disk of a guest for tests"),
        new("quilt", ["quilt"], "quilt", "applies exported patches in the tests"),
        new("sfdisk", ["/usr/sbin/sfdisk", "sfdisk"], "fdisk", "partitions the disk of a guest for tests"),
        new("ssh-keygen", ["ssh-keygen"], "openssh-client", "makes keys for tests, and verifies signatures in them")
        {
            VersionArguments = ["-?"],
        },
        new("sphinx", ["sphinx-build"], "python3-sphinx python3-sphinx-rtd-theme", "makes QEMU's manual and the documentation's web site")
        {
            Minimum = new Version(3, 4),
            PartPackages = ["sphinx-common", "sphinx-rtd-theme-common"],
            Elsewhere = "https://www.sphinx-doc.org",
        },
        new("syslinux", ["syslinux"], "syslinux syslinux-common", "makes the disk of a guest for tests bootable"),
        new("unzip", ["unzip"], "unzip", "unpacks zips in tests") { VersionArguments = ["-v"] },
        new("wine64", ["/usr/lib/wine/wine64", "wine64"], "wine64", "runs what was built for Windows")
        {
            Elsewhere = "https://www.winehq.org",
        },
        new("wixl", ["wixl"], "wixl", "makes MSI installers")
        {
            Minimum = new Version(0, 101),
            PartPackages = ["wixl-data"],
            Elsewhere = "https://gitlab.gnome.org/GNOME/msitools",
        },
        new("xz", ["xz"], "xz-utils", "archives that tests make"),
    ];

    /// <summary>The tool of that name.</summary>
    public static Tool Find(string name) => All.First(tool => tool.Name == name);
}
