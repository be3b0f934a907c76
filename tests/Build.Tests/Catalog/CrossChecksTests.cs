namespace Qcw.Build.Tests.Catalog;

/// <summary>What one field says about another, or about a file.</summary>
public sealed class CrossChecksTests
{
    private const string Recipe = "\"source\": { \"kind\": \"recipe\" }";

    private LineFolder folder = null!;

    [SetUp]
    public void Make_a_folder() => folder = new LineFolder();

    [TearDown]
    public void Remove_the_folder() => folder.Dispose();

    [Test]
    public void A_library_needs_only_what_stands_before_it()
    {
        string libraries = $$"""
            "glib": { "version": "1", {{Recipe}}, "needs": ["zlib", "glib"] },
            "zlib": { "version": "1", {{Recipe}}, "needs": ["glib", "gliib"] }
            """;

        Assert.That(
            Errors($$""" "tool": { "version": "1", {{Recipe}}, "needs": ["zlip"] } """, libraries),
            Is.EqualTo([
                "build/Catalog/Versions/test.json: components.tool.needs[0]: "
                    + "found \"zlip\", expected a library of this line (glib, zlib); did you mean zlib?",
                "build/Catalog/Versions/test.json: libraries.glib.needs[0]: "
                    + "found \"zlib\", expected a library that comes earlier in libraries (none)",
                "build/Catalog/Versions/test.json: libraries.glib.needs[1]: "
                    + "found \"glib\", expected a library that comes earlier in libraries (none)",
                "build/Catalog/Versions/test.json: libraries.zlib.needs[1]: "
                    + "found \"gliib\", expected a library of this line (glib); did you mean glib?",
            ]));
    }

    [Test]
    public void A_component_and_a_library_share_no_name() =>
        Assert.That(
            Errors($$""" "tool": { "version": "1", {{Recipe}} } """, $$""" "tool": { "version": "1", {{Recipe}} } """),
            Is.EqualTo([
                "build/Catalog/Versions/test.json: components.tool: "
                    + "is also the name of a library, expected another name than libraries.tool",
            ]));

    [Test]
    public void A_missing_patch_is_named_with_the_files_it_could_be()
    {
        folder.Write("patches/tool/0001-title.patch", "content");

        Assert.That(
            Errors($$""" "tool": { "version": "1", {{Recipe}}, "patches": ["0001-titel"] } """),
            Is.EqualTo([
                "build/Catalog/Versions/test.json: components.tool.patches[0]: found \"0001-titel\", expected a patch in patches/tool, "
                    + "as 0001-titel.patch (ours) or 0001-titel.json (remote); did you mean 0001-title?",
            ]));
    }

    [Test]
    public void A_patch_of_a_component_without_a_folder_is_missing_too() =>
        Assert.That(Errors($$""" "tool": { "version": "1", {{Recipe}}, "patches": ["0001-title"] } """), Has.Count.EqualTo(1));

    [Test]
    public void A_patch_that_is_both_ours_and_remote_is_refused()
    {
        folder.Write("patches/tool/0001-title.patch", "content");
        folder.Write("patches/tool/0001-title.json", "{}");

        Assert.That(
            Errors($$""" "tool": { "version": "1", {{Recipe}}, "patches": ["0001-title"] } """),
            Has.Exactly(1).EndsWith("expected one file; both patches/tool/0001-title.patch and .json are there"));
    }

    [TestCase("0001-title.patch", "", "patches/tool/0001-title.patch: is empty, expected a patch")]
    [TestCase("0001-title.json", "", "patches/tool/0001-title.json: is empty, expected a JSON object")]
    [TestCase("0001-title.json", "<html>", "patches/tool/0001-title.json: line 1, column 1: ")]
    public void A_broken_patch_file_is_named(string file, string content, string error)
    {
        folder.Write($"patches/tool/{file}", content);

        Assert.That(
            Errors($$""" "tool": { "version": "1", {{Recipe}}, "patches": ["0001-title"] } """),
            Has.Count.EqualTo(1).And.Some.StartsWith(error));
    }

    [TestCase("https://example.org/raw/main/fix.patch")]
    [TestCase("https://example.org/raw/0123456/fix.patch")]
    [TestCase("http://example.org/raw/0123456789012345678901234567890123456789/fix.patch")]
    [TestCase("https://example.org/raw/fix.patch?id=0123456789012345678901234567890123456789")]
    public void A_patch_from_an_address_that_can_change_is_refused(string url)
    {
        const string File = "patches/gocat/0001-Updating-deps.json";
        string json = System.IO.File.ReadAllText(Path.Combine(folder.Paths.Root, File));
        folder.Write(File, System.Text.RegularExpressions.Regex.Replace(json, "https://raw[^\"]*", url));

        Assert.That(
            folder.Errors("2023.04"),
            Is.EqualTo([
                $"{File}: url: found \"{url}\", expected an https URL that contains a full commit id (40 lower-case hex digits), "
                    + "so that its bytes cannot change",
            ]));
    }

    [Test]
    public void A_key_that_is_not_in_the_repository_is_refused()
    {
        File.Delete(Path.Combine(folder.Paths.Keys, "qemu.asc"));

        Assert.That(folder.Errors("2023.04"), Is.EqualTo(
        [
            "build/Catalog/Versions/2023.04.json: components.qemu.source.signature.keyFile: found \"qemu.asc\", " +
                "expected an armored public key that stands in build/Catalog/Versions/keys; there is no such file",
        ]));
    }

    [Test]
    public void An_archive_without_any_pin_is_refused() =>
        Assert.That(
            Errors("""
                "tool": { "version": "1", "source": { "kind": "archive", "urls": ["https://example.org/tool.tar.xz"], "origin": "1" } }
                """),
            Is.EqualTo(
            [
                "build/Catalog/Versions/test.json: components.tool.source: found neither sha256 nor signature, " +
                    "expected at least one of them: nothing else pins an archive",
            ]));

    [Test]
    public void An_archive_of_another_debian_package_is_refused()
    {
        string json = File.ReadAllText(Path.Combine(folder.Paths.Versions, "debian13.json"))
            .Replace("\"glib2.0_2.84.4.orig", "\"glib_2.84.4.orig", StringComparison.Ordinal);

        Assert.That(folder.Errors("debian13", json), Is.EqualTo(
        [
            "build/Catalog/Versions/debian13.json: libraries.glib.source.file: found \"glib_2.84.4.orig.tar.xz\", " +
                "expected a file of the package glib2.0, whose name begins with glib2.0_",
        ]));
    }

    [TestCase("../etc/passwd")]
    [TestCase("/usr/share/bios.bin")]
    [TestCase("usr/../../bios.bin")]
    [TestCase("usr/*/bios.bin")]
    [TestCase("usr\\\\bios.bin")]
    public void A_firmware_file_outside_its_package_is_refused(string path)
    {
        string json = File.ReadAllText(Path.Combine(folder.Paths.Versions, "debian13.json"))
            .Replace("usr/share/seabios/bios.bin", path, StringComparison.Ordinal);

        Assert.That(folder.Errors("debian13", json), Has.Count.EqualTo(1).And.Some.Contains(": firmware.seabios.files[0]: found "));
    }

    [Test]
    public void Two_firmware_files_of_one_name_are_refused()
    {
        string json = File.ReadAllText(Path.Combine(folder.Paths.Versions, "debian13.json"))
            .Replace("usr/share/qemu/pvh.bin", "usr/share/qemu/BIOS-microvm.bin", StringComparison.Ordinal);

        Assert.That(folder.Errors("debian13", json), Has.Count.EqualTo(1).And.Some.Contains(
            "expected a file name that is not taken by seabios: usr/share/seabios/bios-microvm.bin"));
    }

    [TestCase("usr/share/OVMF/OVMF.fd", "a.fd", "expected a name for a path that files has too, and that has no *")]
    [TestCase("usr/share/OVMF/OVMF_CODE_4M.fd", "../a.fd", "expected a file name without a folder")]
    [TestCase(
        "usr/share/OVMF/OVMF_CODE_4M.fd", "BIOS.bin", "expected a file name that is not taken by seabios: usr/share/seabios/bios.bin")]
    public void Another_name_for_a_firmware_file_is_checked(string path, string name, string error)
    {
        string json = File.ReadAllText(Path.Combine(folder.Paths.Versions, "debian13.json"))
            .Replace("_CODE_4M.fd\": \"edk2-x86_64-code.fd\"", $"_CODE_4M.fd\": \"{name}\"", StringComparison.Ordinal)
            .Replace("\"usr/share/OVMF/OVMF_CODE_4M.fd\": ", $"\"{path}\": ", StringComparison.Ordinal);

        Assert.That(folder.Errors("debian13", json), Has.Count.EqualTo(1).And.Some.Contains(error));
    }

    [TestCase("\"file\": \"tool_1-1.debian.tar.xz\"", "")]
    [TestCase("\"file\": \"tool_1-1.debian.tar.xz\", \"take\": [\"CVE/a.patch\", \"b.diff\"]", "")]
    [TestCase("\"file\": \"tool_1-1.diff.gz\"", "")]
    [TestCase(
        "\"file\": \"tool_1-1.diff.gz\", \"take\": [\"a.patch\"]", "take: found a list, expected no names: a .diff.gz is one patch")]
    [TestCase("\"file\": \"other_1-1.debian.tar.xz\"",
        "file: found \"other_1-1.debian.tar.xz\", expected a file of the package tool, whose name begins with tool_")]
    [TestCase("\"file\": \"tool_1-1.debian.tar.xz\", \"take\": [\"../a.patch\"]",
        "take[0]: found \"../a.patch\", expected the name of a patch below debian/patches, as its series has it")]
    [TestCase("\"file\": \"tool_1.orig.tar.xz\"",
        "file: found \"tool_1.orig.tar.xz\", expected the name of an archive or diff with Debian's part of a source package, " +
            "such as qemu_10.0.13+ds-0+deb13u1.debian.tar.xz")]
    public void Patches_of_debian_are_checked(string fields, string error)
    {
        string hash = new('a', 64);
        IReadOnlyList<string> errors = Errors(
            $$"""
            "tool": { "version": "1", {{Recipe}}, "patches": [
              { "kind": "debian-patches", "package": "tool", "suite": "trixie", "sha256": "{{hash}}", {{fields}} } ] }
            """);

        Assert.That(errors, Is.EqualTo(error.Length == 0
            ? Array.Empty<string>() : ["build/Catalog/Versions/test.json: components.tool.patches[0]." + error]));
    }

    private IReadOnlyList<string> Errors(string component, string libraries = $$""" "toolchain": { "version": "1", {{Recipe}} } """) =>
        folder.Errors("test", LineFolder.Minimal(component, libraries));
}
