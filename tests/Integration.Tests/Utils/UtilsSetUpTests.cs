using System.Text.Json;
using Qcw.Build.Components;

namespace Qcw.Integration.Tests.Utils;

/// <summary>What -SetUp does on prepared machines, with podman.sh in place of Podman.</summary>
public sealed class UtilsSetUpTests
{
    private const string User = PreparedMachine.User;
    private const string Programs = "drive_c/Program Files/";
    private const string Hypervisor = "drive_c/windows/system32/WinHvPlatform.dll";
    private const string Default = "podman-machine-default";
    private const string Way = $"--connection {Default} ";
    private const string Ports = "image inspect --format {{range $port, $nothing := .Config.ExposedPorts}}{{$port}} {{end}} ";
    private const string SomeFile = @"C:\windows\system32\OpenSSH\ssh-keygen.exe";

    private TemporaryFolder folder = null!;
    private UtilsScript script = null!;
    private PreparedMachine machine = null!;

    [SetUp]
    public void MakeMachineWithoutMachines()
    {
        folder = new TemporaryFolder();
        machine = new PreparedMachine(folder["machine"]);
        File.Delete(machine.PathOf(User + $".config/containers/podman/machine/qemu/{Default}.json"));
        machine.SetPodmanVersion("5.8.3");
        machine.SetPodman(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Integration.Tests", "Utils", "podman.sh")));
        script = new UtilsScript(folder, UtilsStamp.None, machine);
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void From_nothing_to_a_page_and_a_second_time_without_doing_it_again()
    {
        string output = script.RunOk("-SetUp", "-Yes");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Calls,
                Is.EqualTo((string[])
                [
                    "machine list --format json",
                    $"machine init --cpus 2 --memory 2048 --disk-size 100 {Default}",
                    $"machine start --no-info {Default}",
                    $"machine inspect {Default}",
                    Way + "container inspect qcw-hello",
                    Way + "image exists docker.io/library/nginx",
                    Way + "pull docker.io/library/nginx",
                    Way + Ports + "docker.io/library/nginx",
                    Way + "run --detach --name qcw-hello --label io.github.arixmkii.qcw.image=docker.io/library/nginx "
                        + "--label io.github.arixmkii.qcw.port=8080 --publish 8080:80 docker.io/library/nginx",
                ]));
            Assert.That(
                File.ReadAllText(machine.PathOf("podman/variables")),
                Does.StartWith(@"qemu||C:\Program Files\qcw-podman;C:\Program Files\qcw-qemu;")
                    .And.EndsWith(machine.Environment["PATH"] + "\n"));
            Assert.That(Asked, Is.EqualTo(["open http://localhost:8080"]));
            Assert.That(output, Does.Contain("ok       http://localhost:8080 answers").And.Contain("podman rm --force qcw-hello"));
            Assert.That(output, Does.Not.Contain("problem").And.Not.Contain("note "));
        }

        File.Delete(machine.PathOf("podman/calls"));
        script.RunOk("-SetUp", "-Yes");
        Assert.That(Calls, Is.EqualTo((string[])
            ["machine list --format json", $"machine inspect {Default}", Way + "container inspect qcw-hello"]));
    }

    [TestCase("4.5.0-dev", "--username core --image-path testing ")]
    [TestCase("6.1.0", "--provider qemu ")]
    public void A_machine_is_made_as_each_Podman_has_it(string version, string options)
    {
        machine.Replace("LocalMachine.json", "5.8.3", version);
        script.RunOk("-SetUp", "-Yes", "-Machine", "own");
        Assert.That(Calls[1], Is.EqualTo($"machine init --cpus 2 --memory 2048 --disk-size 100 {options}own"));
    }

    [Test]
    public void What_is_typed_counts_and_the_Enter_key_takes_what_is_suggested()
    {
        (int code, string output) = script.Answer("9\n3\n\n50\n\n", "-SetUp", "-MachineImage", SomeFile);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That(output, Does.Contain("Processors, 1 to 4 [2]\n9\na number from 1 to 4 is expected, or the Enter key alone"));
            Assert.That(
                Calls[1], Is.EqualTo($"machine init --cpus 3 --memory 2048 --disk-size 50 --image {SomeFile} {Default}"));
        }
    }

    [Test]
    public void Without_a_yes_no_machine_is_made()
    {
        Assert.That(script.RunFailing("-SetUp"), Does.Contain("qcw-utils: no machine was made").And.Contain("Run this again whenever"));
        Assert.That(Calls, Is.EqualTo(["machine list --format json"]));
    }

    [Test]
    public void Missing_programs_are_named_and_nothing_is_done()
    {
        File.Delete(machine.PathOf(Programs + "qcw-podman/podman.exe"));
        File.Delete(machine.PathOf(Programs + "qcw-qemu/qemu-system-x86_64w.exe"));
        Assert.That(
            script.RunFailing("-SetUp", "-Yes"),
            Does.Contain("problem  QEMU was not found\n").And.Contain("do:  Install qemu-...-setup.exe")
                .And.Contain("problem  Podman was not found\n").And.Contain("qcw-utils: 3 problems in the way"));
    }

    [TestCase("y\n", 3010, 3, "from the next start of Windows on")]
    [TestCase("y\nn\n", -1, 1, "nobody has confirmed it as an administrator")]
    public void The_hypervisor_is_turned_on_after_a_question(string typed, int dism, int expected, string said)
    {
        File.Delete(machine.PathOf(Hypervisor));
        machine.Answers["dism"] = dism;
        (int code, string output) = script.Answer(typed, "-SetUp");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(expected), output);
            Assert.That(output, Does.Contain("Windows will ask for an administrator; nothing else here needs one").And.Contain(said));
            Assert.That(Asked, Is.EqualTo(["turn on HypervisorPlatform"]));
            Assert.That(machine.PathOf("podman/calls"), Does.Not.Exist);
        }
    }

    [TestCase(false, "Windows Hypervisor Platform is off, and -Yes does not ask for an administrator", 0)]
    [TestCase(true, "from the next start of Windows on", 3)]
    public void Without_questions_only_an_administrator_turns_it_on(bool administrator, string said, int expected)
    {
        File.Delete(machine.PathOf(Hypervisor));
        machine.Answers["administrator"] = administrator;
        (int code, string output) = script.Run("-SetUp", "-Yes");
        Assert.That(code, Is.EqualTo(expected), output);
        Assert.That(output, Does.Contain(said));
        Assert.That(Asked, Has.Some.EqualTo(administrator ? "turn on HypervisorPlatform" : "open http://localhost:8080"));
    }

    [Test]
    public void A_hypervisor_that_does_not_run_is_a_note()
    {
        machine.Answers["hypervisor"] = false;
        Assert.That(script.RunOk("-SetUp", "-Yes"), Does.Contain("and the hypervisor does not run").And.Contain("firmware (BIOS)"));
    }

    [Test]
    public void A_machine_that_is_there_is_started()
    {
        machine.Write(
            "podman/machines", """[{"Name":"mine","Default":false,"Running":false,"VMType":"qemu"},{"Name":"w","VMType":"wsl"}]""");
        machine.Write("podman/rootful", "");
        string output = script.RunOk("-SetUp", "-Yes", "-Cpus", "4");
        Assert.That(Calls[1..4], Is.EqualTo((string[])
            ["machine start --no-info mine", "machine inspect mine", "--connection mine-root container inspect qcw-hello"]));
        Assert.That(output, Does.Contain("are for a new machine").And.Contain("podman system connection default mine-root"));
    }

    [Test]
    public void A_machine_whose_start_was_killed_is_stopped_first()
    {
        machine.Write("podman/machines", $$"""[{"Name":"{{Default}}","Default":true,"Running":true,"VMType":"qemu"}]""");
        machine.Write(User + $".config/containers/podman/machine/qemu/{Default}.json", """{ "Starting": true }""");
        machine.Write(User + $"Temp/podman/{Default}_vm.pid", "1\n");
        machine.Write("processes.txt", $@"qemu-system-x86_64w -pidfile C:\users\jo\Temp\podman\{Default}_vm.pid" + "\n");
        (int code, string output) = script.Run("-SetUp", "-Yes", "-Json");
        Assert.That(code, Is.Zero, output);
        Assert.That(Calls[1..3], Is.EqualTo([$"machine stop {Default}", $"machine start --no-info {Default}"]));
    }

    [Test]
    public void A_name_that_another_provider_has_is_not_taken()
    {
        machine.Write(User + $".config/containers/podman/machine/wsl/{Default}.json", "{}");
        script.RunOk("-SetUp", "-Yes");
        Assert.That(Calls[1], Does.EndWith(" podman-machine-qemu"));
    }

    [TestCase("machine list", "unsupported provider \"qemu\"", "Is C:\\Program Files\\qcw-podman\\podman.exe the one of the release?")]
    [TestCase("machine init", "dial tcp: no such host", "HTTPS_PROXY")]
    [TestCase("machine start", "gvproxy exited unexpectedly", "See -Doctor")]
    [TestCase("run", "address already in use", "Cure what Podman says")]
    public void A_command_that_fails_ends_it_with_its_words(string command, string words, string advice)
    {
        machine.Write("podman/fails " + command, $"time=1 level=warning msg=x\nError: {words}\n");
        machine.Answers["pages"] = new Dictionary<string, string> { ["https://quay.io/v2/"] = "no such host" };
        (int code, string output) = script.Run("-SetUp", "-Yes", "-Json");
        JsonElement problem = Problem(output);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(problem.GetProperty("what").GetString(), Does.Contain("podman").Or.Contain("image").And.EndWith(": " + words));
            Assert.That(problem.GetProperty("do").GetString(), Does.Contain(advice));
            Assert.That(Calls[^1], Does.Contain(command == "run" ? "rm --force --ignore qcw-hello" : command));
        }
    }

    [TestCase(null, "Windows uses the proxy proxy.corp:3128, of which Podman knows nothing")]
    [TestCase("http://old:1", "The variable HTTPS_PROXY is http://old:1: is that right?")]
    public void A_registry_out_of_reach_is_told_from_other_failures(string? variable, string said)
    {
        machine.Write("podman/fails pull", "Error: EOF\n");
        machine.Answers["pages"] = new Dictionary<string, string> { ["https://registry-1.docker.io/v2/"] = "timed out" };
        machine.Environment["HTTPS_PROXY"] = variable;
        machine.Write("CurrentUser.json", """
            {
              "Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings": { "ProxyEnable": "1", "ProxyServer": "proxy.corp:3128" }
            }
            """);
        Assert.That(
            script.RunFailing("-SetUp", "-Yes"),
            Does.Contain("qcw-utils: the image docker.io/library/nginx cannot be had: exit code 125, see above. "
                    + "registry-1.docker.io does not answer this computer (timed out). " + said)
                .And.Contain("-Image FILE"));
    }

    [Test]
    public void An_image_comes_from_a_file_and_stays_that_of_the_container()
    {
        machine.Write("drive_c/my files/web.tar", "x");
        machine.Write("podman/ports", "443/tcp 8443/tcp ");
        script.RunOk("-SetUp", "-Yes", "-Image", @"C:\my files\web.tar");
        Assert.That(Calls, Has.Some.EqualTo(Way + @"load --input C:\my files\web.tar"));
        Assert.That(Calls[^1], Does.EndWith("--publish 8080:443 localhost/web:1"));

        // after a restart of Windows the container is there and does not run
        machine.Write("podman/image", "");
        machine.Replace("podman/container", "\"Running\":true", "\"Running\":false");
        script.RunOk("-SetUp", "-Yes");
        Assert.That(Calls[^3..], Is.EqualTo((string[])
        [
            Way + "rm --force qcw-hello",
            Way + Ports + "localhost/web:1",
            Way + "run --detach --name qcw-hello --label io.github.arixmkii.qcw.image=localhost/web:1 "
                + "--label io.github.arixmkii.qcw.port=8080 --publish 8080:443 localhost/web:1",
        ]));
        Assert.That(Calls, Has.None.Contains("pull"));
    }

    [Test]
    public void Another_port_is_taken_where_a_program_has_8080()
    {
        machine.Answers["ports"] = new[] { 8080, 8081 };
        Assert.That(
            script.RunOk("-SetUp", "-Yes"),
            Does.Contain("note     another program has the port 8080, so the page gets 8082").And.Contain("http://localhost:8082 answers"));
        Assert.That(
            script.RunFailing("-SetUp", "-Yes", "-Port", "8081"), Does.Contain("qcw-utils: another program has the port 8081"));
    }

    [Test]
    public void A_container_of_somebody_else_stays()
    {
        machine.Write("podman/container", """[{"ImageName":"x","State":{"Running":true},"Config":{"Labels":{}}}]""");
        Assert.That(script.RunFailing("-SetUp", "-Yes"), Does.Contain("a container qcw-hello is there, which -SetUp has not made"));
        Assert.That(Calls, Has.None.Contains(" rm ").And.None.Contains(" run "));
    }

    [Test]
    public void A_page_that_does_not_answer_comes_with_what_the_container_has_said()
    {
        machine.Answers["pages"] = new Dictionary<string, string> { ["http://localhost:8080/"] = "refused" };
        Assert.That(
            script.RunFailing("-SetUp", "-Yes"),
            Does.Contain("http://localhost:8080 does not answer: refused. The container has said: the web server starts. Is the image"));
        Assert.That(Asked, Is.Empty);
    }

    [Test]
    public void WhatIf_only_looks()
    {
        File.Delete(machine.PathOf(Hypervisor));
        string stale = machine.Write(User + "Temp/podman/vlan_x.sock", "");
        Assert.That(
            script.RunOk("-SetUp", "-WhatIf"),
            Does.Contain("would turn on Windows Hypervisor Platform")
                .And.Contain($"would make the machine {Default} (processors: 2, memory: 2048 MB")
                .And.Contain($"would start {Default}").And.Contain("would run a container"));
        Assert.That(Calls, Is.EqualTo(["machine list --format json"]));
        Assert.That(Asked, Is.Empty);
        Assert.That(stale, Does.Exist);
    }

    [TestCase("-Cpus", "5", "-Cpus 5: a number from 1 to 4 is expected")]
    [TestCase("-Image", @"C:\no.tar", @"-Image C:\no.tar: there is no such file")]
    public void Wrong_options_are_refused_before_anything_is_done(string option, string value, string said)
    {
        Assert.That(
            script.RunFailing("-SetUp", "-Yes", $"{option}:{value}"), Does.Contain("qcw-utils: " + said).And.Not.Contain("Looking"));
        Assert.That(machine.PathOf("podman"), Does.Not.Exist);
    }

    [Test]
    public void Its_options_belong_to_it()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(script.RunFailing("-Doctor", "-Yes"), Does.Contain("belong to -SetUp"));
            Assert.That(Problem(script.RunFailing("-SetUp", "-Json")).GetProperty("what").GetString(), Does.Contain("it needs -Yes"));
        }
    }

    private string[] Calls => Lines("podman/calls");

    private string[] Asked => Lines("asked.txt");

    private string[] Lines(string file) => File.Exists(machine.PathOf(file)) ? File.ReadAllLines(machine.PathOf(file)) : [];

    private static JsonElement Problem(string report) =>
        JsonDocument.Parse(report).RootElement.GetProperty("findings").EnumerateArray()
            .Single(finding => finding.GetProperty("state").GetString() == "problem");
}
