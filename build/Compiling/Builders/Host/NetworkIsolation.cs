namespace Qcw.Build.Compiling.Builders.Host;

/// <summary>
/// How a recipe on this machine is kept from the network. A network namespace of its own, see network_namespaces(7), keeps every program
/// from it. Where the kernel refuses one, what <c>recipe.sh</c> sets for every builder is all there is.
/// </summary>
/// <param name="Command">
/// The program, and its arguments, that runs the rest of a command line without a network; empty where there is none.
/// </param>
/// <param name="Description">What is done, for the log.</param>
public sealed record NetworkIsolation(IReadOnlyList<string> Command, string Description)
{
    private const string Unshare = "/usr/bin/unshare";

    /// <summary>Nothing but the settings of <c>recipe.sh</c>.</summary>
    /// <param name="reason">Why there is no more.</param>
    public static NetworkIsolation SettingsOnly(string reason) =>
        new(
            [],
            $"recipes have a network here ({reason}): git, curl, wget, pip and Python are told not to use it, "
                + "but nothing stops other programs; --builder=container does");

    /// <summary>Tries what this machine allows: as root, then as a user who may have a user namespace.</summary>
    /// <param name="run">Runs a program.</param>
    public static NetworkIsolation Find(Func<ProcessRequest, ProcessResult> run)
    {
        if (!File.Exists(Unshare))
        {
            return SettingsOnly($"there is no {Unshare}");
        }

        string reason = string.Empty;
        foreach (string[] options in (string[][])[["--net"], ["--user", "--map-current-user", "--net"]])
        {
            try
            {
                ProcessResult result = run(new ProcessRequest(Unshare, [.. options, "--", "/bin/true"]) { AllowFailure = true });
                if (result.ExitCode == 0)
                {
                    return new NetworkIsolation(
                        [Unshare, .. options, "--"], "recipes have no network: each runs in a network namespace of its own");
                }

                reason = result.StandardError.Trim();
            }
            catch (ProcessFailedException e)
            {
                reason = e.Message;
            }
        }

        return SettingsOnly(reason);
    }
}
