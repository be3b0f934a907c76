using System.Formats.Tar;
using System.Text;
using Qcw.Build.Compiling;
using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Components;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Fetching.Git;
using Qcw.Build.Fetching.Signatures;
using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Tests.Fuzzing;

/// <summary>What damaged files have shown: each ended in another exception, or in none.</summary>
public sealed class FoundTests
{
    [Test]
    public void Control_characters_of_a_name_do_not_reach_the_terminal() =>
        Assert.That(new BuildException("a\u001b[2J\0\rb\tc\nd\u009b").Message, Is.EqualTo("a\\x1b[2J\\x00\\x0db\tc\nd\\x9b"));

    [Test]
    [CancelAfter(60_000)]
    public void A_page_of_many_comments_is_described_at_once(CancellationToken cancel)
    {
        byte[] page = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<!---->", 300)) + "x");
        Assert.That(Task.Run(() => BodySniffer.Describe(page), cancel).WaitAsync(cancel).GetAwaiter().GetResult(), Is.Null);
    }

    [Test]
    public void A_size_that_no_file_has_is_no_answer_of_apts() =>
        Assert.That(AptFile.Parse($"'http://example.org/x' x 99999999999999999999999 SHA256:{new string('1', 64)}\n"), Is.Empty);

    [TestCase("9901"), TestCase("c60509ff0000")]
    public void A_key_file_of_unknown_packets_is_refused(string hex)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("key", Convert.FromHexString(hex));
        Assert.That(() => PinnedKey.Read(file, "0"), Throws.TypeOf<BuildException>().With.Message.Contains(file));
    }

    [Test]
    public void A_signature_of_an_unknown_version_is_refused()
    {
        using var folder = new TemporaryFolder();
        var pin = new DetachedSignature(
            new Uri("https://example.org/x.sig"), Repository.Fixture("openpgp", "key.asc"), "A0CAEDA78064AA391E0EB4B6421F51A7BE34A597");
        string file = folder.Write("x.sig", [0x88, 4, 0xe9, 0, 0, 0]);
        Assert.That(() => OpenPgp.CheckSignature(file, pin), Throws.TypeOf<BuildException>().With.Message.Contains("x.sig"));
    }

    // behind the header of two bytes, the version and the type: the public key's algorithm, the hash
    [TestCase(4, 16), TestCase(5, 99)]
    public void A_signature_of_unknown_algorithms_is_refused(int place, byte algorithm)
    {
        using var folder = new TemporaryFolder();
        var pin = new DetachedSignature(
            new Uri("https://example.org/x.sig"), Repository.Fixture("openpgp", "key.asc"), "A0CAEDA78064AA391E0EB4B6421F51A7BE34A597");
        byte[] signature = File.ReadAllBytes(Repository.Fixture("openpgp", "sample-1.0.tar.sig"));
        signature[place] = algorithm;
        string file = folder.Write("x.sig", signature);
        Assert.That(
            () => OpenPgp.Verify(Repository.Fixture("openpgp", "sample-1.0.tar"), file, pin),
            Throws.TypeOf<BuildException>().With.Message.Contains("x.sig"));
    }

    [Test]
    public void A_tar_header_that_is_too_large_is_refused()
    {
        const int Size = 124; // 12 bytes; the highest bit says that the rest is a number of 95 bits
        const int Type = 156;
        const int Sum = 148; // 8 bytes, that count as blanks
        using var folder = new TemporaryFolder();
        byte[] tar = SourceArchive.Tar(TarEntryFormat.Gnu, SourceArchiveItem.File("top/a"));
        tar[Type] = (byte)'L';
        byte[] huge = [0x80, 0, 0, 0, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff];
        huge.CopyTo(tar, Size);
        Encoding.ASCII.GetBytes("        ").CopyTo(tar, Sum);
        Encoding.ASCII.GetBytes(Convert.ToString(tar.Take(512).Sum(one => one), 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, Sum);
        string archive = folder.Write("a.tar", tar);
        Assert.That(
            () => ArchiveExtractor.Extract(archive, folder["tree"]), Throws.TypeOf<BuildException>().With.Message.Contains(archive));
        Assert.That(Directory.Exists(folder["tree"]), Is.False);
    }

    [Test]
    public void A_path_that_is_too_long_is_refused_and_nothing_is_left([Values] bool link)
    {
        using var folder = new TemporaryFolder();
        string part = new('x', 300);
        SourceArchiveItem item = link
            ? SourceArchiveItem.SymbolicLink("top/link", string.Concat(Enumerable.Repeat("x/", 3000)))
            : SourceArchiveItem.File("top/" + part);
        string archive = folder.Write("a.tar", SourceArchive.Tar(SourceArchiveItem.File("top/a"), item));
        Assert.That(
            () => ArchiveExtractor.Extract(archive, folder["tree"]),
            Throws.TypeOf<BuildException>().With.Message.Contains(archive).And.Message.Contains("too long"));
        Assert.That(Directory.Exists(folder["tree"]), Is.False);
    }

    [Test]
    public void A_number_that_is_too_large_is_no_number()
    {
        using var progress = new CompileProgress(RecordingLog.Nowhere, "x");
        Assert.That(() => progress.Report("[99999999999/99999999999] gcc"), Throws.Nothing);
        Assert.That(ToolFinder.Read(ToolCatalog.Find("ninja"), "/usr/bin/ninja", "1.99999999999").Version, Is.Null);
        Assert.That(() => GitRepository.RequireVersion("git version 2.99999999999"), Throws.TypeOf<UsageException>());
    }

    [TestCase("sha256:12"), TestCase("sha256:12 [1]"), TestCase("")]
    public void An_engine_that_does_not_list_layers_is_named(string answer) =>
        Assert.That(
            () => new CakeEngine("docker", Environment.ProcessPath!, _ => new ProcessResult(0, answer, string.Empty)).FindImage("x"),
            Throws.TypeOf<BuildException>().With.Message.Contains("docker does not list the layers of the image x"));

    [TestCase("A = $(A)"), TestCase("A = $(B)\nB = $(A)"), TestCase("A = $(B)$(B)$(B)$(B)\nB = $(C)$(C)$(C)$(C)\nC = $(A)$(A)$(A)$(A)")]
    public void A_variable_of_a_makefile_that_refers_to_itself_is_refused(string variables)
    {
        using var folder = new TemporaryFolder();
        folder.Write("go.mod", "module m\n");
        folder.Write("Makefile", variables + "\nREMOTETAGS = x\nLDFLAGS_PODMAN = -X $(A)=1\n");
        Assert.That(() => PodmanSource.Read(folder.Path), Throws.TypeOf<BuildException>().With.Message.Contains("$(A) refers to itself"));
    }
}
