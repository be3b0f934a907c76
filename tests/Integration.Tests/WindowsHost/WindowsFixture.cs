using Qcw.Integration.Tests.Host;


namespace Qcw.Integration.Tests.WindowsHost;

/// <summary>A Windows with a checkout and a build host, and the same checkout and host on this machine to compare with.</summary>
internal sealed class WindowsFixture : IDisposable
{
    /// <summary>The mirror that the small line is fetched from.</summary>
    public const string Mirror = @"C:\my mirror";

    private const string Root = @"C:\work\qcw";
    private const string Program = Root + @"\Build.exe";

    private readonly TemporaryFolder folder = new();

    /// <summary>The Windows.</summary>
    public WineSession Windows { get; } = new();

    /// <summary>What the host was published as.</summary>
    public IReadOnlyList<string> ProgramFiles { get; private set; } = [];

    /// <summary>Publishes the host and makes the rest.</summary>
    public void Prepare()
    {
        ProgramFiles = PublishedHost.Publish(folder.Path);
        SmallCheckout.Make(Windows.HostPath(Root));
        SmallCheckout.MakeMirror(Windows.HostPath(Mirror));
        foreach (string file in ProgramFiles)
        {
            Windows.CopyIn(file, $@"{Root}\{Path.GetFileName(file)}");
        }
    }

    /// <summary>This machine's path of an output folder on Windows.</summary>
    public string Artifacts(string name) => Windows.HostPath(@"C:\" + name);

    /// <summary>This machine's path of a file in an output folder on Windows.</summary>
    public string Output(string artifacts, string relative) => Path.Combine(Artifacts(artifacts), relative);

    /// <summary>Runs the Windows program.</summary>
    /// <param name="artifacts">Name of the output folder, on drive C:.</param>
    /// <param name="arguments">As one types them.</param>
    public WineResult Run(string artifacts, string arguments) => Windows.Run(Program, $"\"--artifacts=C:\\{artifacts}\" {arguments}");

    /// <summary>Runs it to an end that must be good.</summary>
    public string RunOk(string artifacts, string arguments)
    {
        WineResult result = Run(artifacts, arguments);
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        return result.Output;
    }

    /// <summary>Runs this machine's own host in the same checkout, to an end that must be good.</summary>
    public string RunHereOk(string artifacts, params string[] arguments)
    {
        (int code, string output) = HostProcess.RunIn(Windows.HostPath(Root), artifacts, arguments);
        Assert.That(code, Is.Zero, output);
        return output;
    }

    public void Dispose()
    {
        Windows.Dispose();
        folder.Dispose();
    }
}
