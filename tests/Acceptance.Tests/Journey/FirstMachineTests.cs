namespace Qcw.Acceptance.Tests.Journey;

/// <summary>
/// What qcw is for: a Linux container answers on a Windows machine. A release is installed as its installers suggest, and used from the
/// prompt of podman-qemu.bat.
/// </summary>
[TestFixture]
internal sealed class FirstMachineTests() : JourneyStory(Installation.Usual)
{
    private const int Port = 8080;
    private const string Address = "npipe:////./pipe/" + Machine.DefaultName;
    private const string Note = "written before the machine was stopped";

    private static readonly string Files = PodmanWindows.Home + @"\My files, and more";

    // links lead out of the drive: Wine puts the user's own folders behind some
    private static readonly EnumerationOptions OwnFiles = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    [Test, Order(1)]
    public void A_machine_is_made_from_an_image_file() =>
        Assert.That(Machine.Init(Image), Does.Contain("Machine init complete"));

    [Test, Order(2)]
    public void It_starts()
    {
        string output = Machine.Start();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Contain($"Machine \"{Machine.DefaultName}\" started successfully"));
            Assert.That(output, Does.Not.Contain("version of QEMU is unknown"), "it chooses the processor");
            Assert.That(Machine.Emulators, Has.Count.EqualTo(1));
            Assert.That(Machine.Proxies, Has.Count.EqualTo(1));
        }
    }

    [Test, Order(3)]
    public void It_is_listed_as_running() =>
        Assert.That(Machine.Do("podman machine ls"), Does.Match($@"{Machine.DefaultName}\*?\s+qemu\s.*Currently running"));

    [Test, Order(4)]
    public void Podman_reaches_the_podman_inside() =>
        Assert.That(Machine.Do("podman info"), Does.Match(@"hostname: podman-guest").And.Match("rootless: true"));

    [Test, Order(5)]
    public void An_image_is_loaded_from_a_file() =>
        Assert.That(Machine.Do(@"podman load -i C:\Downloads\web.tar"), Does.Contain(ContainerImage.Name));

    [Test, Order(6)]
    public void A_container_starts_with_a_published_port() =>
        Assert.That(
            Machine.Do($"podman run -d --rm --name web -p {Port}:80 -v notes:/data {ContainerImage.Name}"),
            Does.Match("^[0-9a-f]{64}\n"));

    [Test, Order(7)]
    public void Its_page_is_there_for_everybody_on_this_computer() =>
        Assert.That(Fetch(Port), Is.EqualTo(ContainerImage.Page));

    [Test, Order(8)]
    public void Its_log_has_what_it_said() =>
        Assert.That(Machine.Do("podman logs web"), Does.Contain(ContainerImage.Started).And.Contain("response:200"));

    [Test, Order(9)]
    public void Docker_sees_it_through_the_pipe_that_the_prompt_names()
    {
        NeedsPodman5();
        Assert.That(Machine.Do("set DOCKER_HOST"), Is.EqualTo($"DOCKER_HOST={Address}\n"));
        Assert.That(Machine.Do(JourneyWindows.Docker + " /v1.41/containers/json"), Does.Contain("\"Names\":[\"/web\"]"));
    }

    // cmd in place of docker-compose
    [Test, Order(10)]
    public void Podman_itself_sends_compose_to_the_same_pipe()
    {
        NeedsPodman5();
        const string Provider = @"set PODMAN_COMPOSE_PROVIDER=C:\windows\system32\cmd.exe";
        string output = Machine.Do($"cmd /c \"set DOCKER_HOST=&& {Provider}&& podman compose /c set DOCKER_HOST\"");
        Assert.That(output, Does.EndWith($"DOCKER_HOST={Address}\n"));
    }

    [Test, Order(11)]
    public void A_command_runs_in_it_and_writes_into_its_volume()
    {
        Machine.Do($"podman exec web sh -c \"echo {Note} > /data/note\"");
        Assert.That(Machine.Do("podman exec web /bin/busybox cat /data/note"), Is.EqualTo(Note + "\n"));
    }

    [Test, Order(12)]
    public void A_container_has_a_folder_of_the_user()
    {
        NeedsFolderOfUser();
        Directory.CreateDirectory(Windows.Session.HostPath(Files));
        File.WriteAllText(Windows.Session.HostPath(Files + @"\from Windows.txt"), "from Windows\n");
        WineResult result = Machine.InContainer(
            ContainerImage.Name, Files, "cat '/s/from Windows.txt' && echo from a container > '/s/from a container.txt'");
        Assert.That(result, Is.EqualTo(new WineResult(0, "from Windows\n")));
        Assert.That(File.ReadAllText(Windows.Session.HostPath(Files + @"\from a container.txt")), Is.EqualTo("from a container\n"));
    }

    [Test, Order(13)]
    public void But_nothing_else_of_the_drive()
    {
        NeedsFolderOfUser();
        Assert.That(Machine.Ssh("ls /mnt/c; findmnt -n -o TARGET -t 9p"), Is.EqualTo($"users\n/mnt/c/users/{Environment.UserName}\n"));
        Assert.That(Machine.InContainer(ContainerImage.Name, @"C:\Downloads", "ls /s").Output, Does.Contain("no such file or directory"));
    }

    [Test, Order(14)]
    public void Ssh_runs_a_command_in_the_guest() =>
        Assert.That(Machine.Ssh("id -un && cat /etc/hostname"), Is.EqualTo("core\npodman-guest\n"));

    [Test, Order(15)]
    public void It_stops_and_leaves_no_process()
    {
        Assert.That(Machine.Stop(), Does.Contain($"Machine \"{Machine.DefaultName}\" stopped successfully"));
        AssertNothingRuns();
    }

    [Test, Order(16)]
    public void Started_again_it_has_its_data()
    {
        Machine.Start();
        string note = Machine.Do($"podman run --rm -v notes:/data {ContainerImage.Name} /bin/busybox cat /data/note");
        Assert.That(note, Is.EqualTo(Note + "\n"));
    }

    [Test, Order(17)]
    public void And_the_folder_of_the_user()
    {
        NeedsFolderOfUser();
        WineResult result = Machine.InContainer(ContainerImage.Name, Files, "ls /s");
        Assert.That(result.Output, Is.EqualTo("from Windows.txt\nfrom a container.txt\n"));
    }

    [Test, Order(18)]
    public void And_serves_its_page_again()
    {
        Machine.Do($"podman run -d --rm --name web -p {Port}:80 {ContainerImage.Name}");
        Assert.That(Fetch(Port), Is.EqualTo(ContainerImage.Page));
    }

    [Test, Order(19)]
    public void Removed_it_leaves_nothing()
    {
        Machine.Remove();
        AssertNothingRuns();
        string[] left =
        [
            .. Directory.EnumerateFiles(Windows.Session.HostPath(PodmanWindows.Home), "*", OwnFiles)
                .Where(file => Path.GetFileName(file).Contains(Machine.DefaultName, StringComparison.Ordinal))
                // Podman 5 locks a machine by an empty file, which it keeps
                .Where(file => PodmanUnderTest.Major < 5 || Path.GetExtension(file) != ".lock"),
        ];
        Assert.That(left, Is.Empty);
    }

    private static void NeedsPodman5()
    {
        if (PodmanUnderTest.Major < 5)
        {
            Assert.Ignore("the prompts know the pipes of Podman 5 and newer, and the documentation says so");
        }
    }

    private void NeedsFolderOfUser()
    {
        if (!PodmanUnderTest.SharesFolderOfUser || !Windows.SharesFolders)
        {
            Assert.Ignore("this line's QEMU has no 9pfs, or its Podman shares what it is told to, and the documentation says so");
        }
    }

    private void AssertNothingRuns()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Machine.Emulators, Is.Empty);
            Assert.That(Machine.Proxies, Is.Empty);
        }
    }
}
