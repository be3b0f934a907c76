namespace Qcw.Integration.Tests.Shims;

/// <summary>build.sh: what dotnet gets of the caller's environment, and what the host gets.</summary>
[TestFixture]
[Platform(Exclude = "Win")]
public sealed class BuildShEnvironmentTests
{
    private ShimSandbox sandbox = null!;

    [SetUp]
    public void CreateSandbox() => sandbox = new ShimSandbox();

    [TearDown]
    public void DeleteSandbox() => sandbox.Dispose();

    [Test]
    public async Task Dotnet_gets_what_the_list_names_and_the_host_gets_everything()
    {
        string[] properties = ["VERSION", "OutputPath", "Configuration", "Platform", "TargetFramework", "MSBuildExtensionsPath", "LANG"];
        string[] settings = ["https_proxy", "NO_PROXY", "SSL_CERT_FILE", "NUGET_PACKAGES", "DOTNET_ROOT", "XDG_DATA_HOME"];

        var result = await sandbox.RunAsync([], [.. properties.Concat(settings).Select(name => (name, "value"))]);

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.Zero, result.Error);
            foreach (string call in (string[])["--version", "restore", "build"])
            {
                string[] names = sandbox.Environments[call].Single();
                Assert.That(names.Intersect(properties), Is.Empty, call);
                Assert.That(names, Is.SupersetOf(settings.Concat(["PATH", "HOME", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"])), call);
            }

            string[] host = sandbox.Environments.Single(call => call.Key.Contains("hosts/package-", StringComparison.Ordinal)).Single();
            Assert.That(host, Is.SupersetOf(properties.Concat(settings).Concat(["QCW_MSBUILD_ENVIRONMENT"])));
            Assert.That(host, Does.Not.Contain("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT").And.Not.Contain("CheckoutFolder"));
        });
    }

    [TestCase("a repository/nuget.config")]
    [TestCase("home/.nuget/NuGet/NuGet.Config")]
    [TestCase("home/.nuget/config/feed.config")]
    public async Task A_variable_that_NuGets_configuration_names_reaches_it(string file)
    {
        string path = Path.Combine(Path.GetDirectoryName(sandbox.Root)!, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "<add key=\"ClearTextPassword\" value=\"%FEED_WORD%\" />");

        await sandbox.RunAsync([], ("FEED_WORD", "secret"), ("OTHER_WORD", "secret"));

        Assert.That(sandbox.Environments["restore"].Single(), Does.Contain("FEED_WORD").And.Not.Contain("OTHER_WORD"));
    }
}
