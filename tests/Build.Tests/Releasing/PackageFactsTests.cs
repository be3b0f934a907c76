using Qcw.Build.Compiling.Recipes;
using Qcw.Build.Releasing;

namespace Qcw.Build.Tests.Releasing;

public sealed class PackageFactsTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void What_was_written_is_read_again()
    {
        string path = Path.Combine(folder.Path, "facts", "a.zip.json");
        PackageFacts facts = new PackageFacts().AddTool("makensis", "v3.08-3+deb12u1").AddFirmware("seabios", "1.16.2-1").AddLibrary("glib");
        facts.Write(path);
        PackageFacts read = PackageFacts.Read(path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Tools, Is.EqualTo(facts.Tools));
            Assert.That(read.Firmware, Is.EqualTo(facts.Firmware));
            Assert.That(read.Libraries, Is.EqualTo(facts.Libraries));
            Assert.That(read.Msys2Packages, Is.Empty);
            Assert.That(File.ReadAllText(path), Does.Contain("v3.08-3+deb12u1").And.EndWith("}\n"));
        }
    }

    [Test]
    public void Tools_come_from_what_was_recorded_where_they_ran()
    {
        string stage = Path.Combine(folder.Path, "stage");
        Stamp.Write(stage, new Fingerprint().Add("tool meson", "1.0.1").Add("go", "go1.19.8").Add("recipe", "abc").Add("pandoc", "2.17"));
        Assert.That(
            new PackageFacts().AddTool("meson", "first").AddToolsOf(stage, "Compile", "go").Tools,
            Is.EqualTo(new Dictionary<string, string> { ["go"] = "go1.19.8", ["meson"] = "first" }));
    }

    [Test]
    public void Packages_of_MSYS2_come_along_and_are_read_again()
    {
        string stage = Path.Combine(folder.Path, "stage");
        string path = Path.Combine(folder.Path, "facts.json");
        Stamp.Write(stage, new Fingerprint().Add(Compiler.PackagesInput, "bash 5.2.1-1\nmingw-w64-ucrt-x86_64-gcc 15.2.0-1"));
        new PackageFacts().AddToolsOf(stage, "Compile").Write(path);
        Assert.That(PackageFacts.Read(path).Msys2Packages, Is.EqualTo((string[])["bash 5.2.1-1", "mingw-w64-ucrt-x86_64-gcc 15.2.0-1"]));
    }

    [Test]
    public void A_step_that_has_not_run_is_named() =>
        Assert.That(
            () => new PackageFacts().AddToolsOf(Path.Combine(folder.Path, "stage"), "XzCompile"),
            Throws.TypeOf<BuildException>().With.Message.Contains("run --target=XzCompile first"));

    [TestCase(null, "is missing, and the release notes need it")]
    [TestCase("{}", "it lacks tools, firmware")]
    [TestCase("nonsense", "cannot be read")]
    public void Facts_that_are_none_are_refused(string? content, string message)
    {
        string path = content is null ? Path.Combine(folder.Path, "facts.json") : folder.Write("facts.json", content);
        Assert.That(() => PackageFacts.Read(path), Throws.TypeOf<BuildException>().With.Message.Contains(message).And.Message.Contains("collect it together"));
    }
}
