using System.Reflection.PortableExecutable;
using Qcw.Build.Packaging.Pe;

namespace Qcw.Build.Tests.Packaging.Pe;

public sealed class DllClosureTests
{
    private TemporaryFolder folder = null!;

    /// <summary>The list as it is committed.</summary>
    internal static WindowsDlls CommittedList() =>
        WindowsDlls.Load(Path.Combine(Repository.Paths.Packaging, "Pe", "windows-dlls.txt"));

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Follows_imports_over_libraries_and_sorts()
    {
        Image("glib/bin/libglib.dll", "KERNEL32.dll", "libintl.dll", "libpcre.dll");
        Image("pcre/bin/libpcre.dll", "msvcrt.dll");
        Image("intl/bin/libintl.dll", "libglib.dll");
        Image("pcre/bin/unused.dll", "missing-but-not-needed.dll");

        Assert.That(
            Names(Compute([Image("app.exe", "libglib.dll")], "glib/bin", "pcre/bin", "intl/bin")),
            Is.EqualTo(new[] { "libglib.dll", "libintl.dll", "libpcre.dll" }));
    }

    [Test]
    public void Finds_names_whatever_their_letter_case()
    {
        Image("bin/LibUpper.DLL", "KERNEL32.DLL");
        Assert.That(Names(Compute([Image("app.exe", "libupper.dll", "Kernel32.dll")], "bin")), Is.EqualTo(new[] { "LibUpper.DLL" }));
    }

    [Test]
    public void The_first_folder_wins()
    {
        Image("first/a.dll");
        Image("second/a.dll");
        Assert.That(Compute([Image("app.exe", "a.dll")], "first", "second").Single(), Does.Contain("first"));
    }

    [Test]
    public void Does_not_return_what_is_given() => Assert.That(Compute([Image("app.exe", "own.dll"), Image("own.dll")]), Is.Empty);

    [Test]
    public void Windows_wins_over_a_folder()
    {
        Image("bin/opengl32.dll");
        Assert.That(Compute([Image("app.exe", "OPENGL32.dll", "api-ms-win-core-path-l1-1-0.dll")], "bin"), Is.Empty);
    }

    [Test]
    public void Names_all_missing_DLLs_their_importers_and_the_places()
    {
        Image("bin/lib.dll", "gone.dll", "VCRUNTIME140.dll");
        BuildException e = Assert.Throws<BuildException>(() => Compute([Image("app.exe", "lib.dll", "gone.dll")], "bin"))!;
        Assert.That(e.Message.ReplaceLineEndings("\n"), Is.EqualTo($"""
            DLLs are missing, so these programs would not start:
              gone.dll is imported by app.exe, lib.dll, but it is neither in a search folder nor part of Windows
              vcruntime140.dll is imported by lib.dll, but it is neither in a search folder nor part of Windows
              looked in: {folder["bin"]}
              part of Windows: {CommittedList().ListFile}
            """));
    }

    [Test]
    public void An_optional_feature_must_not_be_needed_at_start() =>
        Assert.That(
            () => Compute([Image("app.exe", "WinHvPlatform.dll")]),
            Throws
                .InstanceOf<BuildException>()
                .With.Message.Contains("winhvplatform.dll is imported by app.exe")
                .And.Message.Contains("Windows Hypervisor Platform"));

    [Test]
    public void An_optional_feature_may_be_loaded_late() =>
        Assert.That(Compute([folder.Write("app.exe", new PeBuilder { DelayImports = ["WinHvPlatform.dll"] }.Build())]), Is.Empty);

    [Test]
    public void A_missing_delayed_DLL_is_missing_all_the_same() =>
        Assert.That(
            () => Compute([folder.Write("app.exe", new PeBuilder { DelayImports = ["gone.dll"] }.Build())]),
            Throws.InstanceOf<BuildException>().With.Message.Contains("gone.dll"));

    [Test]
    public void A_DLL_for_another_processor_is_an_error()
    {
        folder.Write("bin/old.dll", new PeBuilder { Machine = Machine.I386 }.Build());
        Assert.That(
            () => Compute([Image("app.exe", "old.dll")], "bin"),
            Throws.InstanceOf<BuildException>().With.Message.Contains("old.dll is for I386"));
    }

    [Test]
    public void A_search_folder_that_is_not_there_is_an_error() =>
        Assert.That(
            () => Compute([Image("app.exe", "x.dll")], "nowhere"),
            Throws.InstanceOf<BuildException>().With.Message.Contains("nowhere"));

    [Test]
    public void Two_given_files_of_one_name_are_an_error() =>
        Assert.That(
            () => Compute([Image("a/app.exe"), Image("b/APP.exe")]),
            Throws.InstanceOf<BuildException>().With.Message.Contains("same name"));

    [TestCase("two words")]
    [TestCase("a*b.dll")]
    [TestCase("*")]
    [TestCase("optional x.dll")]
    [TestCase("kernel32.dll\nKERNEL32.dll")]
    public void A_list_that_cannot_be_read_is_an_error(string list) =>
        Assert.That(
            () => WindowsDlls.Load(folder.Write("list.txt", list)),
            Throws.InstanceOf<BuildException>().With.Message.Contains("list.txt, line"));

    [TestCase("VCRUNTIME140.dll")]
    [TestCase("msvcp140.dll")]
    [TestCase("libgcc_s_seh-1.dll")]
    [TestCase("mfplat.dll")]
    public void The_committed_list_lacks_what_only_seems_to_be_part_of_Windows(string dll) =>
        Assert.That(CommittedList().Contains(dll), Is.False);

    private IReadOnlyList<string> Compute(string[] roots, params string[] folders) =>
        new DllClosure([.. folders.Select(relative => Path.Combine(folder.Path, relative))], CommittedList()).Compute(roots);

    private string Image(string relative, params string[] imports) => folder.Write(relative, new PeBuilder { Imports = imports }.Build());

    private static IEnumerable<string> Names(IEnumerable<string> files) => files.Select(file => Path.GetFileName(file));
}
