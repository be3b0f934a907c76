using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Host;

namespace Qcw.Build.Tests.Compiling.Builders.Msys2;

public sealed class Msys2PackagesTests
{
    private const string Answer = "mingw-w64-ucrt-x86_64-gcc 15.2.0-8\r\nbash 5.2.037-2\r\nmingw-w64-ucrt-x86_64-gcc-libs 15.2.0-8\r\n";

    [Test]
    public void The_list_is_sorted_whatever_ends_its_lines() =>
        Assert.That(
            Msys2Packages.Read(Answer),
            Is.EqualTo(["bash 5.2.037-2", "mingw-w64-ucrt-x86_64-gcc 15.2.0-8", "mingw-w64-ucrt-x86_64-gcc-libs 15.2.0-8"]));

    [TestCase("", "nothing")]
    [TestCase("bash: pacman: command not found", "bash: pacman: command not found")]
    public void Anything_else_is_shown(string answer, string shown) =>
        Assert.That(
            () => Msys2Packages.Read(answer),
            Throws.TypeOf<BuildException>().With.Message.EqualTo($"pacman -Q did not list MSYS2's packages; it printed: {shown}"));

    [TestCase("mingw-w64", "mingw-w64-ucrt-x86_64-gcc 15.2.0-8")]
    [TestCase("gcc", "mingw-w64-ucrt-x86_64-gcc 15.2.0-8")]
    [TestCase("bash", "bash 5.2.037-2")]
    public void A_tools_version_is_that_of_its_package(string tool, string package) =>
        Assert.That(Msys2Packages.Of(tool, Msys2Packages.Read(Answer)), Is.EqualTo(package));

    [Test]
    public void A_tool_whose_package_is_not_there_is_named() =>
        Assert.That(
            () => Msys2Packages.Of("meson", Msys2Packages.Read(Answer)),
            Throws
                .TypeOf<BuildException>()
                .With.Message.EqualTo(
                    "MSYS2 lacks the package mingw-w64-ucrt-x86_64-meson, which has meson: "
                        + "build/Compiling/Builders/Msys2/image/packages.txt has to list it"));

    [Test]
    public void Every_tool_of_a_recipe_is_in_a_package_that_is_asked_for()
    {
        string[] wanted = [.. Msys2Packages.Wanted(Repository.Paths.Msys2PackageList).Append("bash").Select(name => name + " 1")];
        foreach (Tool tool in RecipeTools.All)
        {
            Assert.That(() => Msys2Packages.Of(tool.Name, wanted), Throws.Nothing, tool.Name);
        }
    }

    [Test]
    public void The_features_of_the_official_build_have_their_libraries() =>
        Assert.That(
            Msys2Packages.Wanted(Repository.Paths.Msys2PackageList),
            Is.SupersetOf(
                ((string[])["gtk3", "SDL2", "SDL2_image", "libslirp", "libssh", "gnutls", "curl", "glib2", "pixman"]).Select(name =>
                    "mingw-w64-ucrt-x86_64-" + name)
            ).And.Unique);
}
