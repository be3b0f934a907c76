using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Qcw.Acceptance.Tests;

/// <summary>QEMU's setup program, from installation to uninstallation, as one story: each test builds on the one before.</summary>
[TestFixture]
[Category("qemu")]
public sealed class QemuTests
{
    private const string Folder = @"C:\Program Files\qcw-qemu";
    private const string UninstallKey = @"HKEY_LOCAL_MACHINE\Software\Microsoft\Windows\CurrentVersion\Uninstall\qcw-qemu";

    private WineSession windows = null!;
    private string setup = null!;
    private string version = null!;
    private string[] before = null!;

    // 8.0.0-rc2 says 7.2.92: the release before, and 90 and the number of the candidate (VERSION in QEMU's source)
    private string Said => version.Split("-rc") is [_, string candidate] ? $@"\d+\.\d+\.9{candidate} " : Regex.Escape(version) + " ";

    [OneTimeSetUp]
    public void Start()
    {
        setup = ReleaseUnderTest.File("qemu-*-setup.exe");
        version = ReleaseUnderTest.VersionOf(setup);
        windows = new WineSession();
        windows.CopyIn(setup, @"C:\setup.exe");
        Directory.CreateDirectory(windows.HostPath(@"C:\work"));
        File.WriteAllBytes(windows.HostPath(@"C:\work\guest.raw"), BootSector.DiskImage());
        before = Files();
    }

    [OneTimeTearDown]
    public void End() => windows.Dispose();

    [Test, Order(1)]
    public void Setup_installs_without_questions()
    {
        windows.RunOk(@"C:\setup.exe", "/S");
        using (Assert.EnterMultipleScope())
        {
            foreach (string file in (string[])
                    [
                        "qemu-system-x86_64.exe",
                        "qemu-img.exe",
                        "qemu-io.exe",
                        "gspawn-win64-helper.exe",
                        @"share\keymaps\en-us",
                        @"share\bios-256k.bin",
                    ])
            {
                Assert.That(windows.HostPath($@"{Folder}\{file}"), Does.Exist);
            }
        }
    }

    [Test, Order(2)]
    public void Apps_and_features_knows_it()
    {
        IReadOnlyDictionary<string, RegistryValue> entry = windows.Registry.Read(UninstallKey)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(entry["DisplayVersion"].AsText, Is.EqualTo(version));
            Assert.That(entry["Publisher"].AsText, Does.Contain("qcw"));
            Assert.That(entry["InstallLocation"].AsText, Is.EqualTo(Folder));
            Assert.That(entry["EstimatedSize"].AsNumber, Is.GreaterThan(10_000), "KB");
        }
    }

    [Test, Order(3)]
    public void Licences_of_qemu_and_of_its_libraries_are_inside()
    {
        string[] components =
            [.. Directory.GetDirectories(windows.HostPath($@"{Folder}\licenses")).Select(folder => Path.GetFileName(folder)!)];
        Assert.That(components, Is.SupersetOf(["qemu", "glib", "libffi", "libslirp", "pcre2", "pixman", "toolchain", "zlib"]));
    }

    [Test, Order(4)]
    public void The_emulator_says_its_version() =>
        Assert.That(windows.RunOk($@"{Folder}\qemu-system-x86_64.exe", "--version"), Does.Match($"QEMU emulator version {Said}"));

    [Test, Order(5)]
    public void The_accelerators_are_tcg_and_whpx() =>
        Assert.That(windows.RunOk($@"{Folder}\qemu-system-x86_64.exe", "-accel help"), Does.Contain("tcg").And.Contain("whpx"));

    [Test, Order(6)]
    public void Every_program_starts()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (string program in Directory
                    .GetFiles(windows.HostPath(Folder), "qemu-*.exe")
                    .Where(file => !file.Contains("x86_64w", StringComparison.Ordinal)))
            {
                // qemu-edid has no --version; its help proves as much: all DLLs were found
                string name = Path.GetFileName(program);
                string argument = name == "qemu-edid.exe" ? "-h" : "--version";
                WineResult result = windows.Run($@"{Folder}\{name}", argument);
                Assert.That(result.Output, Does.Contain("qemu").IgnoreCase, $"{name}: exit code {result.ExitCode}");
            }
        }
    }

    [Test, Order(10)]
    public void Images_are_created_and_checked()
    {
        Image(@"create -f qcow2 C:\work\new.qcow2 64M");
        string info = Image(@"info C:\work\new.qcow2");
        Image(@"check C:\work\new.qcow2");
        Assert.That(info, Does.Contain("file format: qcow2").And.Contain("64 MiB"));
    }

    [Test, Order(11)]
    public void Images_survive_a_round_of_conversions()
    {
        Image(@"convert -f raw -O qcow2 -c C:\work\guest.raw C:\work\guest.qcow2");
        Image(@"convert -f qcow2 -O vhdx C:\work\guest.qcow2 C:\work\guest.vhdx");
        Image(@"convert -f vhdx -O raw C:\work\guest.vhdx C:\work\back.raw");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Image(@"compare C:\work\guest.raw C:\work\guest.vhdx"), Does.Contain("Images are identical"));
            Assert.That(File.ReadAllBytes(windows.HostPath(@"C:\work\back.raw"))[..(1 << 20)], Is.EqualTo(BootSector.DiskImage()));
        }
    }

    [Test, Order(12)]
    public void A_damaged_image_is_found()
    {
        File.WriteAllBytes(windows.HostPath(@"C:\work\bad.qcow2"), new byte[4096]);
        Assert.That(windows.Run($@"{Folder}\qemu-img.exe", @"check -f qcow2 C:\work\bad.qcow2").ExitCode, Is.Not.Zero);
    }

    [TestCase("pc"), TestCase("q35"), Order(20)]
    public void A_guest_boots_and_computes(string machine)
    {
        string serial = $@"C:\work\serial-{machine}.txt";
        WineResult result = windows.Run(
            $@"{Folder}\qemu-system-x86_64.exe",
            $@"-machine {machine} -accel tcg -m 64 -display none -no-reboot -net none "
                + $@"-serial file:{serial} {BootSector.ExitDevice} -drive file=C:\work\guest.qcow2,format=qcow2");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllText(windows.HostPath(serial)), Does.Contain(BootSector.Output), result.Output);
            Assert.That(result.ExitCode, Is.EqualTo(BootSector.ExitCode));
        }
    }

    [Test, Order(30)]
    public void Setup_installs_over_itself_and_it_still_works()
    {
        windows.RunOk(@"C:\setup.exe", "/S");
        Assert.That(windows.RunOk($@"{Folder}\qemu-img.exe", "--version"), Does.Match($"version {Said}"));
    }

    [Test, Order(31)]
    public void The_zip_has_what_is_installed_and_runs_where_it_is_unpacked()
    {
        const string Portable = @"C:\work\portable";
        ZipFile.ExtractToDirectory(ReleaseUnderTest.File($"qemu-{version}-windows-x86_64.zip"), windows.HostPath(Portable));
        string installed = windows.HostPath(Folder);
        foreach (string file in Directory.GetFiles(installed, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "uninstall.exe"))
        {
            string unpacked = Path.Combine(windows.HostPath(Portable), Path.GetRelativePath(installed, file));
            Assert.That(unpacked, Does.Exist);
            Assert.That(Build.Core.Files.SameBytes(file, unpacked), unpacked);
        }

        Assert.That(windows.RunOk($@"{Portable}\qemu-img.exe", "--version"), Does.Match($"version {Said}"));
        Directory.Delete(windows.HostPath(Portable), recursive: true);
    }

    [Test, Order(40)]
    public void Uninstalling_leaves_nothing()
    {
        windows.Uninstall($@"{Folder}\uninstall.exe");
        Wait.Until(() => windows.Registry.Read(UninstallKey) is null, "the uninstaller has removed its registry key");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Directory.Exists(windows.HostPath(Folder)), Is.False);
            Assert.That(Files(), Is.EqualTo(before));
            Assert.That(windows.Registry.Read(@"HKEY_LOCAL_MACHINE\Software\qcw-qemu"), Is.Null);
        }
    }

    // links lead out of the drive: Wine puts the user's own folders behind some
    private static readonly EnumerationOptions OwnFiles = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private string Image(string arguments) => windows.RunOk($@"{Folder}\qemu-img.exe", arguments);

    /// <summary>All files and folders of drive C: but those that Windows and these tests write while they run.</summary>
    private string[] Files() =>
    [
        .. Directory.EnumerateFileSystemEntries(windows.DriveC, "*", OwnFiles)
            .Select(path => Path.GetRelativePath(windows.DriveC, path))
            .Where(path => !path.StartsWith("qcw-", StringComparison.Ordinal) && !path.StartsWith("work/", StringComparison.Ordinal)
                && !path.Contains("/Temp", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal),
    ];
}
