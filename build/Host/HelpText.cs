using System.Text;

namespace Qcw.Build.Host;

/// <summary>The help: targets from the graph, options and variables from <see cref="OptionTable"/>.</summary>
public static class HelpText
{
    private const int Column = 30;

    /// <summary>Writes the whole help.</summary>
    /// <param name="graph">The targets.</param>
    /// <param name="lines">The lines, each of which is read for its description.</param>
    /// <exception cref="UsageException">A versions file is broken.</exception>
    public static string Write(TaskGraph graph, ReleaseLines lines)
    {
        var text = new StringBuilder()
            .Append("qcw: QEMU Containers for Windows, built from source.\n\n")
            .Append("usage: ./build.sh [options]      ./build.ps1 [options]\n\n")
            .Append("Targets:\n");
        foreach (TaskNode node in graph.Nodes)
        {
            Row(text, node.Name, node.Description);
        }

        text.Append("\nLines:\n");
        foreach (string name in lines.Names)
        {
            Row(text, name, lines.Load(name).Description);
        }

        text.Append("\nOptions:\n");
        foreach (Option option in OptionTable.All.Concat(OptionTable.PerComponent))
        {
            string allowed = option.Allowed is null
                ? string.Empty
                : $" One of: {string.Join(", ", option.Allowed.Select(value => Marked(option, value)))}.";
            string fallback = option.Default is null ? string.Empty : $" Default: {option.Default}.";
            Row(text, Form(option), option.Meaning + allowed + fallback);
        }

        text.Append("\nEnvironment:\n");
        foreach ((string name, string meaning) in OptionTable.Environment)
        {
            Row(text, name, meaning);
        }

        return text.Append("""

            Examples:
              ./build.sh --target=Release --line=debian13 --install-tools
              ./build.sh --target=QemuInstaller --line=debian13
              ./build.sh --target=Release --dryrun
              ./build.sh --target=Verify --release=0.1.0 --require=sums,signature,rebuild
              ./build.sh --target=Test

            Exit codes: 0 done, 1 the build failed, 2 wrong usage or a missing tool.

            """).ToString();
    }

    private static void Row(StringBuilder text, string left, string right)
    {
        string pad = left.Length < Column - 1 ? left.PadRight(Column) : $"{left}\n  {new string(' ', Column)}";
        text.Append("  ").Append(pad).Append(right).Append('\n');
    }

    private static string Form(Option option)
    {
        string letter = option.Letter is { } c ? $"-{c}, " : string.Empty;
        string value = option.Value is null ? string.Empty : option.Bare is null ? $"={option.Value}" : $"[={option.Value}]";
        return $"{letter}--{option.Name}{value}";
    }

    private static string Marked(Option option, string value) => option.Experimental.Contains(value) ? value + " (experimental)" : value;
}
