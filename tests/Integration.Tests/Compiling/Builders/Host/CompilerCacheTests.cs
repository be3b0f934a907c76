using System.Text;
using Qcw.Build.Compiling.Builders;
using Qcw.Build.Compiling.Builders.Host;
using Qcw.Integration.Tests.Sources;

namespace Qcw.Integration.Tests.Compiling.Builders.Host;

/// <summary>ccache is tried before recipes get it; where it does not work they compile without it.</summary>
public sealed class CompilerCacheTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void A_working_one_is_used()
    {
        using var log = new RecordingLog();
        Assert.That(Compile(folder["cache"], ToolFinder.ForHost(), log), Is.EqualTo("[/usr/bin/ccache]"));
        Assert.That(log.Text, Does.Not.Contain("ccache"));
        Assert.That(Directory.EnumerateFiles(folder["cache"], "*", SearchOption.AllDirectories), Is.Not.Empty);
    }

    [Test]
    public void A_folder_below_a_file_is_said_once_and_does_not_stop_the_compiler()
    {
        using var log = new RecordingLog();
        string cache = folder.Write("file", "x") + "/cache";
        Assert.That(Compile(cache, ToolFinder.ForHost(), log, runs: 2), Is.EqualTo("[]\n[]"));
        string said = $"compiling without ccache, which does not work here (CCACHE_DIR is {cache}): ";
        Assert.That(log.Text.Split('\n'), Has.Exactly(1).Contains(said));
    }

    [TestCase("no program", false)]
    [TestCase("#!/nowhere/sh\n", true)]
    [TestCase("#!/bin/sh\necho ccache: no library >&2\nexit 127\n", true)]
    [TestCase("#!/bin/sh\n[ \"$1\" = --version ] && echo 'ccache version 4.7' || exit 1\n", true)]
    public void A_program_that_does_not_work_is_not_used(string content, bool executable)
    {
        string program = folder.Write("bin/ccache", content);
        SourceTreeFixture.SetExecutable(program, executable);
        using var log = new RecordingLog();
        Assert.That(Compile(folder["cache"], new ToolFinder([folder["bin"]]), log), Is.EqualTo("[]"));
        Assert.That(log.Text.Split('\n'), Has.Exactly(1).Contains("compiling without ccache"));
    }

    /// <summary>Compiles a file in a recipe.</summary>
    /// <returns>What each run got as ccache, in brackets.</returns>
    private string Compile(string cache, ToolFinder tools, RecordingLog log, int runs = 1)
    {
        string recipe = folder.Write(
            "recipe/test.sh",
            Encoding.UTF8.GetBytes(
                """
                recipe_configure() { :; }
                recipe_build() {
                    echo "int x;" >x.c
                    $CC -c x.c -o x.o
                    echo "[$QCW_CCACHE]"
                }
                recipe_install() { :; }
                recipe_licenses() { echo none >"$licenses/none"; }

                """));
        Directory.CreateDirectory(folder["source"]);
        var lines = new List<string>();
        using (new EnvironmentVariable("CCACHE_DIR", cache))
        {
            var builder = new HostBuilder(
                folder["tmp"], tools, ToolPackages.ForHost(Repository.Paths), () => NetworkIsolation.SettingsOnly("the test says so"),
                log.Log);
            for (int run = 0; run < runs; run++)
            {
                builder.Run(
                    new CompileRequest(
                        "test", "1", recipe, Path.Combine(Repository.Root, "build", "Compiling", "Recipes", "recipe.sh"),
                        folder["source"], folder["build"], folder[$"output{run}"], [], 1, 1, folder["log"]),
                    lines.Add);
            }
        }

        return string.Join('\n', lines.Where(line => line.StartsWith('[')));
    }
}
