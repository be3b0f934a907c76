using System.Buffers.Binary;
using System.Text;
using Qcw.Build.Compiling.Go;

namespace Qcw.Build.Tests.Compiling.Go;

public sealed class GoContentsTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    /// <summary>A program's bytes with the table that has the names of functions.</summary>
    internal static byte[] Table(uint magic, params string[] names)
    {
        byte[] text = [0, .. names.SelectMany(name => Encoding.UTF8.GetBytes(name).Append((byte)0))];
        ulong start = 8 + 8 * 8;
        byte[] header = new byte[start];
        BinaryPrimitives.WriteUInt32LittleEndian(header, magic);
        (header[6], header[7]) = (1, 8);
        foreach ((int word, ulong value) in new ulong[] { (ulong)names.Length, 1, 0, start, start + (ulong)text.Length, 0, 0, 0 }.Index())
        {
            BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8 + 8 * word), value);
        }

        // the number as a constant first, not where a table is
        return [.. "MZ"u8, .. header[..4], .. new byte[10], .. header, .. text];
    }

    [TestCase(0xfffffff0), TestCase(0xfffffff1)]
    public void Functions_and_packages_are_those_of_the_table(uint magic)
    {
        GoSymbols symbols = GoSymbols.Read(Table(
            magic, "main.main", "net/http.(*Client).Do", "net/http.(*Client).Do.func1", "gopkg.in/yaml%2ev3.Unmarshal",
            "sync.(*Map[go.shape.string,example.org/x.T]).Load", "type:.eq.example.org/y.T", "go:buildid", "example.org/z.init.0"))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                symbols.Packages.Order(StringComparer.Ordinal),
                Is.EqualTo(["example.org/z", "gopkg.in/yaml.v3", "main", "net/http", "sync"]));
            Assert.That(
                (string[])["main main", "net/http Client.Do", "gopkg.in/yaml.v3 Unmarshal", "sync Map.Load"],
                Is.SubsetOf(symbols.Names));
        }
    }

    [TestCase(0xfffffffb)]
    public void A_table_of_another_go_is_not_read(uint magic) => Assert.That(GoSymbols.Read(Table(magic, "main.main")), Is.Null);

    [Test]
    public void What_is_vendored_stands_with_what_replaces_it()
    {
        folder.Write("go.mod", "module example.org/m/v2\n\ngo 1.18\n");
        folder.Write(
            "vendor/modules.txt",
            "# example.org/a v1.0.0\n## explicit; go 1.17\nexample.org/a\nexample.org/a/b\n"
                + "# example.org/c v1.0.0 => example.org/d v2.0.0\n## explicit\nexample.org/c\n# example.org/c => example.org/d v2.0.0\n");
        GoContents contents = GoContents.OfTree(folder.Path, "1.20.14")!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(contents.Modules, Is.EqualTo([new GoModule("example.org/a", "v1.0.0"), new GoModule("example.org/d", "v2.0.0")]));
            Assert.That(contents.Packages, Is.EquivalentTo(["example.org/a", "example.org/a/b", "example.org/c"]));
            Assert.That(
                (contents.Main, contents.GoVersion, contents.Evidence),
                Is.EqualTo(("example.org/m/v2", "1.20.14", GoEvidence.Vendored)));
        }
    }

    [Test]
    public void Without_a_vendor_folder_go_mod_names_the_modules()
    {
        folder.Write(
            "go.mod",
            "module example.org/m // words\nrequire example.org/a v1.0.0\nrequire (\n\texample.org/b v1.1.0 // indirect\n"
                + "\texample.org/c v1.2.0\n)\nreplace example.org/b => example.org/d v3.0.0\n"
                + "replace example.org/c v9.9.9 => example.org/e v1.0.0\n");
        GoContents contents = GoContents.OfTree(folder.Path, null)!;
        Assert.That(
            contents.Modules.Select(module => $"{module.Path} {module.Version}"),
            Is.EqualTo(["example.org/a v1.0.0", "example.org/c v1.2.0", "example.org/d v3.0.0"]));
        Assert.That((contents.Evidence, contents.Packages, contents.Main), Is.EqualTo((GoEvidence.Named, (object?)null, "example.org/m")));
    }

    [Test]
    public void A_folder_without_go_mod_is_no_source_of_gos() => Assert.That(GoContents.OfTree(folder.Path, null), Is.Null);

    [Test]
    public void Programs_tell_together_what_is_inside()
    {
        string one = folder.Write("one.exe", [.. GoBuildInfoTests.Image(), .. Table(0xfffffff1, "example.org/a.F")]);
        string other = folder.Write("other.exe", [.. GoBuildInfoTests.Image(), .. Table(0xfffffff1, "example.org/c.G")]);
        GoContents contents = GoContents.OfPrograms([one, other, folder.Write("no-go.exe", "MZ")])!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((contents.GoVersion, contents.Main), Is.EqualTo(("1.26.11", "example.org/x")));
            Assert.That(contents.Modules.Select(module => module.Path), Is.EqualTo(["example.org/a", "example.org/c"]));
            Assert.That(contents.Functions, Is.EquivalentTo(["example.org/a F", "example.org/c G"]));
        }
    }
}
