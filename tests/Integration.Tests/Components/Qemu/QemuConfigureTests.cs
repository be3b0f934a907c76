using Qcw.Integration.Tests.Compiling.Builders.Msys2;

namespace Qcw.Integration.Tests.Components.Qemu;

/// <summary>What QEMU's recipe tells QEMU's configure, for a source that knows these options and a few more.</summary>
public sealed class QemuConfigureTests
{
    private const string Triple = "x86_64-w64-mingw32";

    private FakeMsys2 msys2 = null!;
    private int runs;

    [OneTimeSetUp]
    public void SetUp()
    {
        msys2 = new FakeMsys2();
        msys2.Write("source/VERSION", "8.0.0\n");
        msys2.Write(
            "source/configure", "#!/bin/sh\n: case in\n: \"\n  --with-git-submodules=*)\n  --enable-tools)\n\"\nprintf '%s\\n' \"$@\"\n");
        msys2.Write(
            "source/meson_options.txt",
            string.Concat(
                ((string[])["tcg", "whpx", "slirp", "gtk", "sdl", "sdl_image", "gnutls", "libssh", "curl", "zstd", "vnc", "png"]).Select(
                    option => $"option('{option}', type : 'feature')\n")));
    }

    [OneTimeTearDown]
    public void TearDown() => msys2?.Dispose();

    [Test]
    public void The_cross_compilers_libraries_bring_no_further_features()
    {
        msys2.Write(
            $"toolchain/bin/{Triple}-pkg-config",
            File.ReadAllText(Path.Combine(Repository.Root, "build", "Components", "Sysroot", "toolchain", "pkg-config")));
        Assert.That(
            Configure(
                "cross",
                Path.GetDirectoryName(
                            Path.GetDirectoryName(
                                msys2.Write("toolchain/lib/pkgconfig/glib-2.0.pc", "Name: glib\nVersion: 2\nDescription: x\n"))
                        )!
                    .Replace("/lib", "", StringComparison.Ordinal)),
            Is.EqualTo([
                "--prefix=/qcw",
                $"--cross-prefix={Triple}-",
                $"--cc={Triple}-gcc-win32",
                "--cxx=",
                "--extra-cflags",
                "--extra-ldflags",
                "--with-pkgversion=qcw",
                "--target-list=x86_64-softmmu",
                "--without-default-features",
                "--enable-fdt=system",
                "--disable-docs",
                "--disable-guest-agent",
                "--enable-tools",
                "--enable-tcg",
                "--enable-whpx",
                "--enable-slirp",
                "--enable-vnc",
                "--with-git-submodules=ignore",
                "--disable-werror",
                "--disable-install-blobs",
                "--disable-debug-info",
                "--enable-strip",
            ]));
    }

    [Test]
    public void Msys2s_libraries_bring_what_they_are_for()
    {
        foreach (string library in (string[])["gtk+-3.0", "sdl2", "SDL2_image", "gnutls", "libssh", "libcurl", "libpng"])
        {
            msys2.Write($"ucrt64/lib/pkgconfig/{library}.pc", "Name: x\n");
        }

        Assert.That(
            Configure("msys2", ""),
            Is.EqualTo([
                "--prefix=/qcw",
                "--cc=gcc",
                "--cxx=",
                "--extra-cflags",
                "--extra-ldflags",
                "--with-pkgversion=qcw",
                "--target-list=x86_64-softmmu",
                "--without-default-features",
                "--enable-fdt=system",
                "--disable-docs",
                "--disable-guest-agent",
                "--enable-tools",
                "--enable-tcg",
                "--enable-whpx",
                "--enable-slirp",
                "--enable-vnc",
                "--enable-gtk",
                "--enable-sdl",
                "--enable-sdl-image",
                "--enable-gnutls",
                "--enable-libssh",
                "--enable-curl",
                "--enable-png",
                "--with-git-submodules=ignore",
                "--disable-werror",
                "--disable-install-blobs",
                "--disable-debug-info",
                "--enable-strip",
            ]));
    }

    [Test]
    public void From_10_on_the_emulator_of_arm_the_guest_agent_and_the_manual_are_made()
    {
        msys2.Write("source/VERSION", "10.0.13\n");
        try
        {
            string[] options = Configure("cross", string.Empty);
            Assert.That(
                options,
                Does.Contain("--target-list=x86_64-softmmu,aarch64-softmmu")
                    .And.Contain("--enable-docs").And.Contain("--enable-guest-agent")
                    .And.Not.Contain("--disable-docs").And.Not.Contain("--disable-guest-agent"));
        }
        finally
        {
            msys2.Write("source/VERSION", "8.0.0\n");
        }
    }

    [Test]
    public void Headers_that_are_too_old_for_the_accelerator_are_reported_before_anything_is_compiled()
    {
        string file = msys2.Write(
            "source/target/i386/whpx/whpx-all.c",
            "/* WHvOnlyInAComment */ int a = WHvCapabilityCodeFeatures, b = WHvQcwNew, c = WHvQcwNewer;\n");
        try
        {
            ProcessResult result = Run("cross", string.Empty);
            Assert.Multiple(() =>
            {
                Assert.That(result.ExitCode, Is.Not.Zero);
                Assert.That(
                    result.StandardError, Does.Contain("(winhvplatform.h) are too old").And.Contain("they lack WHvQcwNew, WHvQcwNewer."));
            });
        }
        finally
        {
            File.Delete(file);
        }
    }

    private string[] Configure(string toolchain, string dependencies)
    {
        ProcessResult result = Run(toolchain, dependencies);
        Assert.That(result.ExitCode, Is.Zero, result.StandardError + result.StandardOutput);
        // the flags have the folders of this run
        return
        [
            .. result
                .StandardOutput.Split('\n')
                .Where(line => line.StartsWith("--", StringComparison.Ordinal))
                .Select(line => line.StartsWith("--extra-", StringComparison.Ordinal) ? line.Split('=')[0] : line),
        ];
    }

    private ProcessResult Run(string toolchain, string dependencies) => msys2.Run(
        $"{toolchain}-{++runs}",
        $"source {Repository.Root}/build/Components/Qemu/qemu.sh\nrecipe_build() {{ :; }}\nrecipe_install() {{ :; }}\n"
            + "recipe_licenses() { echo x >\"$licenses/x\"; }\n",
        toolchain, dependencies);
}
