using Qcw.Build.Compiling.Builders.Msys2;

namespace Qcw.Build.Tests.Compiling.Builders.Msys2;

/// <summary>What is run in the MSYS2 of a Windows machine, to the letter.</summary>
[Platform("Linux", Reason = "on Windows its own variables are added")]
public sealed class Msys2ShellBuilderTests
{
    private readonly List<ProcessRequest> requests = [];
    private readonly Queue<ProcessResult> answers = [];

    [SetUp]
    public void SetUp()
    {
        requests.Clear();
        answers.Clear();
    }

    [Test]
    public void A_recipe_runs_in_bash_with_nothing_of_the_callers_environment()
    {
        ProcessRequest request = Builder().RequestOf(WindowsRequest.Xz, @"C:\q\artifacts\tmp\xz");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                request.CommandLine,
                Is.EqualTo(@"C:\msys64\usr\bin\bash.exe /c/q/build/Compiling/Recipes/recipe.sh /c/q/build/Components/Xz/xz.sh"));
            Assert.That(
                (request.WorkingDirectory, request.ClearEnvironment, request.LogFile),
                Is.EqualTo((@"C:\q\artifacts\build\xz-5.2.9-x86_64", true, @"C:\q\xz.log")));
            Assert.That(
                request.Environment.Select(pair => $"{pair.Key}={pair.Value}"),
                Is.EqualTo([
                    "CHERE_INVOKING=1",
                    @"HOME=C:\q\artifacts\tmp\xz",
                    "LC_ALL=C.UTF-8",
                    "MINGW_PREFIX=/ucrt64",
                    "MSYSTEM=UCRT64",
                    @"PATH=C:\msys64\ucrt64\bin;C:\msys64\usr\bin",
                    "PYTHONDONTWRITEBYTECODE=1",
                    "PYTHONHASHSEED=0",
                    "QCW_ARCH=x86_64",
                    "QCW_BUILD=/c/q/artifacts/build/xz-5.2.9-x86_64",
                    "QCW_CCACHE=",
                    "QCW_DEPENDENCIES=",
                    "QCW_JOBS=2",
                    "QCW_NAME=xz",
                    "QCW_OUTPUT=/c/q/artifacts/stage/xz-5.2.9-x86_64.partial",
                    "QCW_SOURCE=/c/q/artifacts/sources/xz-5.2.9",
                    "QCW_TOOLCHAIN=msys2",
                    "QCW_TRIPLE=x86_64-w64-mingw32",
                    "QCW_VERSION=5.2.9",
                    "SOURCE_DATE_EPOCH=42",
                    @"TEMP=C:\q\artifacts\tmp\xz",
                    @"TMP=C:\q\artifacts\tmp\xz",
                    @"TMPDIR=C:\q\artifacts\tmp\xz",
                    "TZ=UTC",
                ]));
        }
    }

    [Test]
    public void Its_packages_are_asked_for_once()
    {
        answers.Enqueue(new ProcessResult(0, string.Empty, string.Empty));
        answers.Enqueue(new ProcessResult(0, "make 4.4.1-2\r\nbash 5.2.037-2\r\n", string.Empty));
        Msys2ShellBuilder builder = Builder();
        builder.Prepare();
        builder.Prepare();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(builder.Packages, Is.EqualTo(["bash 5.2.037-2", "make 4.4.1-2"]));
            Assert.That(builder.VersionOf("make"), Is.EqualTo("make 4.4.1-2"));
            Assert.That((builder.Toolchain, builder.HasLibraries), Is.EqualTo(("msys2", true)));
            Assert.That(requests.Select(request => request.CommandLine), Has.Exactly(2).Items);
            Assert.That(
                requests[0].CommandLine,
                Does.StartWith(@"C:\msys64\usr\bin\pacman.exe -T autoconf-wrapper automake-wrapper bzip2 ")
                    .And.EndsWith(" mingw-w64-ucrt-x86_64-zstd"));
            Assert.That(requests[1].CommandLine, Is.EqualTo(@"C:\msys64\usr\bin\pacman.exe -Q"));
        }
    }

    [Test]
    public void What_is_missing_is_named_with_the_command_that_installs_it()
    {
        answers.Enqueue(new ProcessResult(127, "mingw-w64-ucrt-x86_64-gtk3\r\nmingw-w64-ucrt-x86_64-meson\r\n", string.Empty));
        Assert.That(
            () => Builder().Prepare(),
            Throws
                .TypeOf<UsageException>()
                .With.Message.EqualTo(
                    "the MSYS2 in C:\\msys64 lacks 2 packages; in its UCRT64 shell:\n"
                        + "    pacman -S --needed mingw-w64-ucrt-x86_64-gtk3 mingw-w64-ucrt-x86_64-meson"));
    }

    [Test]
    public void A_pacman_that_does_not_work_is_said()
    {
        answers.Enqueue(new ProcessResult(1, string.Empty, "error: could not lock database\n"));
        Assert.That(
            () => Builder().Prepare(),
            Throws.TypeOf<BuildException>()
                .With.Message.EqualTo(@"C:\msys64\usr\bin\pacman.exe -T failed: error: could not lock database"));
    }

    private Msys2ShellBuilder Builder() => new(new Msys2Shell(@"C:\msys64"), Repository.Paths, request =>
    {
        requests.Add(request);
        return answers.Dequeue();
    });
}
