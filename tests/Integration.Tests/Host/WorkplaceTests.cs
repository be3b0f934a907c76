using System.Security.Cryptography.X509Certificates;
using Qcw.Build.Fetching.Http;

namespace Qcw.Integration.Tests.Host;

/// <summary>Folders, users and variables that a build cannot work with: one sentence, before anything is fetched.</summary>
[NonParallelizable]
public sealed class WorkplaceTests
{
    private const string Nobody = "65534";
    private TemporaryFolder folder = null!;
    private string checkout = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        checkout = folder["checkout"];
        SmallCheckout.Make(checkout);
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void First_as_root_then_as_a_user_names_folder_and_owner_and_remedy()
    {
        RequireRoot();
        string artifacts = folder.Create("artifacts");
        folder.Create("artifacts/stage");
        ProcessRunner.Run(new ProcessRequest("chmod", "711", folder.Path));
        ProcessRunner.Run(new ProcessRequest("chown", Nobody, artifacts));
        AssertRefused(
            AsNobody("--target=Clean", "--artifacts=" + artifacts),
            $"{artifacts}/stage belongs to root, and this is nobody: run as root, or sudo chown -R nobody {artifacts}/stage");
        ProcessRunner.Run(new ProcessRequest("chown", "-R", Nobody, artifacts));
        folder.Write("artifacts/.lock", string.Empty);
        AssertRefused(
            AsNobody("--target=Clean", "--artifacts=" + artifacts),
            $"the lock file {artifacts}/.lock cannot be used: {artifacts}/.lock belongs to root, and this is nobody");
        folder.Create("mirror");
        ProcessRunner.Run(new ProcessRequest("chown", Nobody, artifacts + "/.lock"));
        AssertRefused(
            AsNobody("--target=Mirror", "--line=debian13", "--mirror=" + folder["mirror"], "--artifacts=" + artifacts),
            $"{folder["mirror"]} belongs to root");
    }

    [Test]
    public void Others_can_read_what_a_build_leaves()
    {
        string artifacts = folder["artifacts"];
        SmallCheckout.MakeMirror(folder["mirror"]);
        (int code, string output) = HostProcess.RunIn(
            checkout, artifacts, "--target=XzFetch", "--line=" + SmallCheckout.Line, "--mirror=" + folder["mirror"], "--offline");
        Assert.That(code, Is.Zero, output);
        Assert.That(ProcessRunner.Run(new ProcessRequest("find", artifacts, "!", "-perm", "-o=r")).StandardOutput, Is.Empty);
    }

    [Test]
    public void A_checkout_of_another_owner_is_met_first_with_the_command_that_helps()
    {
        RequireRoot();
        ProcessRunner.Run(new ProcessRequest("chown", "-R", Nobody, checkout));
        using var home = new EnvironmentVariable("HOME", folder.Create("home"));
        using var global = new EnvironmentVariable("GIT_CONFIG_GLOBAL", null);
        string[] notes = ["--target=ReleaseNotes", "--exclusive", "--line=" + SmallCheckout.Line];
        (int code, string output) = HostProcess.RunIn(checkout, folder["artifacts"], notes);
        string command = $"git config --global --add safe.directory {checkout}";
        AssertRefused((code, output), command);
        Assert.That(output, Does.Not.Contain("\nReleaseNotes\n"), "no task has begun");

        ProcessRunner.Run(new ProcessRequest("git", command.Split(' ')[1..]));
        (code, output) = HostProcess.RunIn(checkout, folder["artifacts"], notes);
        Assert.That(code, Is.Zero, output);
    }

    [TestCase("a b", "a blank")]
    [TestCase("a:b", "the character :")]
    [TestCase("a$b", "the character $")]
    public void A_folder_that_make_cannot_take_is_refused_before_anything_is_fetched(string name, string what)
    {
        (int code, string output) = HostProcess.RunIn(
            checkout, folder[name], "--target=XzCompile", "--builder=host", "--line=" + SmallCheckout.Line);
        AssertRefused((code, output), $"nothing can be compiled in {folder[name]}: {what} in its path");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(folder[name + "/downloads"], Does.Not.Exist);
    }

    [Test]
    public void Programs_that_cannot_be_started_are_met_before_anything_is_fetched()
    {
        using var mount = new Mounted(folder.Create("noexec"), "noexec,size=8m");
        AssertRefused(
            HostProcess.RunIn(checkout, mount.Path + "/a", "--target=XzCompile", "--builder=host", "--line=" + SmallCheckout.Line),
            $"programs in {mount.Path}/a cannot be started (Permission denied): its file system is mounted noexec");
        Assert.That(mount.Path + "/a/downloads", Does.Not.Exist);
    }

    [Test]
    public void A_file_system_without_room_is_named_with_both_figures()
    {
        using var mount = new Mounted(folder.Create("small"), "size=1m");
        AssertRefused(
            HostProcess.Run(mount.Path + "/a", "--target=XzFetch", "--line=debian13"),
            $"reading the index of trixie needs about 200.0 MB, and the file system of {mount.Path}/a");
        AssertRefused(
            HostProcess.RunIn(checkout, mount.Path + "/b", "--target=ReleaseNotes", "--exclusive", "--line=" + SmallCheckout.Line),
            $"notes of release needs about 16.0 MB, and the file system of {mount.Path}/b", "make room there");
    }

    [Test]
    public void A_program_that_fails_on_a_full_file_system_names_it()
    {
        using var mount = new Mounted(folder.Create("full"), "size=1m");
        Assert.That(
            () => ProcessRunner.Run(new ProcessRequest("dd", "if=/dev/zero", "of=x", "bs=64k") { WorkingDirectory = mount.Path }),
            Throws.TypeOf<ProcessFailedException>().With.Message.Contains($"what to do: the file system of {mount.Path} is full"));
    }

    [TestCase("TMPDIR", "/no/such/folder", "TMPDIR is /no/such/folder, and there is no such folder")]
    [TestCase("HTTPS_PROXY", "http://proxy with blanks:80", "HTTPS_PROXY is http://proxy with blanks:80, which is not")]
    [TestCase(TrustedAuthorities.Variable, "/no/such/file", "SSL_CERT_FILE is /no/such/file, which is not there")]
    [TestCase(TrustedAuthorities.Variable, "/etc/passwd", "SSL_CERT_FILE is /etc/passwd, which has no certificate in it")]
    public void A_variable_that_cannot_be_meant_is_named(string name, string value, string message)
    {
        using var variable = new EnvironmentVariable(name, value);
        AssertRefused(HostProcess.RunIn(checkout, folder["artifacts"], "--target=XzFetch", "--line=" + SmallCheckout.Line), message);
    }

    [Test]
    public void An_option_that_names_no_authorities_is_refused() =>
        AssertRefused(
            HostProcess.RunIn(checkout, folder["artifacts"], "--target=XzFetch", "--line=" + SmallCheckout.Line, "--ca-file=no/such"),
            $"--ca-file is {checkout}/no/such, which is not there");

    [Test]
    public void Doctor_trusts_the_authorities_that_the_command_line_names()
    {
        using X509Certificate2 certificate = OwnAuthority.Certificate();
        using var server = new HttpTestServer(certificate);
        string place = server.Url(string.Empty).AbsoluteUri.TrimEnd('/');
        string line = Path.Combine(checkout, "build", "Catalog", "Versions", SmallCheckout.Line + ".json");
        File.WriteAllText(line, File.ReadAllText(line).Replace("https://example.org", place, StringComparison.Ordinal));
        string authorities = folder.Write("own.pem", certificate.ExportCertificatePem());
        string[] doctor = ["--target=Doctor", "--for=XzFetch", "--line=" + SmallCheckout.Line];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(HostProcess.RunIn(checkout, folder["artifacts"], doctor).Output, Does.Contain($"{place}  does not answer ("));
            Assert.That(
                HostProcess.RunIn(checkout, folder["artifacts"], [.. doctor, "--ca-file=" + authorities]).Output,
                Does.Contain($"{place}  answers"));
        }
    }

    [TestCase("/proc/nowhere")]
    [TestCase(null)]
    public void Without_a_home_the_host_works(string? home)
    {
        using var variable = new EnvironmentVariable("HOME", home);
        (int code, string output) = HostProcess.RunIn(checkout, folder["artifacts"], "--target=Clean", "--line=" + SmallCheckout.Line);
        Assert.That(code, Is.Zero, output);
    }

    private static void AssertRefused((int Code, string Output) end, params string[] messages)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(end.Code, Is.Not.Zero);
            Assert.That(messages.Where(message => !end.Output.Contains(message, StringComparison.Ordinal)), Is.Empty, end.Output);
            Assert.That(end.Output, Does.Not.Contain("   at "), "a stack trace");
        }
    }

    private (int Code, string Output) AsNobody(params string[] arguments)
    {
        ProcessResult result = ProcessRunner.Run(
            new ProcessRequest(
                "setpriv",
                [
                    "--reuid=" + Nobody, "--regid=" + Nobody, "--clear-groups",
                    "dotnet", Path.Combine(AppContext.BaseDirectory, "Build.dll"), .. arguments,
                ])
            {
                AllowFailure = true,
                WorkingDirectory = Repository.Root,
                Environment = new Dictionary<string, string?> { ["HOME"] = "/tmp", ["CI"] = "true" },
            });
        return (result.ExitCode, result.StandardOutput + result.StandardError);
    }

    private static void RequireRoot()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("only root can act as another user");
        }
    }

    /// <summary>A file system of its own, as long as it lives.</summary>
    private sealed class Mounted : IDisposable
    {
        public Mounted(string path, string options)
        {
            RequireRoot();
            Path = path;
            ProcessRunner.Run(new ProcessRequest("mount", "-t", "tmpfs", "-o", options, "tmpfs", path));
        }

        public string Path { get; }

        public void Dispose() => ProcessRunner.Run(new ProcessRequest("umount", Path));
    }
}
