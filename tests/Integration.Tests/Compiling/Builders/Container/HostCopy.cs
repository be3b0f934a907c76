using System.Globalization;

namespace Qcw.Integration.Tests.Compiling.Builders.Container;

/// <summary>
/// The build host and what it reads of the checkout, in a folder that every user can read: root's own folders are closed to others.
/// </summary>
internal sealed class HostCopy : IDisposable
{
    /// <summary>A user that nobody is.</summary>
    public const int User = 61234;

    private readonly TemporaryFolder folder = new();

    /// <summary>Copies.</summary>
    public HostCopy()
    {
        Repository.CopyInputsTo(folder["checkout"]);
        Sh($"cp -R '{AppContext.BaseDirectory}' '{folder.Path}/host'");
        Sh($"mkdir '{Artifacts}' && chmod -R a+rX '{folder.Path}' && chown {User}:{User} '{Artifacts}'");
    }

    /// <summary>The output folder; it belongs to <see cref="User"/>.</summary>
    public string Artifacts => folder["artifacts"];

    /// <summary>Runs it as <see cref="User"/>.</summary>
    public ProcessResult Run(params string[] arguments)
    {
        string user = User.ToString(CultureInfo.InvariantCulture);
        return ProcessRunner.Run(
            new ProcessRequest(
                "setpriv",
                [
                    "--reuid=" + user,
                    "--regid=" + user,
                    "--clear-groups",
                    "dotnet",
                    folder["host/Build.dll"],
                    "--artifacts=" + Artifacts,
                    "--line=debian13",
                    .. arguments,
                ])
            {
                AllowFailure = true,
                WorkingDirectory = folder["checkout"],
                Environment = new Dictionary<string, string?>
                {
                    ["CI"] = "true",
                    ["HOME"] = Artifacts,
                    ["QCW_CALLER_DIRECTORY"] = null,
                },
            });
    }

    /// <summary>Paths under the output folder that belong to somebody else.</summary>
    public string[] FilesOfOthers() =>
        ProcessRunner.Run(new ProcessRequest("find", Artifacts, "-not", "-uid", User.ToString(CultureInfo.InvariantCulture)))
            .StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => folder.Dispose();

    private static void Sh(string command) => ProcessRunner.Run(new ProcessRequest("bash", "-c", command));
}
