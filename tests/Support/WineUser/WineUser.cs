namespace Qcw.Tests.Support;

/// <summary>
/// A person without an administrator's rights in a session. Wine knows no such: every program may write everywhere. What is shown with
/// it is honest for the registry, where Wine checks the rights of a program's token, and for what programs ask of their own token.
/// Windows' question for an administrator (UAC) does not exist: a program that is started "as administrator" has no more rights than its
/// parent, which is what it gets on a Windows where UAC is off.
/// </summary>
public sealed class WineUser
{
    private const string Program = @"C:\as-user.exe";
    // of as-user.c
    private const int NotStarted = 250250;
    private const int Unknown = 250251;

    private readonly WineSession session;

    /// <summary>From now on only administrators write into HKEY_LOCAL_MACHINE's Software and into the environment of all users.</summary>
    public WineUser(WineSession session)
    {
        this.session = session;
        string source = Path.Combine(Repository.Root, "tests", "Support", nameof(WineUser), "as-user.c");
        ProcessRunner.Run(new ProcessRequest(
            "x86_64-w64-mingw32-gcc", "-municode", "-O2", "-Wall", "-Wextra", "-Werror", "-s", "-o", session.HostPath(Program), source,
            "-ladvapi32"));
        session.RunOk(Program, "lock");
    }

    /// <summary>Runs a program as that person, to its end.</summary>
    /// <param name="program">A Windows path.</param>
    /// <param name="arguments">As one would type them in a command prompt.</param>
    /// <exception cref="AssertionException">It could not be started: that is no answer of the program's.</exception>
    public WineResult Run(string program, string arguments = "")
    {
        WineResult result = session.Run(Program, $"run \"{program}\" {arguments}");
        return result.ExitCode is NotStarted or Unknown
            ? throw new AssertionException($"{program} {arguments} did not run as the user:\n{result.Output}")
            : result;
    }

    /// <summary>
    /// Until the end nobody can make anything in <c>C:\Program Files</c>, nor in the Start menu of all users: each is a place of this
    /// machine where not even root can.
    /// </summary>
    public IDisposable CloseFolders() => new ClosedFolders(
        [.. new[] { "Program Files", "ProgramData/Microsoft/Windows/Start Menu" }.Select(name => Path.Combine(session.DriveC, name))]);

    private sealed class ClosedFolders : IDisposable
    {
        private const string Kept = " of before";

        private readonly string[] folders;

        public ClosedFolders(string[] folders)
        {
            this.folders = folders;
            foreach (string folder in folders)
            {
                Directory.Move(folder, folder + Kept);
                Directory.CreateSymbolicLink(folder, "/proc");
            }
        }

        public void Dispose()
        {
            foreach (string folder in folders)
            {
                File.Delete(folder); // the link
                Directory.Move(folder + Kept, folder);
            }
        }
    }
}
