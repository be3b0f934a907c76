using System.Text;

namespace Qcw.Integration.Tests.WindowsJourney;

/// <summary>What journey.ps1 says before it touches a Windows.</summary>
public sealed class JourneyUsageTests
{
    private static readonly Dictionary<string, string?> Nothing = [];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void Create()
    {
        folder = new TemporaryFolder();
        folder.Write("release/a.txt", "a");
        JourneyRelease.WriteSums(folder["release"]);
        folder.Write("there.txt", "there");
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void Windows_PowerShell_understands_it() => Assert.That(JourneyScript.SyntaxProblems(), Is.Empty);

    [Test]
    public void Help_tells_every_parameter()
    {
        (int code, string output) = JourneyScript.Run(folder.Path, null, Nothing, "-Help");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            foreach (string parameter in Parameters())
            {
                Assert.That(output, Does.Contain($"\n  -{parameter} "), parameter);
            }
        }
    }

    [TestCase("there is no parameter -Relaese", "-Relaese", "release")]
    [TestCase("there is no parameter surplus", "-Release", "release", "surplus")]
    [TestCase("-Release FOLDER is missing")]
    [TestCase("there is no SHA256SUMS", "-Release", "elsewhere")]
    [TestCase("machine or user is expected", "-Release", "release", "-Scope", "both")]
    [TestCase("-Port none: a number", "-Release", "release", "-Port", "none")]
    [TestCase("-StartMinutes 0: a number", "-Release", "release", "-StartMinutes", "0")]
    [TestCase("there is no such file", "-Release", "release", "-Image", "no.qcow2")]
    [TestCase("a URL needs -ImageSha256", "-Release", "release", "-Image", "https://example.org/a.qcow2.xz")]
    [TestCase("64 hexadecimal digits", "-Release", "release", "-Image", "there.txt", "-ImageSha256", "ab")]
    [TestCase(
        "belongs to -Image", "-Release", "release", "-ImageSha256", "0000000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("the name of an image", "-Release", "release", "-ContainerImage", "a b")]
    [TestCase("there is no such file", "-Release", "release", "-ContainerArchive", "no.tar")]
    [TestCase("does not take one of", "-Release", "release", "-Work", "100% & more")]
    public void Wrong_usage_ends_with_2_and_says_what_is_wrong(string problem, params string[] arguments)
    {
        (int code, string output) = JourneyScript.Run(folder.Path, "/bin/false", Nothing, arguments);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2), output);
            Assert.That(output, Does.Contain(problem).And.Contain("-Help tells more"));
        }
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void Without_a_Windows_it_is_refused()
    {
        (int code, string output) = JourneyScript.Run(folder.Path, null, Nothing, "-Release", "release");
        Assert.That((code, output), Is.EqualTo((2, "journey: it runs on Windows only; -Help tells more\n")));
    }

    [Test]
    public void A_folder_of_an_earlier_run_is_refused()
    {
        folder.Create("work/commands");
        (int code, string output) = JourneyScript.Run(folder.Path, "/bin/false", Nothing, "-Release", "release", "-Work", "work");
        Assert.That(code, Is.EqualTo(2), output);
        Assert.That(output, Does.Contain("is of an earlier run"));
    }

    [TestCase("changed", "a.txt has the wrong checksum: expected sha256 ")]
    [TestCase(null, "a.txt is in SHA256SUMS and not in ")]
    [TestCase("a", @"SHA256SUMS names 0 files like ^qemu-.*-windows-x86_64-setup\.exe$ where one is expected")]
    public void A_release_that_is_not_whole_is_not_installed(string? text, string problem)
    {
        File.Delete(folder["release/a.txt"]);
        if (text is not null)
        {
            folder.Write("release/a.txt", text);
        }

        // nothing is started: this would leave a file
        string runner = folder.Write("runner", Encoding.ASCII.GetBytes($"#!/bin/sh\ntouch '{folder["started"]}'\n"));
        ProcessRunner.Run(new ProcessRequest("chmod", "755", runner));
        (int code, string output) = JourneyScript.Run(folder.Path, runner, Nothing, "-Release", "release", "-Work", "work");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(output, Does.StartWith("checksums of the release: failed (").And.Contain(problem));
            Assert.That(folder["started"], Does.Not.Exist);
        }
    }

    private static string[] Parameters()
    {
        string text = File.ReadAllText(JourneyScript.File);
        string block = text[text.IndexOf("param(", StringComparison.Ordinal)..text.IndexOf("[Parameter(", StringComparison.Ordinal)];
        return
        [
            .. block.Split('\n').Where(line => line.Contains("]$", StringComparison.Ordinal))
                .Select(line => line.Split('$')[1].Split(' ', ',')[0]),
        ];
    }
}
