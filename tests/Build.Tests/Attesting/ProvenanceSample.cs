using System.Security.Cryptography;
using Qcw.Build.Attesting;
using Qcw.Build.Packaging;

namespace Qcw.Build.Tests.Attesting;

/// <summary>A release of one file, made of one archive with a patch of Debian's, with a tool of each kind.</summary>
internal sealed class ProvenanceSample(TemporaryFolder folder)
{
    public const string File = "program-1.0.zip";
    public const string Commit = "0123456789012345678901234567890123456789";

    private const string ModuleSum = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    public static ArchiveSource Source { get; } = Sample.Archive([1], new Uri("https://example.org/program-1.0.tar.xz"));

    public ReleaseLine Line { get; init; } = Sample.Line(
        [Sample.Component("program", source: Source, patches: [new DebianPatches(Debian("program_1.0-1.debian.tar.xz"), ["a.patch"])])]);

    public string Tag { get; init; } = "v1";

    public string? Recipe { get; init; } = Commit;

    public bool RecipeChanged { get; init; }

    public Qcw.Build.Core.Provenance By { get; init; } = new()
    {
        Sources = [new SourceRecord("program", "1.0", Source.Pin, Source.Location) { ServedBy = "a mirror" }],
        Patches = [new PatchRecord("program", "a.patch", Sample.Sha256("patch")) { From = "program_1.0-1.debian.tar.xz" }],
        Tools = new Dictionary<string, string> { ["gcc"] = "gcc 12", ["go"] = "go1.26" },
        Packages =
        [
            new ToolPackage("gcc", "gcc-12", "12.2.0-14", "amd64", "debian") { Sha256 = Sample.Sha256("gcc") },
            new ToolPackage("gcc", "libc6-dev", "2.36-9", "amd64", "debian"),
        ],
        FirmwarePackages = [new ToolPackage("firmware", "seabios", "1.16.2-1", "all", "debian") { Sha256 = Sample.Sha256("bios") }],
        Firmware = new Dictionary<string, string> { ["seabios"] = "1.16.2-1" },
        Modules = [new ModuleRecord("program", "golang.org/x/sys", "v0.15.0", ModuleSum)],
        BaseImages = ["sha256:" + Sample.Sha256("layer")],
    };

    public static DebianSource Debian(string file) => new("program", "trixie", file, Sample.Sha256(file));

    /// <summary>Writes the file and the statement about it.</summary>
    public ReleaseProvenance Make()
    {
        string path = folder.Write(File, [7]);
        return ProvenanceWriter.Of(
            new ProvenanceFacts(
                Line, Architecture.X64, Tag, Recipe, RecipeChanged,
                [
                    new ArtifactRecord(
                        File, Files.Sha256(path), 1, "program", "1.0", Sample.Sha256("fingerprint"), By, [],
                        Convert.ToHexStringLower(SHA512.HashData([7])), ArtifactDetails.None),
                ],
                new Dictionary<string, string> { ["global.json"] = path }),
            folder.Path);
    }
}
