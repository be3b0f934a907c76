using System.Security.Cryptography.X509Certificates;
using Qcw.Integration.Tests.Host;

namespace Qcw.Integration.Tests.Updating;

/// <summary><c>--target=Update</c> as a person runs it, against a server of the test's: what is pinned, and what is refused.</summary>
public sealed class UpdateTests
{
    private const string Key = "A0CAEDA78064AA391E0EB4B6421F51A7BE34A597";
    private const string Signed = "/sample-1.0.tar";
    private static readonly byte[] Good = File.ReadAllBytes(Repository.Fixture("openpgp", "sample-1.0.tar"));
    private static readonly string OtherHash = new('0', 64);

    private TemporaryFolder folder = null!;
    private X509Certificate2 certificate = null!;
    private HttpTestServer server = null!;

    private string LineFile => folder["checkout/build/Catalog/Versions/small.json"];

    [OneTimeSetUp]
    public void MakeCheckout()
    {
        folder = new TemporaryFolder();
        certificate = OwnAuthority.Certificate();
        folder.Write("ca.pem", certificate.ExportCertificatePem());
        SmallCheckout.Make(folder["checkout"]);
    }

    [OneTimeTearDown]
    public void DeleteCheckout()
    {
        certificate.Dispose();
        folder.Dispose();
    }

    [SetUp]
    public void StartServer()
    {
        server = new HttpTestServer(certificate);
        server.On(Signed, HttpReply.File(Good));
        server.On(Signed + ".sig", Signature("sample-1.0.tar.sig"));
    }

    [TearDown]
    public void StopServer() => server.Dispose();

    [Test]
    public void What_the_pinned_key_has_signed_is_pinned_and_nothing_else_in_the_file_changes()
    {
        string before = WriteLine("0.9");
        (int code, string output) = Update("--to=1.0", "--preview");
        Assert.That((code, File.ReadAllText(LineFile)), Is.EqualTo((0, before)), output);
        Assert.That(output, Does.Contain("would change build/Catalog/Versions/small.json").And.Contain("+      \"version\": \"1.0\","));

        (code, output) = Update("--to=1.0");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That(
                File.ReadAllText(LineFile),
                Is.EqualTo(before.Replace("0.9", "1.0", StringComparison.Ordinal)
                    .Replace(OtherHash, Sample.Sha256(Good), StringComparison.Ordinal)
                    .Replace("\"origin\": \"1\"", "\"origin\": \"C\"", StringComparison.Ordinal)));
            Assert.That(
                output, Does.Contain($"signed by the pinned key {Key}").And.Contain($"+        \"sha256\":   \"{Sample.Sha256(Good)}\""));
            Assert.That(new ReleaseLines(Checkout).Load("small").Component("xz").Version, Is.EqualTo("1.0"), "the line can be read");
        }

        (code, output) = Update("--to=1.0");
        Assert.That((code, output.Contains("xz 1.0 stays", StringComparison.Ordinal)), Is.EqualTo((0, true)), output);
    }

    [Test]
    public void A_line_that_pins_the_signature_alone_gets_the_hash()
    {
        string before = WriteLine("0.9").Replace($"\n        \"sha256\":   \"{OtherHash}\",", string.Empty, StringComparison.Ordinal);
        File.WriteAllText(LineFile, before);
        (int code, string output) = Update("--to=1.0");
        Assert.That(code, Is.Zero, output);
        Assert.That(new ReleaseLines(Checkout).Load("small").Component("xz").Source,
            Is.InstanceOf<ArchiveSource>().With.Property(nameof(ArchiveSource.Sha256)).EqualTo(Sample.Sha256(Good)));
        Assert.That(File.ReadAllText(LineFile), Does.Contain($"],\n        \"sha256\": \"{Sample.Sha256(Good)}\",\n"));
    }

    [Test]
    public void A_strangers_signature_is_refused_before_the_archive_is_fetched()
    {
        server.On(Signed + ".sig", Signature("sample-1.0.tar.other.sig"));
        Refused("--to=1.0", "not by the pinned key " + Key);
        Assert.That(server.Requests.Select(request => request.Path), Is.All.EqualTo(Signed + ".sig"));
    }

    [Test]
    public void What_is_not_signed_is_refused()
    {
        server.On(Signed + ".sig", HttpReply.Status(404));
        Refused("--to=1.0", "xz 1.0 is not signed", Key);
    }

    [Test]
    public void What_upstream_released_again_is_refused_until_somebody_accepts_it()
    {
        string before = WriteLine("1.0");
        (int code, string output) = Update("--to=1.0");
        Assert.That((code, File.ReadAllText(LineFile)), Is.EqualTo((1, before)), output);
        Assert.That(output, Does.Contain("xz 1.0 was released again").And.Contain(OtherHash).And.Contain("--accept-changed"));

        (code, output) = Update("--to=1.0", "--accept-changed");
        Assert.That(code, Is.Zero, output);
        Assert.That(File.ReadAllText(LineFile), Does.Contain(Sample.Sha256(Good)));
    }

    [Test]
    public void A_truncated_archive_is_refused()
    {
        server.On(Signed, HttpReply.WithoutLength(Good, Good.Length / 2));
        Refused("--to=1.0", Signed, "bad OpenPGP signature");
    }

    [Test]
    public void A_page_in_place_of_the_archive_is_refused()
    {
        server.On(Signed, HttpReply.Html("Gone fishing"));
        Refused("--to=1.0", "an HTML page (\"Gone fishing\")");
    }

    [Test]
    public void What_nobody_signs_needs_two_sources_that_agree_and_the_patches_are_tried_on_it()
    {
        string text = string.Concat(Enumerable.Range(1, 9).Select(number => $"line {number}\n"));
        byte[] old = Tool("1.1", text);
        byte[] fits = Tool("1.2", "line 0\n" + text);
        byte[] conflicts = Tool("1.3", text.Replace("line 5", "line five", StringComparison.Ordinal));
        server.On("/tool-1.1.tar.gz", HttpReply.File(old));
        server.On("/tool-1.2.tar.gz", HttpReply.File(fits));
        server.On("/tool-1.3.tar.gz", HttpReply.File(conflicts));
        string before = WriteTool(old, "localhost", "127.0.0.1");

        (int code, string output) = Update("--to=1.2");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That(output, Does.Contain("localhost and 127.0.0.1 agree").And.Match(@"0001-five +applies with offset \[never-sent\]"));
            Assert.That(File.ReadAllText(LineFile), Does.Contain(Sample.Sha256(fits)).And.Contain("\"origin\": \"2\""));
        }

        (code, output) = Update("--to=1.3");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1), output);
            Assert.That(output, Does.Contain("xz 1.3 is pinned, and these patches do not go on as they are: 0001-five"));
            Assert.That(File.ReadAllText(LineFile), Does.Contain(Sample.Sha256(conflicts)));
        }

        before = WriteTool(old, "localhost");
        (code, output) = Update("--to=1.2");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((code, File.ReadAllText(LineFile)), Is.EqualTo((1, before)), output);
            Assert.That(output, Does.Contain("at least two sources have to agree on its bytes: 1 did"));
        }
    }

    private static byte[] Tool(string version, string text) =>
        SourceArchive.GZip(SourceArchive.Tar(SourceArchiveItem.File($"tool-{version}/a.txt", text)));

    private static Func<HttpExchange, Task> Signature(string name) =>
        HttpReply.File(File.ReadAllBytes(Repository.Fixture("openpgp", name)));

    private Paths Checkout => new(folder["checkout"], folder["artifacts"]);

    private void Refused(string to, params string[] says)
    {
        byte[] before = System.Text.Encoding.UTF8.GetBytes(WriteLine("0.9"));
        (int code, string output) = Update(to);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1), output);
            Assert.That(output, Does.Contain("Error: xz was not updated, and nothing was written: "));
            Assert.That(File.ReadAllBytes(LineFile), Is.EqualTo(before), "byte for byte");
            Assert.That(Directory.GetFiles(Path.GetDirectoryName(LineFile)!, "small*"), Is.EqualTo([LineFile]), "nothing half-written");
            foreach (string text in says)
            {
                Assert.That(output, Does.Contain(text));
            }
        }
    }

    private (int ExitCode, string Output) Update(params string[] arguments) => HostProcess.RunIn(
        folder["checkout"], folder["artifacts"],
        ["--target=Update", "--line=small", "--for=xz", $"--ca-file={folder["ca.pem"]}", .. arguments]);

    // the blanks are not those of any tool
    private string WriteLine(string version) => Write(
        $$"""
                "kind": "archive",
                "urls": [ "{{server.Url($"/sample-{version}.tar")}}" ],
                "sha256":   "{{OtherHash}}",
                "signature": {
                  "url": "{{server.Url($"/sample-{version}.tar.sig")}}",
                    "keyFile": "key.asc",   "keyFingerprint": "{{Key}}"
                },
                "origin": "1"
        """,
        version, string.Empty);

    private string WriteTool(byte[] archive, params string[] hosts)
    {
        folder.Write(
            "checkout/patches/xz/0001-five.patch",
            """
            From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
            From: Jane Doe <jane@example.org>
            Date: Fri, 27 Nov 2026 09:00:00 +0000
            Subject: [PATCH] line 5 is ours

            It was not before.

            Author: Jane Doe <jane@example.org>
            Forwarded: no
            Last-Update: 2026-11-27
            ---
             a.txt | 2 +-
             1 file changed, 1 insertion(+), 1 deletion(-)

            diff --git a/a.txt b/a.txt
            --- a/a.txt
            +++ b/a.txt
            @@ -2,7 +2,7 @@
             line 2
             line 3
             line 4
            -line 5
            +line 5 is ours
             line 6
             line 7
             line 8

            """);
        string urls = string.Join(", ", hosts.Select(host => $"\"https://{host}:{server.Url("/").Port}/tool-1.1.tar.gz\""));
        return Write(
            $$"""
                    "kind": "archive",
                    "urls": [{{urls}}],
                    "sha256": "{{Sample.Sha256(archive)}}",
                    "origin": "1"
            """,
            "1.1", "\n      \"patches\": [\"0001-five\"],");
    }

    private string Write(string source, string version, string patches)
    {
        string text = $$"""
            {
              "line": "small",
              "description": "A line for tests.",
              "sourceDateEpoch": "2021-06-01T00:00:00Z",
              "components": {
                "xz": {
                  "version": "{{version}}",
                  "licence": "0BSD",
                  "source": {
            {{source}}
                  },{{patches}}
                  "needs": ["toolchain"]
                }
              },
              "libraries": { "toolchain": { "version": "1", "licence": "Zlib", "source": { "kind": "recipe" } } }
            }

            """;
        File.WriteAllText(LineFile, text);
        return text;
    }
}
