namespace Qcw.Tests.Support;

/// <summary>Runs git as a person would, but without the configuration of the person whose machine it is.</summary>
public static class TestRepository
{
    private static readonly string[] Identity =
        ["-c", "user.name=Someone", "-c", "user.email=someone@example.org", "-c", "protocol.file.allow=always"];

    private static readonly Dictionary<string, string?> Isolated = new()
    {
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
    };

    /// <summary>Runs git in a folder.</summary>
    /// <returns>Its output without the last line break.</returns>
    public static string Git(string folder, params string[] arguments) =>
        ProcessRunner.Run(new ProcessRequest("git", [.. Identity, .. arguments]) { WorkingDirectory = folder, Environment = Isolated })
            .StandardOutput.TrimEnd('\n');

    /// <summary>Makes a folder a repository and commits everything in it.</summary>
    /// <returns>The commit's id.</returns>
    public static string Commit(string folder, string message = "state")
    {
        Git(folder, "init", "--quiet", "--initial-branch=main");
        Git(folder, "add", "--all");
        Git(folder, "commit", "--quiet", "--message", message);
        return Git(folder, "rev-parse", "HEAD");
    }
}
