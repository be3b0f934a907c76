using System.Formats.Tar;
using System.Text;
using System.Text.RegularExpressions;
using Qcw.Build.Advising;
using Qcw.Build.Attesting;
using Qcw.Build.Caching;
using Qcw.Build.Compiling;
using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Compiling.Go;
using Qcw.Build.Components;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Fetching.Git;
using Qcw.Build.Fetching.Mirroring;
using Qcw.Build.Fetching.Signatures;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Packaging.Pe;
using Qcw.Build.Reporting;
using Qcw.Build.Signing;
using Qcw.Build.Sources.Archives;
using Qcw.Build.Sources.Patches;
using Qcw.Build.Sources.Trees;
using Qcw.Build.Tests.Advising;
using Qcw.Build.Tests.Attesting;
using Qcw.Build.Tests.Catalog;
using Qcw.Build.Tests.Compiling.Go;
using Qcw.Build.Tests.Packaging.Pe;
using Qcw.Build.Tests.Reporting;
using Qcw.Build.Tests.Verifying;
using Qcw.Build.Updating;
using Qcw.Build.Verifying;
using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;

namespace Qcw.Build.Tests.Fuzzing;

/// <summary>Something that reads bytes from elsewhere.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Seeds">Sound files.</param>
/// <param name="Read">Reads a file; it may write into the folder. Both are full paths.</param>
public sealed record Reader(string Name, IReadOnlyList<byte[]> Seeds, Action<string, string> Read)
{
    /// <summary>What is done with a damaged file, so that more than its checksum is read.</summary>
    public Func<byte[], byte[]> Finish { get; init; } = bytes => bytes;
}

/// <summary>All readers of foreign bytes.</summary>
internal static partial class Readers
{
    private const string Series =
        """
        From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
        From: =?UTF-8?q?J=C3=B6rg?= <j@localhost>
        Subject: [PATCH 1/2] Some
         longer words

        diff --git a/x b/x
        ---
         x | 2 +-
         1 file changed, 1 insertion(+), 1 deletion(-)

        diff --git a/x b/x
        index 1111111..2222222 100644
        --- a/x
        +++ b/x
        @@ -1,2 +1,2 @@ f(
        -a
        +b
         c
        diff --git a/old "b/he ll\303\266"
        similarity index 100%
        rename from old
        rename to "he ll\303\266"
        diff --git a/data b/data
        index 1..2 100644
        GIT binary patch
        literal 1
        IcmZ
        --
        2.39.5

        From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
        Subject: [PATCH 2/2] More

        diff --git a/x b/x
        deleted file mode 100644
        --- a/x
        +++ /dev/null
        @@ -1 +0,0 @@
        -b

        """;

    private const string Debian =
        "Description: words\n more words\nAuthor: me\nForwarded: no\n---\nIndex: x\n====\n"
        + "--- x.orig\t2020-01-01\n+++ x\t2021-01-01\n@@ -1 +1 @@\n-a\n+b\n";

    private const string Stanzas =
        """
        Package: xz-utils
        Version: 5.4.1-1
        Directory: pool/main/x/xz-utils
        Checksums-Sha256:
         e4b0f81582efa155ccf27bb88275254a429d44968e488fc94b806f2a61cd3e22 1459376 xz-utils_5.4.1.orig.tar.xz
         0000000000000000000000000000000000000000000000000000000000000000 1 xz-utils_5.4.1-1.dsc

        Types: deb deb-src
        URIs: http://example.org/debian
        Suites: bookworm
        Components: main

        """;

    // a folder with a file, a folder and a link in it, packed by xz: there is no managed encoder
    private const string Xz =
        "/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4Cf/AJldADobymMkBJSzSsi80f5CS2UkaaOFSzenkE0OjO3bamt02N8v9SXyKO2qU8LuU5ML772ycQyH4pPFpGHn"
        + "4vB7xm0knNc8Q+8feoIlR8mhIvyp88OKvCCThV5xq6U72xVBKHgMWntI2yjORDrL2IV/oPP+5VxJ83Ht6gKPmmy5+qtha6Y8RQmA/vlM3s9Be7SJDzq2uQNB"
        + "IkAFuQAAAAAzKTH/4OEn/QABtQGAUAAAIOfXNbHEZ/sCAAAAAARZWg==";

    private const string DescribedPatch = "qemu/0001-9pfs-Add-9pfs-support-for-Windows-host.json";
    private const string KeyFingerprint = "A0CAEDA78064AA391E0EB4B6421F51A7BE34A597";

    private static readonly string One = new('1', 64);

    private static readonly string BundleText =
        """
        {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"publicKey":{"hint":"x"}},
        "dsseEnvelope":{"payloadType":"application/vnd.in-toto+json","payload":"PAYLOAD","signatures":[{"sig":"AAAA"}]}}
        """.Replace(
            "PAYLOAD",
            Convert.ToBase64String(Utf8(
                """{"_type":"https://in-toto.io/Statement/v1","subject":[],"predicateType":"x","predicate":{}}""")),
            StringComparison.Ordinal);

    private static readonly byte[][] Tars =
    [
        .. new[] { TarEntryFormat.Pax, TarEntryFormat.Ustar, TarEntryFormat.Gnu }.Select(format => SourceArchive.Tar(
            format,
            SourceArchiveItem.Folder("top"),
            SourceArchiveItem.File("top/a", "a\n"),
            SourceArchiveItem.File(format is TarEntryFormat.Ustar ? "top/ä" : "top/" + new string('ä', 60), "b\n", executable: true),
            SourceArchiveItem.SymbolicLink("top/d/link", "../a"),
            SourceArchiveItem.HardLink("top/hard", "top/a"))),
    ];

    private static readonly byte[] Zip = SourceArchive.Zip(("top/", "", 0x41ed), ("top/a", "a\n", 0x81a4), ("top/link", "a", 0xa1ff));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Reader> All { get; } =
    [
        new("patch", [Utf8(Series), Utf8(Debian), .. RealPatches()], Patch),
        new("quoted path", [Utf8("\"a/\\303\\244\\t\\\\ \" rest")], Text(text => _ = QuotedPath.Split(text))),
        new(
            "entry of a cache",
            [new ActionResult([new CachedFile("output.tar.gz", new string('a', 64), 300, true)], "qcw 1\nqemu compile\n").ToBytes()],
            (file, _) => ActionResult.Read(File.ReadAllBytes(file))),
        new("netrc", [Utf8("machine a login b password c\ndefault login d\n")], Text(text => _ = Netrc.Find(text, "a"))),
        new("series", [Utf8("one.patch\n# two\nthree.patch -p1 # four\n")], Text(text => _ = TakenPatches.NamesOf(text, "x"))),
        new(
            "wrap",
            [Utf8("[wrap-git]\nurl = x\nrevision = 1\ndirectory = dtc\n")],
            Text(text => _ = MesonWrap.Parse(text).Names("subprojects/dtc"))),
        new("line", [.. LineFolder.RealNames.Select(name => Bytes(Repository.Paths.Versions, name + ".json"))], Line),
        new("description of a patch", [Bytes(Repository.Paths.Patches, DescribedPatch)], PatchDescription),
        new("tar", Tars, Extract) { Finish = WithHeaderSums },
        new("tar.gz", [.. Tars.Select(SourceArchive.GZip)], Extract),
        new("tar.bz2", [BZip2(Tars[0])], Extract),
        new("tar.xz", [Convert.FromBase64String(Xz)], Extract),
        new("zip", [Zip], Extract),
        new(
            "PE imports",
            [new PeBuilder { Imports = ["KERNEL32.dll", "libx.dll"], DelayImports = ["y.dll"] }.Build(), SmallProgram()],
            (file, _) => PeImage.Read(file)),
        new("Go's modules", [GoBuildInfoTests.Image()], (file, _) => GoBuildInfo.Read(File.ReadAllBytes(file), file)),
        new(
            "Go's functions", [GoContentsTests.Table(0xfffffff1, "main.main", "a/b.(*T).F")],
            (file, _) => GoSymbols.Read(File.ReadAllBytes(file))),
        new("modules in a source", [Utf8("# a.org/b v1.0.0\n## explicit\na.org/b/c\n# a.org/d v1.0.0 => a.org/e v1.0.0\n")], Vendored),
        new("databases of vulnerabilities", AdvisoryDatabaseTests.Samples, Databases),
        new(
            "Debian's packaging",
            [
                DebianPackagingTests.Archive(
                    "xz (1-1) sid; urgency=low\n\n  * d/p/a.patch: CVE-2026-0001\n\n -- me <m@e>  now\n",
                    ("a.patch", "--- a/x\n+++ b/x\n")),
            ],
            (file, _) => DebianPackaging.Read(file, "x_1-1.debian.tar.xz")) { Finish = WithHeaderSums },
        new("PE version", [SmallProgram()], (file, _) => PeVersion.Read(file)),
        new("stanzas", [Utf8(Stanzas)], Text(text => _ = AptStanzas.Parse(text))),
        new(
            "an index of sources",
            [Utf8($"Package: x\nVersion: 1-1\nDirectory: pool/main/x\nChecksums-Sha256:\n {One} 12 x_1.orig.tar.gz\n\n")],
            Text(text => _ = SourcePackage.Merge(AptStanzas.Parse(text).Select(SourcePackage.Of).OfType<SourcePackage>())
                .Select(package => package.Original).ToList())),
        new("changelog", [Utf8("xz (1:1.0-1) sid; urgency=low\n\n  * CVE-2026-1000\n\n -- J <j@e.org>  Thu, 03 Apr 2025 10:00:00 +0200\n")],
            Text(text => _ = DebianPackaging.Parse("x", text).FirstDayOf(version => version.Upstream == "1.0"))),
        new("page of versions", [Utf8("<a>a-1.0-rc1.tar.gz</a> 2026-01-02\na-20260102.tar.gz\n")], Text(text =>
            _ = OutdatedCheck.OnPage(text, "a-{version}.tar.gz").Select(found => Enum.GetValues<VersionScheme>()
                .Select(scheme => OrderedVersion.TryParse(found.Version, scheme)).ToList()).ToList())),
        new("tags", [Utf8($"{One[..40]}\trefs/tags/v1\n{One[..40]}\trefs/tags/v1^{{}}\n")], Text(text => _ = TagReader.Parse(text))),
        new("apt's addresses", [Utf8($"'http://example.org/x' x.deb 12 SHA256:{One}\n")], Text(text => _ = AptFile.Parse(text))),
        new("SHA256SUMS", [Utf8($"{One}  a.exe\n{One}  b.zip\n")], (file, _) => ChecksumFile.ReadSha256(file, "make it again")),
        new("provenance", [Provenance()], (file, _) => ProvenanceReader.Read(file)),
        new("bill of materials", [Utf8(SampleReport.Bom(SampleRecord.Record))], Text(text => _ = ReleasedContents.Parse(text, "x"))),
        new(
            "record of a build",
            [Utf8("{\"event\":\"run\",\"ms\":0}\n{\"event\":\"step\",\"ms\":1,\"id\":1}\n{\"event\":\"end\",\"ms\":2,\"id\":1}\n")],
            RecordOfBuild),
        new("packages of tools", [Utf8($"gcc\tgcc-12\t12.2.0-14\tamd64\t{One}\tdebian\n")], Text(text => _ = ToolPackages.Read(text))),
        new("signature", [.. Fixtures("sample-1.0.tar.asc", "sample-1.0.tar.sig")], Signature),
        new("public key", [.. Fixtures("key.asc")], (file, _) => PinnedKey.Read(file, KeyFingerprint)),
        new(
            "statement",
            [Utf8("""{"_type":"https://in-toto.io/Statement/v1","subject":[],"predicateType":"x","predicate":{}}""")],
            (file, _) => Statement.Parse(File.ReadAllBytes(file), file)),
        new("bundle", [Utf8(BundleText)], Text(text => _ = Bundle.Parse(text, "x"))),
        new("key that signs releases", [.. new[] { Minisign.PublicKey(TestKeys.Of("x")), SshSignature.AllowedSigner(TestKeys.Of("x"), "x") }
            .Select(Utf8)], (file, _) => PublicKey.ReadAll(file)),
        new(
            "signature of a release",
            [.. new[] { Minisign.Signature(TestKeys.Of("x"), [], "x"), SshSignature.Signature(TestKeys.Of("x"), []) }.Select(Utf8)],
            Text(text =>
            {
                var key = new PublicKey("x", TestKeys.Of("x").PublicKey.ToArray());
                _ = Minisign.Problem(key, [], text);
                _ = SshSignature.Problem(key, [], text);
            })),
        new("records", [Utf8(JsonText.Of(new MirrorInventory("x", [])))], Records),
        new(
            "MSI table",
            [Utf8("Action\tCondition\r\ns72\tS255\r\nProperty\tAction\r\na\tb\r\n")],
            Text(text => _ = IdtTable.Parse("Property", text))),
        new("pacman", [Utf8("glib2 2.78.0-1\nmingw-w64-ucrt-x86_64-gcc 13.2.0-3\n")], Text(text => _ = Msys2Packages.Read(text))),
        new(
            "what a file looks like",
            [Utf8("<?xml version='1.0'?>\n<!-- x --><!-- y -->\n<html><title>Not  found</title>")],
            (file, _) => BodySniffer.Describe(file)),
        new("a compiler's output", [Utf8("qcw: x: build\n[199/400] gcc\n[400/400] ld\n")], Text(Progress)),
        new("tools' versions", [Utf8("git version 2.39.5\ngo1.26.1\nninja\t/usr/bin/ninja\t1.11.1\n")], Text(Versions)),
        new("an image's layers", [Utf8("sha256:12 [\"sha256:34\",\"sha256:56\"]\n")], Text(Layers)),
        new("what git says of a patch", [Utf8("error: patch failed: x:1\nerror: x: No such file or directory\n")], Text(Failure)),
        new("Podman's Makefile", [Utf8("P = m/v5\nREMOTETAGS ?= remote \\\n x\nLDFLAGS_PODMAN = -X $(P)/a.b=1 -X m/c=2\n")], Makefile),
    ];

    private static void RecordOfBuild(string file, string output)
    {
        if (RecordedRun.ReadLast(file) is { } run)
        {
            var timeline = Timeline.Of(run);
            _ = TimelineDrawing.Draw(timeline);
            _ = Trace.Of(timeline);
        }
    }

    private static void Vendored(string file, string output)
    {
        File.WriteAllText(Path.Combine(output, "go.mod"), "module m\n");
        File.Copy(file, Path.Combine(Directory.CreateDirectory(Path.Combine(output, "vendor")).FullName, "modules.txt"));
        _ = GoContents.OfTree(output, null);
    }

    private static void Databases(string file, string output)
    {
        var wanted = new Wanted(new HashSet<string> { "example.org/module" }, new HashSet<string> { "thing" }, new HashSet<string>());
        foreach (string name in (string[])["x.json", "x.zip"])
        {
            File.Copy(file, Path.Combine(output, name));
            try
            {
                _ = AdvisoryDatabase.ReadAll(Path.Combine(output, name), wanted);
            }
            catch (BuildException)
            {
                // it is not both
            }
        }
    }

    private static byte[] Provenance()
    {
        using var folder = new TemporaryFolder();
        return Utf8(new ProvenanceSample(folder).Make().Text());
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Bytes(params string[] path) => File.ReadAllBytes(Path.Combine(path));

    private static Action<string, string> Text(Action<string> read) => (file, _) => read(File.ReadAllText(file));

    private static void Extract(string file, string output) => ArchiveExtractor.Extract(file, Path.Combine(output, "tree"));

    private static void Patch(string file, string output) => _ = PatchReader.Read(new PatchFile("x", file, Files.Sha256(file)));

    private static void Line(string file, string output)
    {
        // under the name that it gives itself, if any: else everything ends with that
        string name = LineName().Match(File.ReadAllText(file)) is { Success: true } match ? match.Groups[1].Value : "x";
        Load(name, file, Path.Combine("build", "Catalog", "Versions", name + ".json"), output);
    }

    private static void PatchDescription(string file, string output) =>
        Load("2023.04", file, Path.Combine("patches", DescribedPatch), output);

    /// <summary>Loads a line from a copy of the repository's, in which one file is another.</summary>
    private static void Load(string line, string file, string inPlaceOf, string output)
    {
        foreach (string folder in (string[])[Repository.Paths.Versions, Repository.Paths.Patches])
        {
            foreach (string real in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                string copy = Path.Combine(output, Path.GetRelativePath(Repository.Root, real));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.CreateSymbolicLink(copy, real);
            }
        }

        File.Delete(Path.Combine(output, inPlaceOf));
        File.Copy(file, Path.Combine(output, inPlaceOf));
        _ = new ReleaseLines(new Paths(output, Path.Combine(output, "artifacts"))).Load(line);
    }

    private static void Signature(string file, string output)
    {
        string key = Repository.Fixture("openpgp", "key.asc");
        var pin = new DetachedSignature(new Uri("https://example.org/x.sig"), key, KeyFingerprint);
        OpenPgp.Verify(Repository.Fixture("openpgp", "sample-1.0.tar"), file, pin);
    }

    private static void Records(string file, string output)
    {
        File.Copy(file, Stamp.PathFor(Path.Combine(output, "x")));
        _ = Stamp.Read(Path.Combine(output, "x"));
        _ = MirrorInventory.Read(file, "x");
        _ = ArtifactRecord.Find(file);
    }

    private static void Progress(string text)
    {
        using var progress = new CompileProgress(RecordingLog.Nowhere, "x");
        foreach (string line in text.Split('\n'))
        {
            progress.Report(line);
        }
    }

    private static void Versions(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            _ = ToolFinder.Read(ToolCatalog.Find("ninja"), "/usr/bin/ninja", line);
        }

        _ = ImageTools.Read(text, [ToolCatalog.Find("ninja")], "x");
        GitRepository.RequireVersion(text);
    }

    private static void Layers(string text) =>
        _ = new CakeEngine("docker", Environment.ProcessPath!, _ => new ProcessResult(0, text, string.Empty)).FindImage("x");

    private static void Failure(string text) =>
        _ = PatchFailure.Explain(PatchText.Parse(Utf8(Series)).Mails[0], text, alreadyApplied: false, onlyWhiteSpace: false);

    private static void Makefile(string file, string output)
    {
        File.Copy(file, Path.Combine(output, "Makefile"));
        File.WriteAllText(Path.Combine(output, "go.mod"), "module m\n");
        _ = PodmanSource.Read(output);
    }

    private static IEnumerable<byte[]> RealPatches() =>
        Directory.EnumerateFiles(Repository.Paths.Patches, "*.patch", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(patch => patch.Length < 16_384);

    private static IEnumerable<byte[]> Fixtures(params string[] names) => names.Select(name => Bytes(Repository.Fixture("openpgp", name)));

    // a program with a version resource: this one
    private static byte[] SmallProgram() => File.ReadAllBytes(typeof(SourceArchive).Assembly.Location);

    private static byte[] BZip2(byte[] tar)
    {
        using var stream = new MemoryStream();
        using (Stream packer = BZip2Stream.Create(stream, CompressionMode.Compress, decompressConcatenated: false, leaveOpen: true))
        {
            packer.Write(tar);
        }

        return stream.ToArray();
    }

    private static byte[] WithHeaderSums(byte[] tar)
    {
        for (int at = 0; at + 512 <= tar.Length; at += 512)
        {
            if (tar.AsSpan(at + 257).StartsWith("ustar"u8))
            {
                SourceArchive.WithNameByte(tar[at..(at + 512)], 0, tar[at]).CopyTo(tar, at);
            }
        }

        return tar;
    }

    [GeneratedRegex("\"line\": \"([0-9a-z.-]+)\"")]
    private static partial Regex LineName();
}
