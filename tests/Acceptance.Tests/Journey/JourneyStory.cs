using NUnit.Framework.Interfaces;

namespace Qcw.Acceptance.Tests.Journey;

/// <summary>
/// A story in ordered tests: one Windows, one machine. After a test that failed there is no other, because each would wait long.
/// </summary>
[Category("journey")]
internal abstract class JourneyStory(Installation installation)
{
    /// <summary>Where the guest's image is in that Windows.</summary>
    protected const string Image = @"C:\Downloads\guest image.qcow2";

    private static readonly HttpClient Browser = new() { Timeout = TimeSpan.FromSeconds(30) };

    private string? failed;

    protected JourneyWindows Windows { get; private set; } = null!;

    protected Machine Machine { get; private set; } = null!;

    protected Steps Steps { get; } = new();

    /// <summary>Whether a test needs what those before it have done.</summary>
    protected virtual bool EndsWithFirstFailure => true;

    [OneTimeSetUp]
    public void Install()
    {
        string image = GuestImage.Make(Steps);
        Windows = new JourneyWindows(installation);
        Windows.Install(Steps);
        Windows.Session.CopyIn(image, Image);
        ContainerImage.WriteArchive(Windows.Session.HostPath(@"C:\Downloads\web.tar"));
        ContainerImage.WriteRoot(Windows.Session.HostPath(@"C:\Downloads\root.tar"));
        string transcript = Path.Combine(JourneyFolders.Cache, GetType().Name + ".txt");
        File.Delete(transcript);
        Machine = new Machine(Windows, Steps, transcript);
    }

    [SetUp]
    public void StopAfterFailure()
    {
        if (failed is not null && EndsWithFirstFailure)
        {
            Assert.Inconclusive($"not tried, because this failed before: {failed}");
        }
    }

    [TearDown]
    public void RememberFailure()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
        {
            failed = TestContext.CurrentContext.Test.Name;
        }
    }

    [OneTimeTearDown]
    public void End()
    {
        Steps.Print(GetType().Name);
        Windows?.Dispose();
    }

    /// <summary>What a browser of this machine, outside Wine, gets from a published port. A container needs a moment to listen.</summary>
    protected string Fetch(int port) => Steps.Run($"page of port {port}", () =>
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return Browser.GetStringAsync(new Uri($"http://localhost:{port}/")).GetAwaiter().GetResult();
            }
            catch (HttpRequestException) when (attempt < 20)
            {
                Thread.Sleep(500);
            }
        }
    });

    /// <summary>Checks the machine's disk, which nobody may have open.</summary>
    protected void AssertDiskIsUndamaged()
    {
        string[] disks = Directory.GetFiles(
            Windows.Session.HostPath(PodmanWindows.Home + @"\.local\share\containers\podman\machine\qemu"), "*.qcow2");
        Assert.That(disks, Has.Length.EqualTo(1));
        ProcessResult result = ProcessRunner.Run(new ProcessRequest("qemu-img", "check", disks[0]) { AllowFailure = true });
        Assert.That(result.ExitCode, Is.Zero, result.StandardOutput + result.StandardError);
    }
}
