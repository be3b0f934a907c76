namespace Qcw.Integration.Tests.Shims;

/// <summary>build.sh with the real dotnet, where variables and files that MSBuild and NuGet would take say something else.</summary>
[TestFixture]
[Platform("Linux")]
public sealed class OuterFilesTests
{
    [Test]
    public void Variables_and_files_outside_the_checkout_take_no_part()
    {
        using var checkout = new NuGetCheckout();
        checkout.Use();
        const string Refuses = """<Project InitialTargets="Outer"><Target Name="Outer"><Error Text="outer file" /></Target></Project>""";
        var outer = new Dictionary<string, string>
        {
            ["Directory.Build.props"] = Refuses,
            ["Directory.Build.targets"] = Refuses,
            ["Directory.Packages.props"] = Refuses,
            ["Directory.Build.rsp"] = "-p:Version=latest",
            ["global.json"] = """{ "sdk": { "version": "99.0.100" } }""",
            [".editorconfig"] = "root = true\n[*.cs]\ndotnet_diagnostic.CS1591.severity = error\n",
            [".globalconfig"] = "is_global = true\ndotnet_diagnostic.CS8019.severity = error\n",
            ["nuget.config"] =
                """<configuration><packageSources><clear /><add key="no" value="/nowhere" /></packageSources></configuration>""",
            ["a checkout/build/Build.csproj.user"] = Refuses,
            ["share/Microsoft/MSBuild/Current/Imports/Microsoft.Common.props/ImportBefore/outer.props"] = Refuses,
        };
        foreach ((string name, string text) in outer)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(checkout.Beside(name))!);
            File.WriteAllText(checkout.Beside(name), text);
        }

        ProcessResult status = Status(checkout);
        ProcessResult result = checkout.BuildWith(
            "source",
            new()
            {
                ["XDG_DATA_HOME"] = checkout.Beside("share"),
                ["VERSION"] = "latest",
                ["OutputPath"] = "elsewhere/",
                ["Configuration"] = "Debug",
                ["TargetFrameworks"] = "net8.0",
                ["RestoreSources"] = "/nowhere",
            },
            "--version");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.StandardError);
            Assert.That(result.StandardError, Is.EqualTo("build.sh: building the build host.\n"));
            Assert.That(Status(checkout).StandardOutput, Is.EqualTo(status.StandardOutput), "no file of the checkout was changed");
        }
    }

    /// <summary>What dotnet and an editor do with the projects themselves, without the shims.</summary>
    [Test]
    public void The_checkout_ends_every_search_for_files_above_it()
    {
        string[] names =
        [
            "Directory.Build.props", "Directory.Build.targets", "Directory.Build.rsp", "Directory.Packages.props",
            "Directory.Solution.props", "Directory.Solution.targets", "global.json", ".editorconfig",
        ];
        Assert.That(names.Where(name => !File.Exists(Path.Combine(Repository.Root, name))), Is.Empty);
    }

    private static ProcessResult Status(NuGetCheckout checkout) =>
        ProcessRunner.Run(
            new ProcessRequest("bash", "-c", "find . -name bin -prune -o -type f -print0 | sort -z | xargs -0 sha256sum")
            {
                WorkingDirectory = checkout.Root,
            });
}
