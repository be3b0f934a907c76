using Qcw.Build.Compiling.Go;
using Qcw.Build.Packaging.Pe;

namespace Qcw.Integration.Tests.Compiling.Go;

/// <summary>Version resources in Go programs, as Windows' own functions read them under Wine.</summary>
public sealed class VersionResourceTests
{
    private const string Reader = @"C:\version.exe";

    private static readonly VersionResource Resource = new(new FileVersion(0, 2, 0, 6), "0.2.0-6-gcc6fb8a", "Hello for Windows")
    {
        CompanyName = "qcw tests",
        FileDescription = "Says hello",
        OriginalFilename = "hello.exe",
        InternalName = "hello",
        Comments = "A comment",
    };

    private HelloModule program = null!;
    private WineSession wine = null!;
    private string exe = null!;

    [OneTimeSetUp]
    public void Build()
    {
        program = new HelloModule();
        exe = program.Build("one", Resource, Architecture.X64);
        ProcessRunner.Run(new ProcessRequest(
            "x86_64-w64-mingw32-gcc", "-O1", "-o", program["version.exe"], Repository.Fixture("programs", "version.c"), "-lversion"));
        wine = new WineSession();
        wine.CopyIn(program["version.exe"], Reader);
    }

    [OneTimeTearDown]
    public void CleanUp()
    {
        wine?.Dispose();
        program?.Dispose();
    }

    private static IEnumerable<Architecture> Architectures => Architecture.All;

    [TestCaseSource(nameof(Architectures))]
    public void Windows_finds_the_version_in_the_program(Architecture architecture)
    {
        string made = architecture == Architecture.X64 ? exe : program.Build("arm64", Resource, architecture);
        Assert.That(PeImage.Read(made).Machine, Is.EqualTo(architecture.Machine));

        string said = wine.RunOk(Reader, wine.CopyIn(made, @"C:\looked-at.exe"));

        Assert.That(said.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[]
        {
            "0.2.0.6",
            "Comments=A comment",
            "CompanyName=qcw tests",
            "FileDescription=Says hello",
            "FileVersion=0.2.0.6",
            "InternalName=hello",
            "OriginalFilename=hello.exe",
            "ProductName=Hello for Windows",
            "ProductVersion=0.2.0-6-gcc6fb8a",
        }));
    }

    [Test]
    public void The_program_runs() => Assert.That(wine.RunOk(wine.CopyIn(exe, @"C:\hello.exe")), Is.EqualTo("hello Windows\n"));

    [Test]
    public void Another_folder_gives_the_same_bytes() =>
        Assert.That(File.ReadAllBytes(program.Build("elsewhere/two", Resource, Architecture.X64)), Is.EqualTo(File.ReadAllBytes(exe)));

    [Test]
    public void The_source_tree_stays_as_it_was() =>
        Assert.That(Directory.EnumerateFiles(program.Source, "*.syso", SearchOption.AllDirectories), Is.Empty);

    [Test]
    public void The_resource_compiler_of_mingw_reads_the_same() =>
        Assert.That(
            ProcessRunner.Run(new ProcessRequest("x86_64-w64-mingw32-windres", "-i", exe, "-O", "rc")).StandardOutput,
            Does.Contain("FILEVERSION 0, 2, 0, 6")
                .And.Contain("VALUE \"ProductVersion\", \"0.2.0-6-gcc6fb8a\"")
                .And.Contain("BLOCK \"040904B0\""));
}
