namespace Qcw.Integration.Tests.Compiling.Builders.Msys2;

/// <summary>What is run while the image with MSYS2 is made, with a pacman that notes what it is told.</summary>
public sealed class Msys2InstallTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        Script("bin/pacman", "echo \"pacman $*\"");
        Script("bin/pacman-conf", $"case $1 in DBPath) echo {folder["db"]}/ ;; CacheDir) echo {folder["pkg"]}/ ;; esac");
        File.Copy(Path.Combine(Repository.Root, "build", "Compiling", "Builders", "Msys2", "image", "install.sh"), folder["install.sh"]);
        Write("packages.txt", "# tools\nmake\n\nmingw-w64-ucrt-x86_64-gcc # the compiler\n");
        Directory.CreateDirectory(folder["cache"]);
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void Without_kept_packages_the_newest_are_fetched()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Install("update").StandardOutput, Is.EqualTo("pacman --noconfirm --noprogressbar -Syuu\n"));
            Assert.That(
                Install("packages").StandardOutput,
                Is.EqualTo("pacman --noconfirm --noprogressbar -S --needed make mingw-w64-ucrt-x86_64-gcc\n"));
            Assert.That(folder["db"], Does.Not.Exist);
        }
    }

    [Test]
    public void Kept_databases_choose_the_versions()
    {
        Write("cache/msys.db", "database");
        Write("cache/msys.db.sig", "signature");
        Write("cache/make-4.4-1-x86_64.pkg.tar.zst", "package");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Install("update").StandardOutput, Is.EqualTo("pacman --noconfirm --noprogressbar -Suu\n"));
            Assert.That(
                Directory.GetFiles(folder["db/sync"]).Select(file => Path.GetFileName(file)).Order(),
                Is.EqualTo(["msys.db", "msys.db.sig"]));
            Assert.That(
                Directory.GetFiles(folder["pkg"]).Select(file => Path.GetFileName(file)), Is.EqualTo(["make-4.4-1-x86_64.pkg.tar.zst"]));
        }
    }

    [Test]
    public void A_package_that_fails_fails_the_image()
    {
        Script("bin/pacman", "exit 7");
        Assert.That(Install("packages").ExitCode, Is.EqualTo(7));
    }

    private ProcessResult Install(string what) => ProcessRunner.Run(new ProcessRequest("/bin/bash", folder["install.sh"], what)
    {
        AllowFailure = true,
        Environment = new Dictionary<string, string?> { ["PATH"] = folder["bin"] + ":/usr/bin:/bin" },
    });

    private void Script(string name, string text)
    {
        Write(name, "#!/bin/sh\n" + text + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder[name], File.GetUnixFileMode(folder[name]) | UnixFileMode.UserExecute);
        }
    }

    private void Write(string name, string text) => folder.Write(name, text);
}
