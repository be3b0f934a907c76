using System.Globalization;
using System.Text;
using Qcw.Build.Host;

namespace Qcw.Build.Releasing;

/// <summary>
/// The table of components and versions in the README: a function of the lines and of the files that tasks make. It stands between two
/// marks; <c>--target=Readme</c> writes it, and a test compares.
/// </summary>
public static class ComponentTable
{
    private const string Begin = "<!-- components: begin (made by --target=Readme) -->\n";
    private const string End = "<!-- components: end -->";

    // in the order of the table: first what people start, then what that needs
    private static readonly (string Component, string Meaning)[] Known =
    [
        ("qemu", "runs virtual machines"),
        ("podman", "runs Linux containers in a virtual machine"),
        ("gvisor-tap-vsock", "gvproxy and win-sshproxy, the network of Podman's machines"),
        ("gocat", "relays connections between TCP and Unix sockets"),
        ("xz", "XZ Utils, unpacks `.xz` files such as machine images"),
    ];

    /// <summary>A text with the table of today between its marks.</summary>
    /// <param name="text">Markdown that has both marks, lines ended by LF.</param>
    /// <param name="lines">One column each, in this order.</param>
    /// <param name="tasks">The tasks that make files for a release.</param>
    /// <exception cref="BuildException">A mark is missing, or a component is not known here.</exception>
    public static string Replace(string text, IReadOnlyList<ReleaseLine> lines, IEnumerable<TaskNode> tasks)
    {
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        int end = begin < 0 ? -1 : text.IndexOf(End, begin, StringComparison.Ordinal);
        return end < 0
            ? throw new BuildException($"the text has no place for the table of components: a line {Begin.TrimEnd()} and behind it a line {End} are expected")
            : text[..(begin + Begin.Length)] + Write(lines, tasks) + text[end..];
    }

    /// <summary>The table alone.</summary>
    /// <exception cref="BuildException">A component of a line is not known here.</exception>
    public static string Write(IReadOnlyList<ReleaseLine> lines, IEnumerable<TaskNode> tasks)
    {
        foreach (ReleaseLine line in lines)
        {
            foreach (Component stranger in line.Components.Where(component => !Known.Any(known => known.Component == component.Name)))
            {
                throw new BuildException($"the line {line.Name} has the component {stranger.Name}, and nothing says what it is: add it to the list in {nameof(ComponentTable)}");
            }
        }

        ILookup<string?, string> files = tasks.Where(task => task.Produces is not null).ToLookup(task => task.Produces!.Component, task => task.Produces!.FileName);
        var text = new StringBuilder("| component | what it is |");
        text.AppendJoin(string.Empty, lines.Select(line => $" line `{line.Name}` | changes |")).Append(" comes as |\n| --- | --- |");
        text.Insert(text.Length, " --- | --- |", lines.Count).Append(" --- |\n");
        foreach ((string name, string meaning) in Known)
        {
            string versions = string.Concat(lines.Select(line => Cells(line.Components.FirstOrDefault(component => component.Name == name))));
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {meaning} |{versions} {Delivery(files[name])} |\n");
        }

        return text.ToString();
    }

    private static string Cells(Component? component) => component switch
    {
        null => " – | |",
        { Patches.Count: 0 } => $" {component.Version} | none |",
        { Patches.Count: 1 } => $" {component.Version} | 1 patch set |",
        _ => $" {component.Version} | {component.Patches.Count.ToString(CultureInfo.InvariantCulture)} patch sets |",
    };

    private static string Delivery(IEnumerable<string> fileNames) => string.Join(", ", fileNames.Select(Kind).Order(StringComparer.Ordinal));

    private static string Kind(string fileName) => fileName switch
    {
        _ when fileName.EndsWith("-setup.exe", StringComparison.Ordinal) => "setup program",
        _ when fileName.EndsWith("-user.msi", StringComparison.Ordinal) => "MSI for one user",
        _ when fileName.EndsWith(".msi", StringComparison.Ordinal) => "MSI",
        _ => Path.GetExtension(fileName)[1..],
    };
}
