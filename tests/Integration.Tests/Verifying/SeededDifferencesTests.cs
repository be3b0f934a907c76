using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Text;
using Qcw.Build.Packaging;
using Qcw.Build.Verifying;
using Qcw.Build.Verifying.Explanation;
using Qcw.Integration.Tests.Packaging.Msi;

namespace Qcw.Integration.Tests.Verifying;

/// <summary>
/// One thing differs between what was published and what was built here, and it is named: by file, section or table, with both texts, in
/// at most ten lines.
/// </summary>
[TestFixture]
public sealed class SeededDifferencesTests
{
    private SeededProduct product = null!;

    [OneTimeSetUp]
    public void Make() => product = new SeededProduct();

    [OneTimeTearDown]
    public void Delete() => product.Dispose();

    [Test]
    public void One_character_of_a_program_inside() => AssertNamed(
        Inside("bin/hello.exe", Text("hello %s", "hallo %s")), product.Setup,
        "bin/hello.exe (from hello), ", "section .rdata, from RVA 0x", ": 1 byte differs",
        "published:  \"hallo %s", "built here: \"hello %s");

    [Test]
    public void The_time_stamp_of_a_program() => AssertNamed(
        Inside("bin/hello.exe", Field(headers => headers.CoffHeaderStartOffset + 4, 1_700_000_000)), product.Setup,
        "bin/hello.exe (from hello), ", "header: TimeDateStamp 2023-11-14 22:13:20Z, built here 1970-01-01 00:00:00Z");

    [Test]
    public void Another_library() => AssertNamed(
        Inside("bin/libgreeting-1.dll", Text("1.0", "1.1")), product.Setup,
        "bin/libgreeting-1.dll (from greeting), ", "section .rdata", "1 byte differs");

    [Test]
    public void Imports_in_another_order() => AssertNamed(
        Inside("bin/hello.exe", SwapImports), product.Setup,
        "bin/hello.exe (from hello)", "imports: the same DLLs, named in another way or order");

    [Test]
    public void Another_import() => AssertNamed(
        Inside("bin/hello.exe", Text("libgreeting-1.dll", "libgreeting-2.dll")), product.Setup,
        "imports: only published: libgreeting-2.dll; only built here: libgreeting-1.dll");

    [Test]
    public void Permissions_of_a_section() => AssertNamed(
        Inside("bin/hello.exe", Field(headers => SectionHeader(headers, 0) + 36, unchecked((int)0xe0000020))), product.Setup,
        "bin/hello.exe", "section .text: published ContainsCode, MemExecute, MemRead, MemWrite");

    [Test]
    public void The_version_of_a_program()
    {
        using var folder = new TemporaryFolder();
        MsiProduct.Compile(folder["one/podman.exe"], "x", "1,2,3,4");
        MsiProduct.Compile(folder["two/podman.exe"], "x", "1,2,3,5");
        AssertNamed(folder["two/podman.exe"], folder["one/podman.exe"],
            "version resource: published 1.2.3.5 (language 1033), built here 1.2.3.4 (language 1033)");
    }

    [Test]
    public void The_icon_of_the_setup() => AssertNamed(
        product.Copy(product.Setup, bytes =>
        {
            SectionHeader resources = new PEHeaders(new MemoryStream(bytes)).SectionHeaders.Single(section => section.Name == ".rsrc");
            bytes[resources.PointerToRawData + (resources.SizeOfRawData / 4)] ^= 0xff;
            return bytes;
        }),
        product.Setup, "section .rsrc, from RVA 0x", "1 byte differs");

    [Test]
    public void A_file_more() => AssertNamed(
        product.Make(product.Description with
        {
            Sections =
            [
                .. product.Description.Sections,
                new InstallerSection("more", "More", "More.", SectionChoice.OnByDefault, [new(product.Script, "bin/more.ps1")]),
            ],
        }),
        product.Setup, "bin/more.ps1: only published, 44 bytes");

    [Test]
    public void A_file_less() => AssertNamed(
        product.Make(product.Description with { Sections = [.. product.Description.Sections.Where(section => section.Id != "firmware")] }),
        product.Setup, "share/bios.bin (from seabios): only built here, 4,096 bytes");

    [Test]
    public void Other_firmware() => AssertNamed(
        product.Make(SeededProduct.With(product.Description, "share/bios.bin", product.Copy(product.Firmware, bytes =>
        {
            bytes[17] = 0xee;
            return bytes;
        }))),
        product.Setup,
        "share/bios.bin (from seabios), 4,096 bytes: 1 byte differs, from byte 0x11 on", "published:  ee 12", "built here: 11 12");

    [Test]
    public void The_text_of_a_licence() => AssertNamed(
        product.Make(SeededProduct.With(
            product.Description, "licenses/LICENSE.txt", product.Copy(product.SourceOf("licenses/LICENSE.txt"), Text("of 1.0", "of 1.O")))),
        product.Setup, "licenses/LICENSE.txt", "line 1:", "\"LICENSE.txt of 1.O\"", "\"LICENSE.txt of 1.0\"");

    [Test]
    public void The_folder_on_PATH() => AssertNamed(
        product.Make(product.Description with { Path = product.Description.Path! with { Folder = "doc" } }),
        product.Setup, "text of the setup's script", "\\doc\"", "\\bin\"");

    [Test]
    public void The_publisher_in_the_registry() => AssertNamed(
        product.Make(product.Description with { Publisher = "somebody" }),
        product.Setup, "text of the setup's script", "\"somebody\"", "\"qcw tests\"");

    [Test]
    public void A_shortcut() => AssertNamed(
        product.Make(product.Description with
        {
            Shortcuts = [.. product.Description.Shortcuts.Select(one => one.Name == "Extra text" ? one with { Name = "Other text" } : one)],
        }),
        product.Setup, "text of the setup's script", "Other text.lnk", "Extra text.lnk");

    [Test]
    public void Bytes_behind_a_setup() => AssertNamed(
        product.Copy(product.Setup, bytes => [.. bytes, .. "more!"u8]),
        product.Setup, "all that is inside is the same, it was packed in another way: 5 bytes differ", "nothing: it ends before");

    [Test]
    public void A_file_inside_an_MSI()
    {
        string page = product.MsiDescription.Files.First(file => file.Target.EndsWith("podman.html", StringComparison.Ordinal)).Target;
        string source = product.MsiDescription.Files.Single(file => file.Target == page).Source;
        AssertNamed(
            product.MakeMsi(page, product.Copy(source, Text("podman.html", "PODMAN.html"))), product.Msi,
            "podman.html", "line 1:", "PODMAN.html of 4.5.0-dev", "podman.html of 4.5.0-dev");
    }

    [Test]
    public void A_row_of_the_registry() => AssertNamed(
        product.Sql("UPDATE `Registry` SET `Key` = 'Software\\Other'"), product.Msi,
        "table Registry, row \"", "column Key", "\"Software\\Other\"");

    [Test]
    public void A_property() => AssertNamed(
        product.Sql("UPDATE `Property` SET `Value` = 'Podman' WHERE `Property` = 'ProductName'"), product.Msi,
        "table Property, row \"ProductName\", column Value", "\"Podman\"", $"\"{MsiProduct.Name}\"");

    [Test]
    public void A_row_of_PATH() => AssertNamed(
        product.Sql("UPDATE `Environment` SET `Value` = 'C:\\evil;[~]'"), product.Msi,
        "table Environment, row \"", "column Value", "\"C:\\evil;[~]\"", "\"[~];");

    [Test]
    public void A_row_less() => AssertNamed(
        product.Sql("DELETE FROM `LaunchCondition`"), product.Msi, "table LaunchCondition: ", "is only built here");

    [Test]
    public void The_order_in_a_zip() => AssertNamed(
        product.Repack(entries => entries.Reverse()), product.Repacked(), "order of entries: from entry 1");

    [Test]
    public void Times_in_a_zip() => AssertNamed(
        product.Repack(entries => entries, entry => entry.LastWriteTime = new DateTimeOffset(2024, 2, 3, 4, 5, 6, TimeSpan.Zero)),
        product.Repacked(), "time of 7 of 7 entries: bin/hello.exe: published 2024-02-03 04:05:06, built here 2023-05-01 00:00:00");

    [Test]
    public void Attributes_in_a_zip() => AssertNamed(
        product.Repack(entries => entries, entry => entry.ExternalAttributes = unchecked((int)0x81ff0000)), product.Repacked(),
        "attributes of 7 of 7 entries: bin/hello.exe: published 0x81ff0000, built here 0x81a40000");

    [Test]
    public void How_a_zip_is_packed() => AssertNamed(
        product.Repack(entries => entries, level: CompressionLevel.NoCompression), product.Repacked(), "packed size of ");

    [Test]
    public void A_line_of_a_script() => AssertNamed(
        product.Copy(product.Script, Text("'abc'", "'abd'")), product.Script, "line 3:", "\"$sum = 'abd'\"", "\"$sum = 'abc'\"");

    [Test]
    public void Line_ends_of_a_script() => AssertNamed(
        product.Copy(product.Script, bytes => [.. bytes.Where(value => value != '\r')]), product.Script,
        "the lines are the same, but not how they end", "0 lines with CRLF, 3 with LF", "3 lines with CRLF, 0 with LF");

    [TestCase("setup"), TestCase("msi"), TestCase("ps1")]
    public void A_signature_on_what_was_made_here_is_no_difference(string kind)
    {
        string ours = product.Canonical(kind);
        FileResult result = product.Compare(product.Signed(ours), ours);
        Assert.That((result.Verdict, result.Reason), Is.EqualTo(
            (Verdict.Pass, "what was made here, with a signature on it that says CN=qcw test; who that is, was not checked")));
    }

    [Test]
    public void A_signature_on_something_else_is_a_difference()
    {
        string ours = product.Canonical("setup");
        string other = product.Canonical(product.Make(product.Description with { Publisher = "somebody" }), ".exe");
        FileResult result = product.Compare(product.Signed(other), ours);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Fail));
            Assert.That(string.Join('\n', result.Details), Does.Contain("\"somebody\""));
        }
    }

    [Test]
    public void Bytes_hidden_behind_a_signature_are_a_difference()
    {
        string ours = product.Canonical("setup");
        string signed = product.Signed(ours);
        FileResult result = product.Compare(product.Copy(signed, bytes => [.. bytes, .. new byte[8]]), ours);
        Assert.That(result.Verdict, Is.EqualTo(Verdict.Fail));
    }

    private void AssertNamed(string theirs, string ours, params string[] expected)
    {
        IReadOnlyList<string> lines = product.Explain(theirs, ours);
        string text = string.Join('\n', lines);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Count.LessThanOrEqualTo(Explainer.MostLines), text);
            foreach (string part in expected)
            {
                Assert.That(text, Does.Contain(part));
            }
        }
    }

    private string Inside(string target, Func<byte[], byte[]> change) =>
        product.Make(SeededProduct.With(product.Description, target, product.Copy(product.SourceOf(target), change)));

    private static Func<byte[], byte[]> Text(string from, string to) => bytes =>
    {
        int at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(from));
        Assert.That(at, Is.Not.Negative, $"{from} is not in the file");
        Encoding.ASCII.GetBytes(to).CopyTo(bytes, at);
        return bytes;
    };

    private static Func<byte[], byte[]> Field(Func<PEHeaders, int> offset, int value) => bytes =>
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset(new PEHeaders(new MemoryStream(bytes)))), value);
        return bytes;
    };

    private static int SectionHeader(PEHeaders headers, int number) =>
        headers.PEHeaderStartOffset + headers.CoffHeader.SizeOfOptionalHeader + (number * 40);

    private static byte[] SwapImports(byte[] bytes)
    {
        const int size = 20;
        var headers = new PEHeaders(new MemoryStream(bytes));
        headers.TryGetDirectoryOffset(headers.PEHeader!.ImportTableDirectory, out int at);
        byte[] first = bytes[at..(at + size)];
        bytes.AsSpan(at + size, size).CopyTo(bytes.AsSpan(at));
        first.CopyTo(bytes, at + size);
        return bytes;
    }
}
