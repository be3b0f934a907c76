using System.Xml.Linq;
using Qcw.Build.Host;

namespace Qcw.Integration.Tests.Host;

/// <summary>How the tests themselves are compiled, with the real dotnet and a project that has none.</summary>
public sealed class TestRunTests
{
    [Test]
    public void MSBuild_gets_the_chosen_variables_and_what_a_killed_run_left_is_deleted()
    {
        using var folder = new TemporaryFolder();
        using var log = new RecordingLog();
        folder.Create("build/addins");
        folder.Write("global.json", File.ReadAllBytes(Path.Combine(Repository.Root, "global.json")));
        folder.Write("build/obj/half.dll", "half");
        folder.Write("tests/Tiny/obj/half.dll", "half");
        folder.Write("tests/Tiny/Tiny.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <Target Name="Tell" AfterTargets="Build"><Message Importance="high" Text="chosen=$(CHOSEN) version=$(Version)" /></Target>
            </Project>
            """);
        folder.Write("artifacts/logs/tests/compiling", string.Empty);
        using var chosen = new EnvironmentVariable("CHOSEN", "1");
        using var version = new EnvironmentVariable("VERSION", "7.7");
        using var names = new EnvironmentVariable("QCW_MSBUILD_ENVIRONMENT", "PATH HOME NUGET_PACKAGES SSL_CERT_FILE CHOSEN");
        var run = new TestRun(new Paths(folder.Path, folder["artifacts"]), log.Log);
        Assert.That(() => run.Run([new TestPart("Tiny")], null), Throws.InstanceOf<BuildException>(), "it has no tests");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Text, Does.Contain("compiling all of them again").And.Contain("chosen=1 version=1.0.0"));
            Assert.That(folder["build/obj"], Does.Not.Exist);
            Assert.That(folder["tests/Tiny/obj/half.dll"], Does.Not.Exist);
            Assert.That(folder["tests/Tiny/bin/Debug/net10.0/Tiny.dll"], Does.Exist);
            Assert.That(folder["artifacts/logs/tests/compiling"], Does.Not.Exist);
        }
    }

    [Test]
    public void Without_the_names_it_says_how_to_start_the_build()
    {
        using var folder = new TemporaryFolder();
        using var names = new EnvironmentVariable("QCW_MSBUILD_ENVIRONMENT", string.Empty);
        var run = new TestRun(new Paths(folder.Path, folder["artifacts"]), RecordingLog.Nowhere);
        Assert.That(
            () => run.Run([new TestPart("Tiny")], null),
            Throws.InstanceOf<BuildException>().With.Message.Contains("use build.sh or build.ps1"));
    }

    [Test]
    public void What_a_class_makes_before_its_first_test_is_part_of_its_time()
    {
        var trx = XDocument.Parse("""
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Times start="2026-11-28T10:00:00+00:00" finish="2026-11-28T10:01:00+00:00" />
              <Results>
                <UnitTestResult testId="3" startTime="2026-11-28T10:00:50+00:00" endTime="2026-11-28T10:00:55+00:00" />
                <UnitTestResult testId="1" startTime="2026-11-28T10:00:01+00:00" endTime="2026-11-28T10:00:04+00:00" />
                <UnitTestResult testId="2" startTime="2026-11-28T10:00:04+00:00" endTime="2026-11-28T10:00:06.5+00:00" />
              </Results>
              <TestDefinitions>
                <UnitTest id="1"><TestMethod className="Qcw.Tests.Quick" /></UnitTest>
                <UnitTest id="2"><TestMethod className="Qcw.Tests.Quick" /></UnitTest>
                <UnitTest id="3"><TestMethod className="Qcw.Tests.Prepared" /></UnitTest>
              </TestDefinitions>
            </TestRun>
            """);
        Assert.That(
            TestRun.Slowest(trx), Is.EqualTo([("Prepared", TimeSpan.FromSeconds(48.5)), ("Quick", TimeSpan.FromSeconds(6.5))]));
    }

    [Test]
    public void Every_test_of_a_project_is_in_one_part()
    {
        foreach (IGrouping<string, TestPart> project in Test.Parts.Where(part => part.Filter is not null).GroupBy(part => part.Project))
        {
            string chosen = project.First().Filter!;
            string[] folders = [.. chosen.Split('|').Select(text => text.Split('.')[^2])];
            using (Assert.EnterMultipleScope())
            {
                foreach (string folder in folders)
                {
                    Assert.That(Path.Combine(Repository.Root, "tests", project.Key, folder), Does.Exist);
                }

                Assert.That(
                    project.Skip(1).Select(part => part.Filter),
                    Is.EqualTo([chosen.Replace("~", "!~", StringComparison.Ordinal).Replace('|', '&')]), "what the first part leaves out");
            }
        }
    }
}
