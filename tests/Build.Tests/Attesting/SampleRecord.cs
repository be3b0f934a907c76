using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Nsis;

namespace Qcw.Build.Tests.Attesting;

/// <summary>A setup program of a small line: a program with a library, a Go module, firmware, patches, and what NSIS adds.</summary>
internal static class SampleRecord
{
    public const string Setup = "xz-5.2.9-setup.exe";

    public static ReleaseLine Line { get; } = new(
        "sample", "A line.", 1_700_000_000,
        [
            new Component(
                "xz", "5.2.9", new ArchiveSource([new Uri("https://example.org/xz.tar.xz")], Digest('a'), null), [], ["zlib"], [])
            {
                Licence = "0BSD AND (LGPL-2.1-or-later OR MIT)",
                Cpe = "tukaani:xz",
            },
        ],
        [
            new Component(
                "zlib", "1.3.1", new GitSource(new Uri("https://github.com/madler/zlib.git"), new string('b', 40), []), [], [], [])
            {
                Licence = "Zlib",
            },
            new Component(
                "meson", "1.7.0", new DebianSource("meson", "trixie", "meson_1.7.0.orig.tar.xz", Digest('c')), [], [], [])
            {
                Licence = "Apache-2.0",
            },
        ],
        []);

    public static ArtifactRecord Record { get; } = new(
        Setup, Digest('1'), 100, "xz", "5.2.9", Digest('2'),
        new Provenance
        {
            Sources =
            [
                .. Line.Components.Concat(Line.Libraries)
                    .Select(one => new SourceRecord(one.Name, one.Version, one.Source.Pin, "somewhere")),
            ],
            Libraries = ["meson", "zlib"],
            Tools = new Dictionary<string, string> { ["makensis"] = "v3.08-3+deb12u1", ["strange"] = "strange 1" },
            Packages =
            [
                new ToolPackage("makensis", "nsis", "3.08-3+deb12u1", "amd64", "debian") { Sha256 = Digest('d') },
                new ToolPackage("makensis", "nsis-common", "3.08-3+deb12u1", "all", "debian"),
            ],
        },
        [
            new PackedFile("LICENSE", Digest('3'), 7, PackedFile.Own),
            new PackedFile("bin/xz.exe", Digest('4'), 8, "xz"),
            new PackedFile("bin/zlib1.dll", Digest('5'), 9, "zlib"),
            new PackedFile("licenses/meson/COPYING", Digest('6'), 9, "meson"),
            new PackedFile("licenses/xz/modules/example.org/Module/LICENSE", Digest('7'), 9, "xz"),
            new PackedFile("share/bios.bin", Digest('8'), 9, "firmware"),
            new PackedFile("uninstall.exe", Digest('9'), 9, NsisInstaller.Owner),
        ],
        new string('0', 128),
        new ArtifactDetails(
            [
                new Part(PartKind.GoModule, "example.org/Module", "v1.2.3", "xz", "MIT")
                {
                    Sum = "h1:" + Convert.ToBase64String(new byte[32]),
                    Files = ["licenses/xz/modules/example.org/Module/LICENSE"],
                },
                new Part(PartKind.GoModule, "example.org/Module", "v1.2.3", "zlib", "MIT"),
                new Part(PartKind.DebianPackage, "seabios", "1.16.2-1", "xz", "LGPL-3.0-only")
                {
                    Sha256 = Digest('e'), Architecture = "all", Distribution = "bookworm", Files = ["share/bios.bin"],
                },
                new Part(PartKind.Bundled, "keymaps", "1", "xz", null),
            ],
            [
                new PatchFacts("zlib", "CVE-2026-0001.patch", Digest('f'), "fix an overflow")
                {
                    Address = "https://example.org/p",
                    IsUpstreams = true,
                    Vulnerabilities = ["CVE-2026-0001"],
                    Bugs = ["https://example.org/1"],
                },
            ],
            new Dictionary<string, string> { ["zlib"] = "Copyright (C) 1995 somebody" }));

    private static string Digest(char digit) => new(digit, 64);
}
