using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Qcw.Build.Packaging;
using Qcw.Build.Reporting;
using Qcw.Build.Tests.Attesting;

namespace Qcw.Build.Tests.Reporting;

/// <summary>The page of a report. What it looks like in a browser is for <c>--target=ReportCheck</c>.</summary>
public sealed partial class ReportPageTests
{
    private const string Script = "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onload='x";
    private const int MostBytes = 300_000;

    private static readonly string[] Elements =
    [
        "html", "head", "meta", "title", "style", "body", "header", "div", "h1", "h2", "small", "dl", "dt", "dd", "bdi", "nav", "ul", "li",
        "a", "main", "section", "p", "span", "svg", "defs", "pattern", "path", "text", "g", "rect", "details", "summary", "table", "thead",
        "tbody", "tr", "th", "td", "strong", "code", "footer",
    ];

    private static readonly string[] Hostile =
    [
        Script, "\u202Egnp.exe\u202C", "\u0000\u001b[31m\uFFFF", "\uD800 alone", new string('x', 10_240), "javascript:alert(1)",
        "]]>&amp;<!--", "‏עברית 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
    ];

    [TestCaseSource(nameof(Hostile))]
    public void What_others_wrote_is_text(string name)
    {
        ReportFacts facts = HostileFacts(name);
        XDocument page = Parse(new ReportPage(facts).Draw());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Descendants().Select(element => element.Name.LocalName).Distinct(), Is.SubsetOf(Elements));
            Assert.That(
                page.Descendants().Attributes().Where(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)
                    || attribute.Name.LocalName is "src" or "style"), Is.Empty);
            Assert.That(
                page.Descendants("a").Select(link => link.Attribute("href")!.Value), Is.All.StartsWith("#").Or.StartsWith("https://"));
        }
    }

    [Test]
    public void A_script_is_shown_as_it_is_written() =>
        Assert.That(
            Parse(new ReportPage(HostileFacts(Script)).Draw()).Descendants("bdi").Count(element => element.Value == Script),
            Is.GreaterThan(5), "component, patch, title, file, input, error");

    [Test]
    public void A_character_that_turns_the_direction_of_writing_is_shown_as_its_code()
    {
        string page = new ReportPage(HostileFacts("\u202Egnp.exe")).Draw();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Not.Contain('\u202E'));
            Assert.That(page, Does.Contain("\\u{202e}gnp.exe"));
        }
    }

    [Test]
    public void A_long_name_is_cut_and_says_how_long_it_is()
    {
        string page = new ReportPage(HostileFacts(new string('x', 10_240))).Draw();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain("… (10,240 characters)"));
            Assert.That(page, Has.Length.LessThan(MostBytes));
        }
    }

    [Test]
    public void Nothing_is_loaded_and_no_script_may_run()
    {
        XDocument page = Parse(new ReportPage(SampleReport.Facts() with { Timeline = Timeline.Of(SampleReport.Run()) }).Draw());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                page.Descendants("meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content")?.Value,
                Is.EqualTo("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
            Assert.That(page.Descendants("style").Single().Value, Does.Not.Contain("url(").And.Not.Contain("@import"));
            Assert.That(page.Descendants("link").Concat(page.Descendants("img")).Concat(page.Descendants("script")), Is.Empty);
        }
    }

    [Test]
    public void Rows_of_sizes_sum_to_what_is_installed()
    {
        ArtifactRecord record = SampleRecord.Record with
        {
            Contents =
            [
                .. SampleRecord.Record.Contents,
                .. Enumerable.Range(0, 300).Select(i => new PackedFile(
                    string.Create(CultureInfo.InvariantCulture, $"share/{i % 7}/{i}.txt"), new string('b', 64), 1 + (i * i), "xz")),
            ],
        };
        ReleaseContents release = SampleReport.Release(record);
        XDocument page = Parse(new ReportPage(SampleReport.Facts(release)).Draw());
        bool IsTable(XElement div) => div.Attribute("aria-label")?.Value.StartsWith("Sizes in", StringComparison.Ordinal) == true;
        XElement[] rows = [.. page.Descendants("div").Single(IsTable)
            .Descendants("tbody").Single().Elements("tr")];
        long Bytes(XElement row) =>
            long.Parse(row.Elements("td").ElementAt(1).Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        XElement[] items = [.. rows.Where(row => row.Attribute("class") is null)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(items.Sum(Bytes), Is.EqualTo(record.Contents.Sum(file => file.Size)), "components");
            foreach (XElement item in items)
            {
                XElement[] folders =
                [
                    .. item.ElementsAfterSelf().TakeWhile(row => row.Attribute("class") is not null)
                        .Where(row => row.Attribute("class")!.Value == "sub"),
                ];
                Assert.That(folders.Length == 0 ? Bytes(item) : folders.Sum(Bytes), Is.EqualTo(Bytes(item)), item.Value);
            }

            Assert.That(rows.Count(row => row.Attribute("class")?.Value == "sub"), Is.GreaterThan(3));
        }
    }

    [Test]
    public void The_page_of_a_release_with_thousands_of_components_and_files_can_be_sent_around()
    {
        ContainedItem[] items =
        [
            .. Enumerable.Range(0, 700).Select(i => new ContainedItem(
                string.Create(CultureInfo.InvariantCulture, $"component:c{i}"), "library", "c", "1", "MIT",
                [
                    .. Enumerable.Range(0, 12).Select(j => new ContainedFile(
                        string.Create(CultureInfo.InvariantCulture, $"share/folder-{i}-{j}/file-{j}.bin"), new string('a', 64), 1000 + j)),
                ])),
        ];
        ReleasedContents one = new("x-1.0.zip", "1.0", "sample", new string('a', 64), items, [], []);
        var release = new ReleaseContents("sample", [one, one with { Name = "y-1.0.zip" }, one with { Name = "z-1.0.zip" }]);
        string page = new ReportPage(SampleReport.Facts(release)).Draw();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetByteCount(page), Is.LessThan(MostBytes));
            Assert.That(page, Does.Contain($"{one.Unpacked.ToString("N0", CultureInfo.InvariantCulture)} bytes in 8,400 files"));
        }
    }

    [Test]
    public void The_report_of_a_release_has_no_clock_in_it()
    {
        string page = new ReportPage(SampleReport.Facts()).Draw();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Not.Contain("id=\"timeline\"").And.Not.Contain("1970"));
            Assert.That(new ReportPage(SampleReport.Facts()).Draw(), Is.EqualTo(page));
        }
    }

    [Test]
    public void Why_a_step_ran_is_told_with_what_changed()
    {
        XDocument page = Parse(new ReportPage(SampleReport.Facts() with { Timeline = Timeline.Of(SampleReport.Run()) }).Draw());
        XElement row = page.Descendants("tr").Single(row => row.Element("th")?.Value == "xz compile");
        Assert.That(row.Elements("td").First().Value, Is.EqualTo("its inputs changed: tool gcc 12 → 13"));
    }

    [Test]
    public void Identifiers_are_unique_and_every_link_inside_leads_somewhere()
    {
        var difference = ReleaseDifference.Of(SampleReport.Release(), SampleReport.Release());
        XDocument page = Parse(new ReportPage(
            SampleReport.Facts() with { Timeline = Timeline.Of(SampleReport.Run()), Difference = difference }).Draw());
        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ids, Is.Unique);
            Assert.That(
                page.Descendants("a").Select(link => link.Attribute("href")!.Value).Where(link => link[0] == '#').Select(link => link[1..]),
                Is.SubsetOf(ids));
            Assert.That(
                page.Descendants().Attributes().Where(one => one.Name.LocalName == "aria-labelledby").Select(one => one.Value),
                Is.SubsetOf(ids));
        }
    }

    private static ReportFacts HostileFacts(string name)
    {
        ReleasedContents contents = SampleReport.Contents(SampleRecord.Record);
        ContainedItem item = new("component:" + name, "library", name, name, name, [new ContainedFile(name, new string('a', 64), 10)])
        {
            Patches = [new AppliedPatch(name, new string('b', 64), name)],
        };
        var release = new ReleaseContents(name, [contents with { Name = name, Items = [.. contents.Items, item] }]);
        var before = new ReleaseContents(
            name, [contents with { Name = name, Vulnerabilities = [new KnownVulnerability(name, name, "exploitable", name)] }]);
        RecordedRun run = SampleReport.Run(name);
        return new ReportFacts(
            name, release,
            [new PatchState(name, name, name, name, name) { Detail = name, Address = name, Vulnerabilities = [name] }],
            [new TrustFact(name, name, name)])
        {
            Timeline = Timeline.Of(run with
            {
                Error = name,
                Outcome = "failed",
                Steps =
                [
                    .. run.Steps.Select(
                        step => step with { Changed = [new InputChange(name, name, name)], Error = name, Outcome = "failed" }),
                ],
            }),
            Difference = ReleaseDifference.Of(before, release),
        };
    }

    /// <summary>The page as XML: it differs from that in two things only.</summary>
    private static XDocument Parse(string page)
    {
        string text = Meta().Replace(page, "<meta $1/>").Replace(" open>", " open=\"\">", StringComparison.Ordinal);
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    [GeneratedRegex("<meta ([^>]*)>")]
    private static partial Regex Meta();
}
