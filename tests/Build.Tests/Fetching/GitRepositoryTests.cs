using Qcw.Build.Fetching.Git;

namespace Qcw.Build.Tests.Fetching;

/// <summary>What git is told of the machine that it runs on.</summary>
[NonParallelizable]
public sealed class GitRepositoryTests
{
    private static readonly Dictionary<string, string> OfAPerson = new()
    {
        ["GIT_DIR"] = "/elsewhere",
        ["GIT_CONFIG_PARAMETERS"] = "'core.autocrlf=true'",
        ["GIT_AUTHOR_NAME"] = "A person",
        ["HTTPS_PROXY"] = "http://proxy.example:3128",
        ["SSL_CERT_FILE"] = "/etc/own.pem",
        ["LANG"] = "de_DE.UTF-8",
        ["QCW_SECRET"] = "1",
    };

    private Dictionary<string, string?> before = null!;
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        before = OfAPerson.Keys.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        foreach ((string name, string value) in OfAPerson)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    [TearDown]
    public void TearDown()
    {
        foreach ((string name, string? value) in before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        folder.Dispose();
    }

    [TestCase("git version 2.39.5")]
    [TestCase("git version 2.45.1.windows.1")]
    [TestCase("git version 2.36")]
    [TestCase("git version 2.50.1 (Apple Git-155)")]
    public void Accepts_what_is_new_enough(string output) =>
        Assert.That(() => GitRepository.RequireVersion(output), Throws.Nothing);

    [TestCase("git version 2.25.1")]
    [TestCase("git version 1.8.3")]
    [TestCase("something else")]
    public void Refuses_what_is_not(string output) =>
        Assert.That(
            () => GitRepository.RequireVersion(output),
            Throws.InstanceOf<UsageException>().With.Message.Contains("2.36").And.Message.Contains(output));

    [Test]
    [Platform("Linux,Unix")]
    public void Works_on_its_repository_alone_and_reaches_no_other()
    {
        var git = new GitRepository(Path.Combine(folder.Path, "a.git"));
        git.InitializeBare();
        Dictionary<string, string> seen = VariablesOf(git);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(git.Run("rev-parse", "--absolute-git-dir"), Is.EqualTo(git.Folder));
            Assert.That(git.Run("config", "core.autocrlf"), Is.EqualTo("false"));
            Assert.That(seen["GIT_DIR"], Is.EqualTo(git.Folder));
            Assert.That(seen.Keys, Has.None.AnyOf("GIT_AUTHOR_NAME", "HTTPS_PROXY", "SSL_CERT_FILE", "LANG", "QCW_SECRET", "HOME"));
            Assert.That(git.Try("ls-remote", "file://" + git.Folder).StandardError, Does.Contain("not allowed"));
        }
    }

    [Test]
    [Platform("Linux,Unix")]
    public void Gets_proxies_certificates_and_the_home_folder_where_it_may_reach_a_server()
    {
        string configuration = folder.Write("config", "[http]\n\tproxy = \"http://other.example\"\n");
        var git = new GitRepository(Path.Combine(folder.Path, "a.git")) { NetworkConfiguration = configuration };
        git.InitializeBare();
        Dictionary<string, string> seen = VariablesOf(git);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen["HTTPS_PROXY"], Is.EqualTo(OfAPerson["HTTPS_PROXY"]));
            Assert.That(seen["SSL_CERT_FILE"], Is.EqualTo(OfAPerson["SSL_CERT_FILE"]));
            Assert.That(seen.GetValueOrDefault("HOME"), Is.EqualTo(Environment.GetEnvironmentVariable("HOME")));
            Assert.That(seen.Keys, Has.None.AnyOf("GIT_AUTHOR_NAME", "LANG", "QCW_SECRET"));
            Assert.That(git.Run("config", "http.proxy"), Is.EqualTo("http://other.example"));
            Assert.That(git.Try("ls-remote", "file://" + git.Folder).ExitCode, Is.Zero);
        }
    }

    [Test]
    public async Task Is_the_same_without_holding_a_thread()
    {
        var git = new GitRepository(Path.Combine(folder.Path, "a.git")) { LogFile = Path.Combine(folder.Path, "log") };
        git.InitializeBare();
        Assert.That(await git.RunAsync(CancellationToken.None, "rev-parse", "--is-bare-repository"), Is.EqualTo("true"));
        Assert.That((await git.TryAsync(CancellationToken.None, "rev-parse", "--verify", "HEAD")).ExitCode, Is.Not.Zero);
        string log = await File.ReadAllTextAsync(git.LogFile);
        Assert.That(log, Does.Contain("$ git rev-parse --is-bare-repository\n"), "as one would type it");
    }

    /// <summary>What a program that git starts sees.</summary>
    private static Dictionary<string, string> VariablesOf(GitRepository git) =>
        git.Lines("-c", "alias.environment=!env", "environment")
            .Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).DistinctBy(pair => pair[0])
            .ToDictionary(pair => pair[0], pair => pair[1]);
}
