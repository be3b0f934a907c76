using System.Globalization;
using System.Text;

namespace Qcw.Build.Releasing;

/// <summary>
/// The table of components and versions in the README: a function of the lines and of the files that tasks make. It is between two marks;
/// <c>--target=Readme</c> writes it, and a test compares.
/// </summary>
public static class ComponentTable
{
    private const string Begin = "<!-- components: begin (made by --target=Readme) -->\n";
    private const string End = "<!-- components: end -->";

    /// <summary>A text with the current table between its marks.</summary>
    /// <param name="text">Markdown that has both marks, lines ended by LF.</param>
    /// <param name="lines">One column each, in this order.</param>
    /// <param name="components">The rows, in this order.</param>
    /// <exception cref="BuildException">A mark is missing.</exception>
    public static string Replace(string text, IReadOnlyList<ReleaseLine> lines, IReadOnlyList<ShippedComponent> components)
    {
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        int end = begin < 0 ? -1 : text.IndexOf(End, begin, StringComparison.Ordinal);
        return end < 0
            ? throw new BuildException(
                $"the text has no place for the table of components: expected a line {Begin.TrimEnd()}, and after it a line {End}")
            : text[..(begin + Begin.Length)] + Write(lines, components) + text[end..];
    }

    /// <summary>The table alone.</summary>
    public static string Write(IReadOnlyList<ReleaseLine> lines, IReadOnlyList<ShippedComponent> components)
    {
        var text = new StringBuilder("| component | what it is |");
        text.AppendJoin(string.Empty, lines.Select(line => $" line `{line.Name}` | changes |")).Append(" comes as |\n| --- | --- |");
        text.Insert(text.Length, " --- | --- |", lines.Count).Append(" --- |\n");
        foreach (ShippedComponent shipped in components)
        {
            string versions = string.Concat(
                lines.Select(line => Cells(line.Components.FirstOrDefault(component => component.Name == shipped.Name))));
            string kinds = string.Join(", ", shipped.Kinds.Where(kind => lines.Any(kind.AppliesTo)).Select(kind => kind.Name));
            text.Append(CultureInfo.InvariantCulture, $"| {shipped.Name} | {shipped.Purpose} |{versions} {kinds} |\n");
        }

        return text.ToString();
    }

    private static string Cells(Component? component) => component switch
    {
        null => " – | |",
        { Patches.Count: 0 } => $" {component.Version} | none |",
        _ => $" {component.Version} | {string.Join(", ", Changes(component.Patches))} |",
    };

    private static IEnumerable<string> Changes(IReadOnlyList<SourcePatch> patches)
    {
        DebianPatches[] debian = [.. patches.OfType<DebianPatches>()];
        if (patches.Count - debian.Length is > 0 and var own)
        {
            yield return own == 1 ? "1 patch set" : $"{own.ToString(CultureInfo.InvariantCulture)} patch sets";
        }

        if (debian.Length > 0)
        {
            // how many all are, only Debian's archive says
            yield return debian.Any(one => one.Take.Count == 0) ? "Debian's patches"
                : debian.Sum(one => one.Take.Count) is > 1 and var taken
                    ? $"{taken.ToString(CultureInfo.InvariantCulture)} of Debian's patches"
                    : "1 of Debian's patches";
        }
    }
}

/// <summary>A row of the table.</summary>
/// <param name="Name">The component's name in the lines.</param>
/// <param name="Purpose">What it is for, in Markdown.</param>
/// <param name="Kinds">What it is shipped as.</param>
public sealed record ShippedComponent(string Name, string Purpose, IReadOnlyList<ShippedKind> Kinds);

/// <summary>A file that a component is shipped as.</summary>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="AppliesTo">True for a line that has it.</param>
public sealed record ShippedKind(string Name, Func<ReleaseLine, bool> AppliesTo);
