namespace Qcw.Build.Tests.Catalog;

/// <summary>Lines that say only what differs from another line.</summary>
public sealed class BasedLinesTests
{
    private const string File = "build/Catalog/Versions/test.json";

    private LineFolder folder = null!;

    [SetUp]
    public void Make_a_folder()
    {
        folder = new LineFolder();
        folder.WriteLine("base", Line("base", $$"""
            "sourceDateEpoch": "2023-04-30T00:00:00Z",
            "components": { "tool": {{Entry("1", "glib")}}, "xz": {{Entry("5")}}, "other": {{Entry("3")}} },
            "libraries": { "toolchain": {{Entry("1")}}, "zlib": {{Entry("1")}}, "glib": {{Entry("2", "zlib")}} },
            "go": { "minimum": "1.18", "below": "1.21" },
            "firmware": { "seabios": { "suite": "bookworm", "files": ["usr/share/seabios/bios.bin"] } }
            """));
    }

    [TearDown]
    public void Remove_the_folder() => folder.Dispose();

    [Test]
    public void A_line_that_differs_in_nothing_has_everything_of_the_other()
    {
        (ReleaseLine line, ReleaseLine other) = (Load("""  "basedOn": "base"  """), folder.Load("base"));

        Assert.That(line.Name, Is.EqualTo("test"));
        Assert.That(line.Description, Is.EqualTo("The line test."));
        Assert.That(line.SourceDateEpoch, Is.EqualTo(other.SourceDateEpoch));
        Assert.That(Ids(line.Components), Is.EqualTo(["tool-1", "xz-5", "other-3"]));
        Assert.That(Ids(line.Libraries), Is.EqualTo(Ids(other.Libraries)));
        Assert.That(line.Component("tool").Needs, Is.EqualTo(["glib"]));
        Assert.That(line.Go, Is.EqualTo(other.Go));
        Assert.That(line.Firmware.Single().Package, Is.EqualTo("seabios"));
    }

    [Test]
    public void An_entry_takes_the_others_place_as_a_whole_and_a_new_one_comes_last()
    {
        ReleaseLine line = Load($$"""
            "basedOn": "base",
            "components": { "new": {{Entry("1", "libnew")}}, "tool": {{Entry("2")}} },
            "libraries": { "libnew": {{Entry("7", "glib")}}, "zlib": {{Entry("4", "toolchain")}} }
            """);

        Assert.That(Ids(line.Components), Is.EqualTo(["tool-2", "xz-5", "other-3", "new-1"]));
        Assert.That(line.Component("tool").Needs, Is.Empty, "nothing of the other line's entry stays");
        Assert.That(Ids(line.Libraries), Is.EqualTo(["toolchain-1", "zlib-4", "glib-2", "libnew-7"]));
    }

    [Test]
    public void Other_fields_replace_those_of_the_other_line_as_a_whole()
    {
        ReleaseLine line = Load("""
            "basedOn": "base",
            "sourceDateEpoch": "2024-01-02T00:00:00Z",
            "go": { "minimum": "1.26", "below": "1.27" },
            "firmware": { "ovmf": { "suite": "trixie", "files": ["usr/share/OVMF/OVMF_CODE.fd"] } }
            """);

        Assert.That(line.SourceDateEpoch, Is.EqualTo(new DateTimeOffset(2024, 1, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()));
        Assert.That(line.Go, Is.EqualTo(new GoVersions(new Version(1, 26), new Version(1, 27), null)));
        Assert.That(line.Firmware.Select(package => package.Package), Is.EqualTo(["ovmf"]));
    }

    [Test]
    public void What_is_dropped_is_gone()
    {
        ReleaseLine line = Load($$"""
            "basedOn": "base", "without": ["xz", "glib"], "components": { "tool": {{Entry("2", "zlib")}} }
            """);

        Assert.That(Ids(line.Components), Is.EqualTo(["tool-2", "other-3"]));
        Assert.That(Ids(line.Libraries), Is.EqualTo(["toolchain-1", "zlib-1"]));
    }

    [Test]
    public void A_line_can_be_based_on_one_that_is_based_itself()
    {
        folder.WriteLine("middle", Line("middle", $$"""
            "basedOn": "base", "without": ["xz"], "components": { "tool": {{Entry("2", "glib")}} }
            """));

        ReleaseLine line = Load($$"""  "basedOn": "middle", "components": { "other": {{Entry("4")}}, "xz": {{Entry("6")}} }  """);

        Assert.That(Ids(line.Components), Is.EqualTo(["tool-2", "other-4", "xz-6"]), "what the middle dropped is new here");
        Assert.That(Ids(line.Libraries), Has.Member("glib-2"));
    }

    [Test]
    public void What_a_dropped_library_was_needed_for_is_named_in_the_file_it_stands_in() =>
        Assert.That(Errors($$"""  "basedOn": "base", "without": ["zlib"], "components": { "new": {{Entry("1", "zlib")}} }  """), Is.EqualTo(
        [
            $"{File}: components.new.needs[0]: found \"zlib\", expected a library of this line (toolchain, glib); did you mean glib?",
            "build/Catalog/Versions/base.json: libraries.glib.needs[0]: found \"zlib\", expected a library of the line test, "
                + "which is based on this one (toolchain)",
        ]));

    [Test]
    public void A_fault_in_the_other_line_is_named_in_its_file()
    {
        folder.WriteLine("base", Line("base", $$"""
            "surprise": 1, "components": { "tool": { "version": "?" } }, "libraries": { "toolchain": {{Entry("1")}} }
            """));

        Assert.That(Errors("""  "basedOn": "base"  """), Is.EqualTo(
        [
            $"{File}: sourceDateEpoch: is missing, expected a time in UTC, 1980 or later (zip files cannot store earlier times), "
                + "such as 2023-04-30T00:00:00Z",
            "build/Catalog/Versions/base.json: surprise: unknown field. Allowed here: $schema, line, description, basedOn, without, "
                + "components, libraries, sourceDateEpoch, firmware, go",
            "build/Catalog/Versions/base.json: components.tool.version: found \"?\", expected a version: letters, digits and . + ~ _ -, "
                + "ending in a letter or digit",
            "build/Catalog/Versions/base.json: components.tool.source: is missing, "
                + "expected an object with kind archive, git, debian or recipe",
        ]));
    }

    [Test]
    public void A_name_and_a_description_are_never_the_others()
    {
        folder.WriteLine("test", """{ "basedOn": "base" }""");

        Assert.That(folder.Errors("test"), Is.EqualTo(
        [
            $"{File}: line: is missing, expected a line's name: lower-case letters, digits, dots and hyphens",
            $"{File}: description: is missing, expected text on one line, without surrounding blanks",
        ]));
    }

    [Test]
    public void An_unknown_line_gets_the_nearest_name()
    {
        string others = string.Join(", ", LineFolder.RealNames.Append("base").Order(StringComparer.Ordinal));
        Assert.That(Errors("""  "basedOn": "bsae"  """), Is.EqualTo(
            [$"{File}: basedOn: found \"bsae\", expected another line ({others}); did you mean base?"]));
    }

    [Test]
    public void A_file_that_is_no_line_is_the_only_complaint()
    {
        folder.WriteLine("base", "{");

        Assert.That(Errors("""  "basedOn": "base", "without": ["tool"]  """),
            Has.Count.EqualTo(1).And.Some.StartsWith("build/Catalog/Versions/base.json: line 1, column "));
    }

    [Test]
    public void Lines_that_are_based_on_each_other_are_refused_with_the_whole_circle()
    {
        folder.WriteLine("one", Line("one", """  "basedOn": "two"  """));
        folder.WriteLine("two", Line("two", """  "basedOn": "three"  """));
        folder.WriteLine("three", Line("three", """  "basedOn": "one"  """));

        Assert.That(Errors("""  "basedOn": "one"  """), Is.EqualTo(
        [
            "build/Catalog/Versions/three.json: basedOn: found \"one\", expected a line that is not based on this one in turn: "
                + "one → two → three → one",
        ]));
    }

    [Test]
    public void A_line_is_not_based_on_itself() => Assert.That(Errors("""  "basedOn": "test"  """), Is.EqualTo(
        [$"{File}: basedOn: found \"test\", expected a line that is not based on this one in turn: test → test"]));

    [Test]
    public void Only_what_the_other_line_has_can_be_dropped() =>
        Assert.That(Errors("""  "basedOn": "base", "without": ["zlip"]  """), Is.EqualTo(
        [
            $"{File}: without[0]: found \"zlip\", expected a component or library of the line that this one is based on "
                + "(tool, xz, other, toolchain, zlib, glib); did you mean zlib?",
        ]));

    [Test]
    public void What_is_replaced_is_not_dropped() =>
        Assert.That(Errors($$"""  "basedOn": "base", "without": ["xz"], "components": { "xz": {{Entry("6")}} }  """), Is.EqualTo(
        [
            $"{File}: without[0]: found \"xz\", expected a name that has no entry in this file: components.xz is one, "
                + "and replaces the other line's",
        ]));

    [Test]
    public void Something_stays() => Assert.That(Errors("""  "basedOn": "base", "without": ["tool", "xz", "other"]  """), Is.EqualTo(
        [$"{File}: without: found a list, expected a list that leaves at least one of the components"]));

    [Test]
    public void A_line_that_is_based_on_no_other_drops_nothing() => Assert.That(
        Errors($$"""
            "without": ["xz"], "sourceDateEpoch": "2023-04-30T00:00:00Z",
            "components": { "tool": {{Entry("1")}} }, "libraries": { "toolchain": {{Entry("1")}} }
            """),
        Is.EqualTo(
        [
            $"{File}: without: found a list, expected no such field: only a line with basedOn can do without what another one has",
        ]));

    private static string Entry(string version, params string[] needs)
    {
        string list = needs.Length == 0 ? string.Empty : $", \"needs\": [{string.Join(", ", needs.Select(need => $"\"{need}\""))}]";
        return $$"""{ "version": "{{version}}", "source": { "kind": "recipe" }{{list}} }""";
    }

    private static string Line(string name, string fields) =>
        $$"""{ "line": "{{name}}", "description": "The line {{name}}.", {{fields}} }""";

    private static IEnumerable<string> Ids(IEnumerable<Component> components) => components.Select(component => component.Id);

    private ReleaseLine Load(string fields)
    {
        folder.WriteLine("test", Line("test", fields));
        return folder.Load("test");
    }

    private IReadOnlyList<string> Errors(string fields) => folder.Errors("test", Line("test", fields));
}
