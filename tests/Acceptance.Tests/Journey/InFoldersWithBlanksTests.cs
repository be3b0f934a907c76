namespace Qcw.Acceptance.Tests.Journey;

/// <summary>
/// The harder way: Podman for one user, everything in folders with blanks, shared folders where QEMU has them, programs that are ended in
/// the middle, a start from another drive.
/// </summary>
[TestFixture]
internal sealed class InFoldersWithBlanksTests() : JourneyStory(Installation.InFoldersWithBlanks)
{
    private const string Imported = "localhost/imported:1";
    private const string Outside = @"C:\Temp\outside";
    private const string Secret = "not for the guest";
    private const string UmlautsOfWindows = "Grüße aus München.txt";
    private const string UmlautsOfGuest = "Übung mit Leerzeichen.txt";

    private SharedFolder folder = null!;

    [OneTimeSetUp]
    public void Share()
    {
        folder = new SharedFolder(Windows.Session, Machine);
        folder.Create();
        Windows.AddDrive('d');
    }

    [Test, Order(1)]
    public void A_machine_is_made() =>
        Assert.That(
            Machine.Init(Image, Windows.SharesFolders ? SharedFolder.Options : string.Empty), Does.Contain("Machine init complete"));

    [Test, Order(2)]
    public void It_starts()
    {
        Assert.That(Machine.Start(), Does.Contain("started successfully"));
        AssertRunsOnce();
    }

    [Test, Order(3)]
    public void A_root_file_system_becomes_an_image()
    {
        // Podman 4.5 takes the drive of a full path for the scheme of a URL
        Machine.Folder = @"C:\Downloads";
        Machine.Do($"podman import --change \"CMD /bin/busybox httpd -f -p 80 -h /www\" root.tar {Imported}");
        Machine.Folder = @"C:\";
        Assert.That(Machine.Do("podman images"), Does.Match(@"localhost/imported\s+1\s"));
    }

    [Test, Order(4)]
    public void A_container_answers()
    {
        int port = Ports.Free();
        Machine.Do($"podman run -d --rm --name web -p {port}:80 {Imported}");
        Assert.That(Fetch(port), Is.EqualTo(ContainerImage.Page));
    }

    [Test, Order(10)]
    public void A_file_of_windows_is_read_in_a_container()
    {
        NeedsSharedFolders();
        File.WriteAllText(folder.HostPath("win.txt"), "from Windows\n");
        Assert.That(folder.InContainer(Imported, "cat /s/win.txt"), Is.EqualTo(new WineResult(0, "from Windows\n")));
    }

    [Test, Order(11)]
    public void A_file_of_a_container_is_read_in_windows()
    {
        NeedsSharedFolders();
        Assert.That(folder.InContainer(Imported, "echo from a container > /s/guest.txt").ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(folder.HostPath("guest.txt")), Is.EqualTo("from a container\n"));
    }

    [Test, Order(12)]
    public void Names_with_blanks_are_the_same_on_both_sides()
    {
        NeedsSharedFolders();
        File.WriteAllText(folder.HostPath("from Windows.txt"), "here\n");
        WineResult result = folder.InContainer(Imported, "cat '/s/from Windows.txt' && echo there > '/s/from a container.txt'");
        Assert.That(result, Is.EqualTo(new WineResult(0, "here\n")));
        Assert.That(File.ReadAllText(folder.HostPath("from a container.txt")), Is.EqualTo("there\n"));
    }

    [Test, Order(15)]
    [Explicit("QEMU's 9pfs hands names on as bytes of its code page: they differed with 1252, and were not tried with UTF-8")]
    public void Names_with_umlauts_are_the_same_on_both_sides()
    {
        NeedsSharedFolders();
        File.WriteAllText(folder.HostPath(UmlautsOfWindows), "here\n");
        // a command line of Windows has another code page than the guest: the guest writes the name as bytes of UTF-8
        WineResult result = folder.InContainer(
            Imported, @"cat /s/$(printf 'Gr\303\274\303\237e*') && echo there > /s/$(printf '\303\234')bung' mit Leerzeichen.txt'");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(new WineResult(0, "here\n")));
            Assert.That(folder.HostPath(UmlautsOfGuest), Does.Exist);
        }
    }

    // of a folder: a Unix link to a file is a file for Wine, one to a folder is a reparse point as on Windows
    [Test, Order(13)]
    public void A_link_that_leads_out_of_the_folder_is_refused()
    {
        NeedsSharedFolders();
        Directory.CreateDirectory(Windows.Session.HostPath(Outside));
        File.WriteAllText(Windows.Session.HostPath(Outside + @"\secret.txt"), Secret);
        Directory.CreateSymbolicLink(folder.HostPath("link"), Windows.Session.HostPath(Outside));
        WineResult result = folder.InContainer(Imported, "cat /s/link/secret.txt");
        Directory.Delete(folder.HostPath("link"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Not.Zero);
            Assert.That(result.Output, Does.Not.Contain(Secret));
        }
    }

    [Test, Order(14)]
    public void Paths_that_lead_out_of_the_folder_are_refused()
    {
        NeedsSharedFolders();
        WineResult result = folder.InContainer(
            Imported, @"cat '/s/..\outside\secret.txt' 'C:\Temp\outside\secret.txt'; echo x > '/s/..\outside\new.txt'");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Not.Zero);
            Assert.That(result.Output, Does.Not.Contain(Secret));
            Assert.That(Windows.Session.HostPath(Outside + @"\new.txt"), Does.Not.Exist);
        }
    }

    [Test, Order(16)]
    public void What_windows_changes_is_seen_when_a_file_is_opened_again()
    {
        NeedsSharedFolders();
        foreach (string text in (string[])["one\n", "two\n", "and three, which is longer\n", "4\n"])
        {
            File.WriteAllText(folder.HostPath("changing.txt"), text);
            Assert.That(folder.InContainer(Imported, "cat /s/changing.txt"), Is.EqualTo(new WineResult(0, text)));
        }
    }

    [Test, Order(17)]
    public void A_folder_that_is_read_only_stays_so_for_root()
    {
        NeedsSharedFolders();
        File.WriteAllText(folder.ReadOnlyHostPath("read.txt"), "only read\n");
        const string Target = SharedFolder.ReadOnlyTarget;
        string said = Machine.Ssh(
            $"cat '{Target}/read.txt'; sudo mount -o remount,rw '{Target}'; sudo touch '{Target}/new.txt' || echo refused; "
            + $"sudo rm '{Target}/read.txt' || echo refused");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said, Does.StartWith("only read\n"));
            Assert.That(said.Split("refused"), Has.Length.EqualTo(3), said);
            Assert.That(folder.ReadOnlyHostPath("new.txt"), Does.Not.Exist);
            Assert.That(folder.ReadOnlyHostPath("read.txt"), Does.Exist);
        }
    }

    [Test, Order(20)]
    public void Without_its_gvproxy_podman_fails_and_the_machine_can_be_stopped()
    {
        MachineProcesses.Kill(Machine.Proxies.Single());
        Assert.That(Machine.Try("podman ps").ExitCode, Is.Not.Zero);
        Machine.Stop();
        Assert.That(Machine.Emulators, Is.Empty);
    }

    [Test, Order(21)]
    public void After_that_it_starts_again()
    {
        Machine.Start();
        AssertRunsOnce();
    }

    [Test, Order(22)]
    public void And_has_its_folders_again()
    {
        NeedsSharedFolders();
        Assert.That(folder.InContainer(Imported, "cat /s/win.txt"), Is.EqualTo(new WineResult(0, "from Windows\n")));
        Assert.That(Machine.Ssh($"cat '{SharedFolder.ReadOnlyTarget}/read.txt'"), Is.EqualTo("only read\n"));
    }

    [Test, Order(23)]
    public void Without_its_qemu_it_is_listed_as_stopped()
    {
        MachineProcesses.Kill(Machine.Emulators.Single());
        Assert.That(Machine.Do("podman machine ls"), Does.Not.Contain("Currently running"));
    }

    [Test, Order(24)]
    public void After_that_it_starts_again_and_from_another_drive()
    {
        Machine.Folder = @"D:\";
        Machine.Start();
        AssertRunsOnce();
        Assert.That(Machine.Do("podman images"), Does.Contain("localhost/imported"));
    }

    [Test, Order(25)]
    public void Its_disk_is_undamaged()
    {
        Machine.Stop();
        Assert.That(Machine.Emulators, Is.Empty);
        AssertDiskIsUndamaged();
        Machine.Remove();
    }

    private void NeedsSharedFolders()
    {
        if (!Windows.SharesFolders)
        {
            Assert.Ignore("this line's QEMU has no 9pfs, and the documentation says so");
        }
    }

    private void AssertRunsOnce()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Machine.Emulators, Has.Count.EqualTo(1));
            Assert.That(Machine.Proxies, Has.Count.EqualTo(1));
        }
    }
}
