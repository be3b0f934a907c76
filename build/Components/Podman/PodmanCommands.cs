namespace Qcw.Build.Components;

/// <summary>The commands of a Podman client, as its own help lists them.</summary>
internal static class PodmanCommands
{
    private const string Heading = "Available Commands:";

    /// <summary>All commands and their subcommands: <c>image</c>, <c>image rm</c>, …</summary>
    /// <param name="help">Podman's output for <c>help</c> and a command's words.</param>
    /// <exception cref="BuildException">The help lists none.</exception>
    public static IReadOnlyList<string> List(Func<IReadOnlyList<string>, string> help)
    {
        var all = new List<string>();
        Add(all, [], help);
        return all.Count > 0 ? all : throw new BuildException($"podman's help lists no commands: no lines behind '{Heading}'");
    }

    /// <summary>The name of a command's page, without an ending: <c>podman-image-rm</c>.</summary>
    public static string Page(string command) => "podman-" + command.Replace(' ', '-');

    private static void Add(List<string> all, string[] parent, Func<IReadOnlyList<string>, string> help)
    {
        // the list ends at an empty line
        foreach (string line in help(parent).Split('\n').SkipWhile(line => line != Heading).Skip(1).TakeWhile(line => line.StartsWith(' ')))
        {
            string[] command = [.. parent, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]];
            all.Add(string.Join(' ', command));
            Add(all, command, help);
        }
    }
}
