using System.Text.Json;
using System.Text.RegularExpressions;

namespace Qcw.Acceptance.Tests.Journey;

/// <summary>
/// The way of somebody who reads nothing: the release's qcw-utils.ps1 -SetUp, and again after a stop. There is no PowerShell for Wine, so
/// it runs on Linux, and SetUpOnWine.ps1 leads what it asks of Windows, and the programs that it starts, to Wine.
/// </summary>
[TestFixture]
internal sealed partial class SetUpTests() : JourneyStory(Installation.Usual)
{
    private const string Marker = "\n# The sentence of an error: ";
    private const string Uninstall = @"Software\Microsoft\Windows\CurrentVersion\Uninstall\qcw-qemu";

    private static readonly string[] Keys = [@"Software\Microsoft\Windows NT\CurrentVersion", Uninstall, @"Software\qcw\Podman"];

    private TemporaryFolder folder = null!;
    private Dictionary<string, string?> environment = null!;

    [OneTimeSetUp]
    public void Prepare()
    {
        WineSession session = Windows.Session;
        // Unix sockets are there, through another DLL than Windows' driver
        Directory.CreateDirectory(session.HostPath(@"C:\windows\system32\drivers"));
        File.WriteAllText(session.HostPath(@"C:\windows\system32\drivers\afunix.sys"), string.Empty);

        folder = new TemporaryFolder();
        string script = File.ReadAllText(ReleaseUnderTest.File("qcw-utils.ps1"));
        string[] parts = script.Split(Marker);
        Assert.That(parts, Has.Length.EqualTo(2), "the place in qcw-utils.ps1 behind its functions");
        string own = File.ReadAllText(Path.Combine(JourneyFolders.Sources(string.Empty), "SetUpOnWine.ps1"));
        File.WriteAllText(folder["qcw-utils.ps1"], $"{parts[0]}\n{own}{Marker}{parts[1]}");
        File.WriteAllText(folder["registry.json"], JsonSerializer.Serialize(new
        {
            LocalMachine = Values("HKEY_LOCAL_MACHINE"),
            CurrentUser = Values("HKEY_CURRENT_USER"),
        }));
        environment = Wine.EnvironmentOf(session.Prefix);
        foreach ((string name, string? value) in session.Variables.Concat(Variables(session.RunOk("cmd", "/c set"))))
        {
            environment[name] = value;
        }

        environment["QCW_TEST_DRIVE"] = session.DriveC;
        environment["QCW_TEST_WINE"] = string.Join(' ', Wine.Command);
    }

    [OneTimeTearDown]
    public void DeleteScript() => folder?.Dispose();

    [Test, Order(1)]
    public void From_the_installed_programs_to_a_page()
    {
        string output = SetUp("-MachineImage", Image, "-Image", @"C:\Downloads\web.tar", "-DiskSize", "10");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Contain("Windows Hypervisor Platform is off, and -Yes does not ask for an administrator"));
            Assert.That(output, Does.Contain($"ok       made the machine {Machine.DefaultName} (processors: "));
            Assert.That(output, Does.Contain("ok       the container qcw-hello runs"));
            Assert.That(Fetch(PortOf(output)), Is.EqualTo(ContainerImage.Page));
            Assert.That(Machine.Emulators, Has.Count.EqualTo(1));
        }
    }

    [Test, Order(2)]
    public void A_second_time_nothing_is_left_to_do()
    {
        string output = SetUp();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Contain($"ok       {Machine.DefaultName} runs").And.Contain("ok       the container qcw-hello runs"));
            Assert.That(output, Does.Not.Contain("Starting").And.Not.Contain("Loading"));
            Assert.That(Fetch(PortOf(output)), Is.EqualTo(ContainerImage.Page));
        }
    }

    [Test, Order(3)]
    public void After_a_stop_it_goes_on_where_that_is_needed()
    {
        Machine.Stop();
        string output = SetUp();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Contain($"the machine {Machine.DefaultName} is there"));
            Assert.That(output, Does.Contain($"{Machine.DefaultName} is started"));
            Assert.That(output, Does.Contain($"the image {ContainerImage.Name} is there"));
            Assert.That(Fetch(PortOf(output)), Is.EqualTo(ContainerImage.Page));
        }

        Machine.Stop();
        AssertDiskIsUndamaged();
    }

    private static int PortOf(string output)
    {
        Match match = PageAddress().Match(output);
        Assert.That(match.Success, Is.True, output);
        return int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static IEnumerable<KeyValuePair<string, string?>> Variables(string printed) =>
        from line in printed.Split('\n')
        where WindowsVariable().IsMatch(line)
        let pair = line.Split('=', 2)
        select KeyValuePair.Create(pair[0].Equals("PATH", StringComparison.OrdinalIgnoreCase) ? "PATH" : pair[0], (string?)pair[1]);

    private string SetUp(params string[] options)
    {
        ProcessResult result = Steps.Run($"qcw-utils.ps1 -SetUp {string.Join(' ', options)}", () => Pwsh.Run(
            folder.Path, ["-File", folder["qcw-utils.ps1"], "-SetUp", "-Yes", .. options], environment: environment, limit: Steps.Left));
        string output = result.StandardOutput + result.StandardError;
        TestContext.Out.WriteLine(output);
        Assert.That(result.ExitCode, Is.Zero, output);
        return output;
    }

    private Dictionary<string, Dictionary<string, string>> Values(string hive) =>
        Keys.Select(key => (key, values: Windows.Session.Registry.Read($@"{hive}\{key}"))).Where(pair => pair.values is not null)
            .ToDictionary(
                pair => pair.key,
                pair => pair.values!.Where(value => value.Value.Type is RegistryValue.Text or RegistryValue.ExpandedText)
                    .ToDictionary(value => value.Key, value => value.Value.AsText));

    [GeneratedRegex(@"http://localhost:(\d+) answers")]
    private static partial Regex PageAddress();

    // what Windows itself sets; the rest is this machine's
    [GeneratedRegex(@"^(SystemRoot|ProgramFiles|ProgramData|USERPROFILE|APPDATA|LOCALAPPDATA|TEMP|PATH)=", RegexOptions.IgnoreCase)]
    private static partial Regex WindowsVariable();
}
