using System.Text;
using System.Text.RegularExpressions;

namespace Qcw.Integration.Tests.Compiling.Builders.Msys2;

/// <summary>The toolchain of MSYS2, with the cross compilers under its names: what it makes runs under Wine.</summary>
public sealed class Msys2ToolchainTests
{
    private const string Hello = """
        recipe_build() {
            "$WINDRES" "$QCW_SOURCE/hello.rc" resource.o
            $CC $CPPFLAGS $CFLAGS -o hello.exe "$QCW_SOURCE/hello.c" resource.o $LDFLAGS -l:libgreet.dll.a
        }
        recipe_install() {
            install -D -t "$staging$prefix/bin" hello.exe
            install_runtime "$staging$prefix/bin"
        }
        """;

    private FakeMsys2 msys2 = null!;

    [OneTimeSetUp]
    public void SetUp()
    {
        msys2 = new FakeMsys2();
        msys2.Write(
            "source/hello.c", "#include <stdio.h>\n#include <greet.h>\nint main(void) { puts(greet()); puts(__FILE__); return 0; }\n");
        msys2.Write("source/hello.rc", "1 VERSIONINFO\nFILEVERSION 1,2,3,4\nBEGIN\nEND\n");
    }

    [OneTimeTearDown]
    public void TearDown() => msys2?.Dispose();

    [Test]
    public void A_program_is_made_with_the_dlls_that_it_needs_and_their_licences()
    {
        ProcessResult result = msys2.Run("hello", Hello);
        Assert.That(result.ExitCode, Is.Zero, result.StandardError);
        using var wine = new WineSession();
        foreach (string file in (string[])["hello.exe", "libgreet.dll", "libbase-1.dll"])
        {
            wine.CopyIn(msys2.Output("hello", "bin/" + file), @"C:\hello\" + file);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                msys2.Installed("hello"),
                Is.EqualTo([
                    "bin/hello.exe",
                    "bin/libbase-1.dll",
                    "bin/libgreet.dll",
                    "licenses/base-libs/LICENSE.txt",
                    "licenses/greet/COPYING",
                    "licenses/greet/parts/NOTICE",
                    "licenses/hello/OURS",
                ]));
            Assert.That(
                File.ReadAllText(msys2.Output("hello", "licenses/base-libs/LICENSE.txt")),
                Is.EqualTo(
                    "Name            : mingw-w64-ucrt-x86_64-base-libs\nVersion         : 1.0-1\n"
                        + "URL             : https://example.org\nLicenses        : MIT\n"));
            Assert.That(result.StandardOutput, Does.Contain("mingw-w64-ucrt-x86_64-base-libs has no text of its licence"));
            Assert.That(wine.RunOk(@"C:\hello\hello.exe"), Is.EqualTo("MSYS2\nhello/hello.c\n"));
        }
    }

    [TestCase("msys2"), TestCase("cross")]
    public void A_program_opens_files_of_any_name(string toolchain)
    {
        msys2.Write("source/letters.c", """
            #include <stdio.h>
            #include <windows.h>
            int main(int count, char **names) {
                FILE *file = fopen(names[count - 1], "rb");
                printf("%u %s %s\n", GetACP(), file ? "opened" : "did not open", names[count - 1]);
                return 0;
            }
            """);
        ProcessResult result = msys2.Run("letters-" + toolchain, """
            recipe_build() {
                $CC $CFLAGS -o letters.exe "$QCW_SOURCE/letters.c" $LDFLAGS
                $CC $CFLAGS -shared -o letters.dll "$QCW_SOURCE/letters.c" $LDFLAGS
            }
            recipe_install() { install -t "$staging$prefix" letters.exe letters.dll; }
            """, toolchain);
        Assert.That(result.ExitCode, Is.Zero, result.StandardError);
        Assert.That(
            Manifests("letters-" + toolchain, "letters.dll"), Is.Empty,
            "the code page is the program's, and a manifest in a DLL says other things");

        using var wine = new WineSession();
        wine.CopyIn(msys2.Output("letters-" + toolchain, "letters.exe"), @"C:\Інструменти\letters.exe");
        wine.CopyIn(msys2.Output("letters-" + toolchain, "letters.dll"), @"C:\工具\Straße, Мар’яна.txt");
        Assert.That(
            wine.RunOk(@"C:\Інструменти\letters.exe", @"""C:\工具\Straße, Мар’яна.txt"""),
            Is.EqualTo("65001 opened C:\\工具\\Straße, Мар’яна.txt\n"));
    }

    [TestCase("msys2"), TestCase("cross")]
    public void A_program_with_a_manifest_of_its_own_keeps_it(string toolchain)
    {
        msys2.Write("source/own.manifest", """
            <assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0"><application><windowsSettings>
            <activeCodePage xmlns="http://schemas.microsoft.com/SMI/2019/WindowsSettings">UTF-8</activeCodePage><!-- its own -->
            </windowsSettings></application></assembly>
            """);
        msys2.Write("source/own.rc", "1 24 \"own.manifest\"\n");
        msys2.Write("source/plain.c", "int main(void) { return 0; }\n");
        ProcessResult result = msys2.Run("own-" + toolchain, """
            recipe_build() {
                (cd "$QCW_SOURCE" && "$WINDRES" own.rc "$QCW_BUILD/own.o")
                $CC $CFLAGS -o own.exe "$QCW_SOURCE/plain.c" own.o $LDFLAGS
            }
            recipe_install() { install -t "$staging$prefix" own.exe; }
            """, toolchain);
        Assert.That(result.ExitCode, Is.Zero, result.StandardError);
        Assert.That(Manifests("own-" + toolchain, "own.exe"), Has.Length.EqualTo(1));
        Assert.That(Manifests("own-" + toolchain, "own.exe")[0], Does.Contain("its own"));
    }

    [TestCase("msys2"), TestCase("cross")]
    public void A_program_that_was_linked_without_the_manifest_is_refused(string toolchain)
    {
        msys2.Write("source/plain.c", "int main(void) { return 0; }\n");
        ProcessResult result = msys2.Run("bare-" + toolchain, """
            recipe_build() { $CC -o bare.exe "$QCW_SOURCE/plain.c"; }
            recipe_install() { install -D -t "$staging$prefix/bin" bare.exe; }
            """, toolchain);
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(
            result.StandardError,
            Does.Contain("qcw: hello: bin/bare.exe has no manifest that makes UTF-8 its code page: was it linked with LDFLAGS?"));
    }

    [Test]
    public void Another_folder_gives_the_same_bytes()
    {
        msys2.Run("one", Hello);
        msys2.Run("elsewhere/two", Hello);
        Assert.That(
            File.ReadAllBytes(msys2.Output("elsewhere/two", "bin/hello.exe")),
            Is.EqualTo(File.ReadAllBytes(msys2.Output("one", "bin/hello.exe"))));
    }

    [Test]
    public void With_gtk_comes_what_gtk_loads()
    {
        msys2.Write("source/window.c", "int gtk(void);\nint glFlush(void);\nint main(void) { return gtk() + glFlush(); }\n");
        ProcessResult result = msys2.Run("window", """
            recipe_build() { $CC $CFLAGS -o window.exe "$QCW_SOURCE/window.c" $LDFLAGS -l:libgtk-3-0.dll.a -l:opengl32.dll.a; }
            recipe_install() {
                install -t "$staging$prefix" window.exe
                install_runtime "$staging$prefix"
            }
            """);
        Assert.That(result.ExitCode, Is.Zero, result.StandardError);
        Assert.That(
            msys2.Installed("window"),
            Is.EqualTo([
                "gspawn-win64-helper-console.exe",
                "gspawn-win64-helper.exe",
                "lib/gdk-pixbuf-2.0/2.10.0/loaders.cache",
                "lib/gdk-pixbuf-2.0/2.10.0/loaders/pixbufloader-test.dll",
                "libbase-1.dll",
                "libglib-2.0-0.dll",
                "libgtk-3-0.dll",
                "licenses/base-libs/LICENSE.txt",
                "licenses/greet/COPYING",
                "licenses/greet/parts/NOTICE",
                "licenses/gtk3/COPYING",
                "licenses/hello/OURS",
                "share/glib-2.0/schemas/gschemas.compiled",
                "share/icons/Adwaita/index.theme",
                "share/icons/Adwaita/symbolic/ui/pan-down-symbolic.svg",
                "share/icons/hicolor/index.theme",
                "window.exe",
            ]),
            "and not opengl32.dll, which is Windows' own");
    }

    [Test]
    public void A_program_that_needs_nothing_gets_nothing()
    {
        msys2.Write("source/plain.c", "int main(void) { return 0; }\n");
        msys2.Run("plain", """
            recipe_build() { $CC $CFLAGS -o plain.exe "$QCW_SOURCE/plain.c" $LDFLAGS; }
            recipe_install() {
                install -t "$staging$prefix" plain.exe
                install_runtime "$staging$prefix"
            }
            """);
        Assert.That(msys2.Installed("plain"), Is.EqualTo(["licenses/hello/OURS", "plain.exe"]));
    }

    [Test]
    public void A_file_that_no_package_has_is_refused()
    {
        File.Copy(Path.Combine(msys2.Prefix, "bin", "libgreet.dll"), Path.Combine(msys2.Prefix, "bin", "foreign.dll"), overwrite: true);
        ProcessResult result = msys2.Run("foreign", """
            recipe_install() {
                taken=("$MINGW_PREFIX/bin/foreign.dll")
                install_package_licenses
            }
            """);
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.StandardError, Does.Contain("No package owns").And.Contain("qcw: hello: install failed"));
    }

    [Test]
    public void Libraries_are_found_by_their_names() =>
        Assert.That(
            msys2
                .Run("libraries", "recipe_build() { ! has_library greet || echo 'has greet'; ! has_library gtk+-3.0 || echo 'has gtk'; }")
                .StandardOutput.Split('\n'),
            Does.Contain("has greet").And.None.EqualTo("has gtk"));

    [TestCase("\"$QCW_BUILD\""), TestCase("\"Z:${QCW_SOURCE//'/'/'\\'}\"")]
    public void A_path_of_the_machine_is_found_in_each_spelling(string path)
    {
        ProcessResult result = msys2.Run("path-" + path.Length, $"recipe_install() {{ echo {path} >\"$staging$prefix/file\"; }}");
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.StandardError, Does.Contain("of this machine:"));
    }

    [Test]
    public void Configure_scripts_and_meson_are_told_about_the_machine_that_they_run_on()
    {
        msys2.Write("source/configure", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        WriteMeson("[]");
        ProcessResult result = msys2.Run(
            "configure",
            "recipe_build() { autotools_configure --extra; meson_configure -Dx=y; cat qcw-native.ini; echo \"$MSYS2_ARG_CONV_EXCL\"; }");
        Assert.That(result.ExitCode, Is.Zero, result.StandardError);
        string build = Path.Combine(Path.GetDirectoryName(msys2.Output("configure", "").TrimEnd('/'))!, "build");
        string flags = $"-O2 -ffile-prefix-map={build}=hello -ffile-prefix-map={msys2.Source}=hello -ffile-prefix-map=../../source=hello";
        Assert.That(
            result.StandardOutput.Split('\n')[2..^2],
            Is.EqualTo([
                "--prefix=/qcw",
                "--host=x86_64-w64-mingw32",
                "--disable-dependency-tracking",
                "--enable-silent-rules",
                "CC=gcc",
                "AR=ar",
                "RANLIB=ranlib",
                "RC=windres",
                "WINDRES=windres",
                "CPPFLAGS=",
                "CFLAGS=" + flags,
                $"LDFLAGS=-s -Wl,--no-insert-timestamp -B{build}/.manifest",
                "--extra",
                "setup",
                ".",
                msys2.Source,
                "--native-file=qcw-native.ini",
                "--prefix=/qcw",
                "--libdir=lib",
                "--buildtype=release",
                "--wrap-mode=nodownload",
                "-Dx=y",
                "[binaries]",
                "c = ['gcc']",
                "ar = 'ar'",
                "ranlib = 'ranlib'",
                "strip = 'strip'",
                "dlltool = 'dlltool'",
                "windres = 'windres'",
                "pkgconfig = 'pkg-config'",
                "",
                "[built-in options]",
                $"c_args = ['{flags.Replace(" ", "', '", StringComparison.Ordinal)}']",
                $"c_link_args = ['-s', '-Wl,--no-insert-timestamp', '-B{build}/.manifest']",
                "--prefix=;-Dprefix=;/qcw",
            ]));
    }

    [TestCase("", false), TestCase("bundled=greet", true)]
    public void A_subproject_of_the_source_is_used_only_where_the_recipe_names_it(string bundled, bool allowed)
    {
        WriteMeson("[{\"name\": \"greet\"}]");
        ProcessResult result = msys2.Run("bundled" + bundled, bundled + "\nrecipe_configure() { meson_configure; }");
        Assert.That(result.ExitCode, Is.EqualTo(allowed ? 0 : 1), result.StandardError);
        Assert.That(
            result.StandardError,
            allowed
                ? Is.Empty
                : Does.Contain(
                    "qcw: hello: meson used the subproject greet of the source: "
                        + "make it a library of the line, or add it to 'bundled' in recipe.sh"));
    }

    private void WriteMeson(string subprojects) =>
        msys2.Write(
            "ucrt64/bin/meson",
            "#!/bin/sh\nprintf '%s\\n' \"$@\"\nmkdir -p meson-info\n"
                + $"echo '{{\"subprojects\": {subprojects}}}' >meson-info/intro-projectinfo.json\n");

    /// <summary>The texts of a file's manifests.</summary>
    private string[] Manifests(string run, string file) =>
    [
        .. Regex
            .Matches(File.ReadAllText(msys2.Output(run, file), Encoding.Latin1), "<assembly .*?</assembly>", RegexOptions.Singleline)
            .Select(match => match.Value),
    ];
}
