using System.Globalization;
using System.Text;

namespace Qcw.Build.Reporting;

/// <summary>
/// Draws a report as one HTML page: no script, nothing from elsewhere. The same facts give the same bytes.
/// </summary>
/// <param name="facts">What it is drawn from.</param>
public sealed class ReportPage(ReportFacts facts)
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private const int MostOpen = 12;
    private const int MostBytes = 290_000;
    private const int Coarsest = 64;

    private bool IsOfBuild => facts.Timeline is not null;

    /// <summary>
    /// The page, UTF-8 text with LF. Where it would be too large to be sent around, it shows fewer of the small things; sums stay right.
    /// </summary>
    public string Draw()
    {
        string page = Draw(coarseness: 1);
        for (int coarseness = 2; coarseness <= Coarsest && Encoding.UTF8.GetByteCount(page) >= MostBytes; coarseness *= 2)
        {
            page = Draw(coarseness);
        }

        return page;
    }

    private string Draw(int coarseness)
    {
        string title = IsOfBuild ? $"qcw {facts.Line}: build report" : $"qcw {facts.Line}: release report";
        var sizes = new SizesPart(facts.Release, facts.Difference, coarseness);
        return Markup.Of(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <style>{Markup.Raw(ReportStyle.Css)}</style>
            </head>
            <body>
            <header><div>
            <h1>{title}{Subtitle()}</h1>
            {(facts.Timeline is { } run ? BuildPart.Head(run) : ReleaseHead())}
            <nav aria-label="Parts of this page"><ul>{Contents()}</ul></nav>
            </div></header>
            <main>
            {(facts.Timeline is { } timeline ? BuildPart.Draw(timeline) : Markup.None)}
            {sizes.Draw()}
            {new ChangesPart(facts.Difference).Draw()}
            {Patches()}
            {Trust()}
            </main>
            <footer><p>{Foot()}</p></footer>
            </body>
            </html>

            """).ToString().ReplaceLineEndings("\n");
    }

    private Markup Subtitle() => IsOfBuild
        ? Markup.None
        : Markup.Of($"<small>What is in this release, what changed, which patches it has, and what vouches for it.</small>");

    private Markup Contents()
    {
        (string Id, string Text)[] parts =
        [
            .. IsOfBuild ? [("timeline", "Timeline"), ("why", "Why each step ran")] : ((string, string)[])[],
            ("sizes", "Sizes"), ("changes", "What changed"), ("patches", "Patches"), ("trust", "Trust"),
        ];
        return Markup.Join(parts.Select(part => Markup.Of($"<li><a href=\"#{part.Id}\">{part.Text}</a></li>")));
    }

    private Markup ReleaseHead() => Markup.Of(
        $"""
        <dl class="facts">
        {PagePieces.Fact("Files", facts.Release.Files.Count.ToString(CultureInfo.InvariantCulture), "with a bill of materials each")}
        {PagePieces.Fact("Unpacked", ByteSize.Format(facts.Release.Files.Sum(file => file.Unpacked)), "all files together")}
        {PagePieces.Fact(
            "Inside", facts.Release.Items.Count(item => !item.OnlyBuilds).ToString(CultureInfo.InvariantCulture),
            "components, libraries, modules, packages")}
        {PagePieces.Fact("Patches", facts.Patches.Count.ToString(CultureInfo.InvariantCulture), "on their sources")}
        {PagePieces.Fact(
            "Open advisories", facts.Release.Vulnerabilities.Count(one => one.IsOpen).ToString(CultureInfo.InvariantCulture),
            $"of {facts.Release.Vulnerabilities.Count} that were judged")}
        </dl>
        """);

    private Markup Patches()
    {
        string counts = string.Join(", ", facts.Patches.GroupBy(patch => patch.State).OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => string.Create(CultureInfo.InvariantCulture, $"{same.Count()} {same.Key}")));
        return Markup.Of(
            $"""
            <section aria-labelledby="patches"><h2 id="patches">Patches and what became of them upstream</h2>
            {(facts.Patches.Count == 0
                ? Markup.Of($"<p>None: every component is upstream’s source as it is.</p>")
                : Markup.Of(
                    $"""
                    <p class="lead">{facts.Patches.Count} patches: {counts}. The states are those that the patches’ records give;
                    <code>--target=PatchStatus</code> holds them against upstream’s source.</p>
                    {facts.Patches.GroupBy(patch => patch.Component).Select(PatchesOf)}
                    """))}
            </section>
            """);
    }

    private static Markup PatchesOf(IGrouping<string, PatchState> patches) => PagePieces.Box(
        Markup.Of($"<strong><bdi>{patches.Key}</bdi></strong>: {patches.Count()} {(patches.Count() == 1 ? "patch" : "patches")}"),
        PagePieces.Table(
            $"Patches of {patches.Key}", ["patch", "state", "what it does", "from"],
            patches.Select(patch => Markup.Of(
                $"<tr>{PagePieces.RowHead(patch.Name)}<td>{PagePieces.Tag(patch.State, PatchKind(patch.State))} "
                    + $"<span class=\"quiet\"><bdi>{patch.Detail}</bdi></span></td>"
                    + $"<td class=\"words\"><bdi>{patch.Title}</bdi>{Against(patch)}</td><td>{Linked(patch)}</td></tr>"))),
        isOpen: patches.Count() <= MostOpen);

    private static Markup Against(PatchState patch) => patch.Vulnerabilities.Count == 0
        ? Markup.None
        : Markup.Of($" <span class=\"quiet\">({string.Join(", ", patch.Vulnerabilities)})</span>");

    private static string PatchKind(string state) => state switch
    {
        "merged" or "superseded" => "good",
        "rejected" => "bad",
        "never-sent" => "warn",
        _ => "quiet",
    };

    private static Markup Linked(PatchState patch) =>
        patch.Address is { } address && Uri.TryCreate(address, UriKind.Absolute, out Uri? place) && place.Scheme is "http" or "https"
            ? Markup.Of($"<a href=\"{place.AbsoluteUri}\"><bdi>{patch.From}</bdi></a>")
            : Markup.Of($"<bdi>{patch.From}</bdi>");

    private Markup Trust() => Markup.Of(
        $"""
        <section aria-labelledby="trust"><h2 id="trust">Trust</h2>
        <p class="lead">What vouches for the files. This page itself proves nothing: <code>--target=Verify</code> checks a release,
        and <code>docs/verify-release.md</code> says how to do it by hand.</p>
        {PagePieces.Table(
            "What vouches for the release", ["what", "state", "by whom, and how to check it"],
            facts.Trust.Select(fact => Markup.Of(
                $"<tr>{PagePieces.RowHead(fact.What)}<td>{PagePieces.Tag(fact.State, TrustKind(fact.State))}</td>"
                    + $"<td class=\"words\"><bdi>{fact.Detail}</bdi></td></tr>")))}
        {PagePieces.Box(
            Markup.Of($"Checksums (SHA-256) of the files as they were built, before any signature was attached"),
            PagePieces.Table(
                "Checksums", ["file", "sha256 of the unsigned file", "what Authenticode signs"],
                facts.Release.Files.Select(file => Markup.Of(
                    $"<tr>{PagePieces.RowHead(file.Name)}<td><code>{file.Sha256}</code></td>"
                        + $"<td><code>{file.AuthenticodeSha256 ?? "—"}</code></td></tr>"))))}
        </section>
        """);

    private static string TrustKind(string state) => state switch
    {
        "yes" => "good",
        "no" => "warn",
        _ => "quiet",
    };

    private string Foot() => IsOfBuild
        ? "Made by qcw from artifacts/report/steps.jsonl and the records of what was built. trace.json beside this page opens in Perfetto."
        : "Made by qcw from the bills of materials and the line’s records: the same release gives the same page on every machine. "
            + "It has no clock in it, and SHA256SUMS covers it.";
}

/// <summary>What several parts of a page are put together from.</summary>
internal static class PagePieces
{
    /// <summary>A table with a name and heads of columns; numbers in it have the class <c>n</c>.</summary>
    public static Markup Table(
        string name, IReadOnlyList<string> heads, IEnumerable<Markup> rows, int firstNumber = int.MaxValue) => Markup.Of(
        $"""
        <div class="scroll" role="group" aria-label="{name}" tabindex="0"><table>
        <thead><tr>{heads.Select((head, index) => ColumnHead(head, index >= firstNumber))}</tr></thead>
        <tbody>
        {rows.Select(row => Markup.Of($"{row}\n"))}</tbody></table></div>
        """);

    /// <summary>The head of a row, which others may have named.</summary>
    public static Markup RowHead(string? name) => Markup.Of($"<th scope=\"row\" class=\"key\"><bdi>{name}</bdi></th>");

    /// <summary>What can be opened.</summary>
    public static Markup Box(Markup summary, Markup content, bool isOpen = false) => Markup.Of(
        $"""
        <details class="box"{(isOpen ? " open" : string.Empty)}><summary>{summary}</summary>
        {content}
        </details>
        """);

    /// <summary>A fact of the head.</summary>
    public static Markup Fact(string name, string value, string more = "", string kind = "") =>
        Markup.Of($"<div><dt>{name}</dt><dd{ClassOf(kind)}><bdi>{value}</bdi>{Small(more)}</dd></div>\n");

    /// <summary>A word in a frame.</summary>
    /// <param name="word">The word.</param>
    /// <param name="kind">A class: <c>good</c>, <c>bad</c>, <c>warn</c>, <c>quiet</c>.</param>
    public static Markup Tag(string word, string kind) => Markup.Of($"<span class=\"tag {kind}\">{word}</span>");

    /// <summary>A difference of sizes for people; null where there is nothing to compare with.</summary>
    public static Markup Delta(long? was, long now)
    {
        if (was is not { } before)
        {
            return Markup.Of($"new");
        }

        long delta = now - before;
        string sign = delta > 0 ? "+" : "−";
        return delta == 0 ? Markup.Of($"±0") : Markup.Of($"{sign}{ByteSize.Format(Math.Abs(delta))}");
    }

    private static Markup ClassOf(string kind) => kind.Length == 0 ? Markup.None : Markup.Of($" class=\"{kind}\"");

    private static Markup ColumnHead(string head, bool isNumber) =>
        Markup.Of($"<th scope=\"col\"{(isNumber ? Markup.Of($" class=\"n\"") : Markup.None)}>{head}</th>");

    private static Markup Small(string text) => text.Length == 0 ? Markup.None : Markup.Of($"<small><bdi>{text}</bdi></small>");
}
