using Qcw.Build.Compiling.Builders.Host;
using Qcw.Build.Host;

namespace Qcw.Integration.Tests.Compiling.Builders.Host;

/// <summary>Recipes on this machine ask for the network: where the kernel takes it away, and where only settings do.</summary>
public sealed class HostNetworkTests
{
    private const string Refusal = "a recipe has no network: make what the build asks for a source or a library of the line";

    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void The_usual_ways_to_the_network_are_closed(
        [Values] bool isolated,
        [ValueSource(nameof(Commands))] (string Command, string Message) way) =>
        Assert.That(
            () => Run(way.Command, isolated),
            Throws
                .TypeOf<ProcessFailedException>()
                .With.Message.Contains(way.Message)
                .And.Message.Contains("qcw: test: build failed with exit code"));

    [TestCase("exec 3<>/dev/tcp/192.0.2.1/80", "/dev/tcp/192.0.2.1/80: Network is unreachable")]
    [TestCase("env --ignore-environment git ls-remote https://example.org/x.git", "Could not resolve host: example.org")]
    [TestCase("python3 -I -c 'import socket; socket.create_connection((\"192.0.2.1\", 80))'", "Network is unreachable")]
    public void A_program_that_heeds_no_setting_has_no_network_either(string command, string message) =>
        Assert.That(() => Run(command, isolated: true), Throws.TypeOf<ProcessFailedException>().With.Message.Contains(message));

    [Test]
    public void What_needs_no_network_works([Values] bool isolated)
    {
        string[] lines = Run(
            """
            python3 -c 'import multiprocessing; print(multiprocessing.Pool(1).map(abs, [-7]))'
            : >"$QCW_BUILD/file"
            [[ $(stat -c %u "$QCW_BUILD/file") == $(id -u) ]]
            """,
            isolated);
        Assert.That(lines, Has.Member("[7]"));
    }

    private static IEnumerable<(string Command, string Message)> Commands =>
    [
        ("git ls-remote https://example.org/x.git", "fatal: transport 'https' not allowed"),
        ("git fetch ssh://example.org/x.git", "fatal: "),
        ("curl https://example.org", "qcw: curl: " + Refusal),
        ("wget https://example.org", "qcw: wget: " + Refusal),
        ("python3 -c 'import urllib.request; urllib.request.urlopen(\"https://example.org\")'", Refusal),
        ("python3 -c 'import socket; socket.create_connection((\"192.0.2.1\", 80))'", Refusal),
        ("python3 -c 'import socket; socket.socket().connect((\"192.0.2.1\", 80))'", Refusal),
    ];

    private string[] Run(string commands, bool isolated)
    {
        NetworkIsolation isolation = isolated
            ? NetworkIsolation.Find(ProcessRunner.Run)
            : NetworkIsolation.SettingsOnly("the test says so");
        Assert.That(isolation.Command, isolated ? Is.Not.Empty : Is.Empty, isolation.Description);
        return new TestRecipe(folder) { Build = commands, Isolation = isolation }.Run();
    }
}
