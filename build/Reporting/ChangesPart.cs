namespace Qcw.Build.Reporting;

/// <summary>The part of a report about what changed since another release.</summary>
/// <param name="difference">What changed; null: nothing is compared.</param>
internal sealed class ChangesPart(ReleaseDifference? difference)
{
    private const int MostRows = 150;
    private const int MostFiles = 60;

    /// <summary>The section.</summary>
    public Markup Draw() => Markup.Of(
        $"""
        <section aria-labelledby="changes"><h2 id="changes">What changed</h2>
        {(difference is null
            ? Markup.Of(
                $"<p>This report compares with no other release: <code>--against=DIR</code> names the folder of one, with its "
                    + $"bills of materials.</p>")
            : Changes(difference))}
        </section>
        """);

    private static Markup Changes(ReleaseDifference all) => Markup.Of(
        $"""
        <p class="lead">Since <bdi>{all.Before.Line ?? all.Before.Name}</bdi>: {Count(all.Versions.Count, "version")},
        {Count(all.Licences.Count, "licence")}, {Count(all.Patches.Count, "patch", "patches")}, {Count(all.Tools.Count, "tool")} changed;
        {Count(all.Gained.Count, "advisory", "advisories")} gained, {all.Fixed.Count} fixed.</p>
        {Advisories(all)}
        {Part("Versions", ["what", "was", "is"], all.Versions, "No version of anything inside changed.", isOpen: true)}
        {Part("Licences", ["what", "was", "is"], all.Licences, "No licence changed.")}
        {Part("Patches", ["patch", "was (sha256)", "is (sha256)"], all.Patches, "No patch changed.")}
        {Part("Tools", ["tool", "was", "is"], all.Tools, "It was made with the same tools.")}
        {all.Files.Select(Contents)}
        """);

    private static string Count(int count, string one, string? several = null) =>
        count == 1 ? $"1 {one}" : $"{count.ToString(System.Globalization.CultureInfo.InvariantCulture)} {several ?? one + "s"}";

    private static Markup Advisories(ReleaseDifference all) => all.Gained.Count + all.Fixed.Count == 0
        ? Markup.Of($"<p>No advisory was gained or fixed.</p>")
        : PagePieces.Table(
            "Advisories", ["advisory", "component", "change", "what is known"],
            all.Gained.Select(one => (One: one, Word: "gained", Kind: "bad"))
                .Concat(all.Fixed.Select(one => (One: one, Word: "fixed", Kind: "good")))
                .Take(MostRows)
                .Select(row => Markup.Of(
                    $"<tr>{PagePieces.RowHead(row.One.Id)}<td><bdi>{row.One.Component}</bdi></td>"
                        + $"<td>{PagePieces.Tag(row.Word, row.Kind)}</td><td class=\"words\"><bdi>{row.One.Detail}</bdi></td></tr>")));

    private static Markup Part(string name, IReadOnlyList<string> heads, IReadOnlyList<Change> changes, string none, bool isOpen = false) =>
        changes.Count == 0
            ? Markup.Of($"<p>{none}</p>")
            : PagePieces.Box(
                Markup.Of(
                    $"<strong>{name}</strong>: {changes.Count}"
                        + $"{(changes.Count > MostRows ? $", the first {MostRows} are listed" : string.Empty)}"),
                PagePieces.Table(name, heads, changes.Take(MostRows).Select(Row)), isOpen);

    private static Markup Row(Change change) => Markup.Of(
        $"<tr>{PagePieces.RowHead(change.Name)}<td>{Value(change.Was, "new")}</td><td>{Value(change.Is, "gone")}</td></tr>");

    private static Markup Value(string? value, string without) =>
        value is null ? Markup.Of($"<span class=\"quiet\">{without}</span>") : Markup.Of($"<bdi>{value}</bdi>");

    private static Markup Contents(FileDifference file)
    {
        if (file.Was is null || file.Is is null)
        {
            return Markup.Of(
                $"<p><strong><bdi>{file.Is?.Name ?? file.Was?.Name}</bdi></strong> "
                    + $"{(file.Was is null ? "is new in this release." : "is not in this release any more.")}</p>");
        }

        if (file.Added.Count + file.Removed.Count + file.Changed.Count == 0)
        {
            return Markup.Of($"<p><strong><bdi>{file.Is.Name}</bdi></strong> has the same files inside.</p>");
        }

        (string Word, ContainedFile? Was, ContainedFile? Is)[] rows =
        [
            .. file.Added.Select(one => ("added", (ContainedFile?)null, (ContainedFile?)one)),
            .. file.Removed.Select(one => ("removed", (ContainedFile?)one, (ContainedFile?)null)),
            .. file.Changed.OrderByDescending(one => Math.Abs(one.Is.Size - one.Was.Size))
                .ThenBy(one => one.Is.Path, StringComparer.Ordinal)
                .Select(one => ("changed", (ContainedFile?)one.Was, (ContainedFile?)one.Is)),
        ];
        string cut = rows.Length > MostFiles ? $", {MostFiles} are listed" : string.Empty;
        return PagePieces.Box(
            Markup.Of(
                $"<strong><bdi>{file.Is.Name}</bdi></strong>: {file.Added.Count} files added, {file.Removed.Count} removed, "
                    + $"{file.Changed.Count} changed{cut}"),
            PagePieces.Table(
                $"Files in {file.Is.Name}", ["file", "change", "was", "is"],
                rows.Take(MostFiles).Select(row => Markup.Of(
                    $"<tr>{PagePieces.RowHead((row.Is ?? row.Was)!.Path)}<td>{row.Word}</td>"
                        + $"<td class=\"n\">{Size(row.Was)}</td><td class=\"n\">{Size(row.Is)}</td></tr>")),
                firstNumber: 2));
    }

    private static string Size(ContainedFile? file) => file is null ? "—" : ByteSize.Format(file.Size);
}
