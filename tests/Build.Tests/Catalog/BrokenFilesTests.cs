namespace Qcw.Build.Tests.Catalog;

/// <summary>Files that are not even JSON, and JSON that System.Text.Json would let pass.</summary>
public sealed class BrokenFilesTests
{
    private const string Git = """
        "tool": { "version": "1", "source":
          { "kind": "git", "url": "https://example.org/tool.git", "commit": "0123456789012345678901234567890123456789", "origin": "C" } }
        """;

    private LineFolder folder = null!;

    [SetUp]
    public void Make_a_folder() => folder = new LineFolder();

    [TearDown]
    public void Remove_the_folder() => folder.Dispose();

    [Test]
    public void The_minimal_line_is_accepted() => Assert.That(folder.Errors("test", LineFolder.Minimal(Git)), Is.Empty);

    [Test]
    public void A_byte_order_mark_is_no_fault() =>
        Assert.That(folder.Errors("test", "\ufeff" + LineFolder.Minimal(Git)), Is.Empty);

    [TestCase("")]
    [TestCase(" \r\n\t")]
    [TestCase("\ufeff")]
    public void An_empty_file_is_called_empty(string content) =>
        Assert.That(folder.Errors("test", content), Is.EqualTo(["build/Catalog/Versions/test.json: is empty, expected a JSON object"]));

    [TestCase("null", "null")]
    [TestCase("[]", "an empty list")]
    [TestCase("\"text\"", "\"text\"")]
    public void A_file_that_is_no_object_is_refused(string content, string found) =>
        Assert.That(
            folder.Errors("test", content),
            Is.EqualTo([$"build/Catalog/Versions/test.json: found {found}, expected a JSON object"]));

    [TestCase("{\n  \"line\": \"test\",\n  // a comment\n}", "line 3, column 3: ")]
    [TestCase("{\n  \"line\": \"test\",\n}", "line 3, column 1: ")]
    [TestCase("{ \"line\": \"test\" } more", "line 1, column 20: ")]
    [TestCase("{\n\"déjà\": tru }", "line 2, column 12: ")]
    [TestCase("{ \"line\": ", "line 1, column ")]
    [TestCase("<!DOCTYPE html>\n<html></html>", "line 1, column 1: ")]
    public void Wrong_syntax_is_refused_with_line_and_column(string content, string place)
    {
        IReadOnlyList<string> errors = folder.Errors("test", content);

        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That(errors[0], Does.StartWith("build/Catalog/Versions/test.json: " + place).And.Not.Contain("BytePosition"));
    }

    [Test]
    public void Endless_nesting_is_refused() =>
        Assert.That(
            folder.Errors("test", "{ \"line\": " + new string('[', 100_000)),
            Has.Exactly(1).StartsWith("build/Catalog/Versions/test.json: line 1, column "));

    [Test]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        File.WriteAllBytes(Path.Combine(folder.Paths.Versions, "test.json"), [(byte)'{', (byte)'"', 0xe9, (byte)'"', (byte)'}']);

        Assert.That(folder.Errors("test"), Is.EqualTo(["build/Catalog/Versions/test.json: is not UTF-8 text"]));
    }

    [TestCase("""{ "line": "\ud800" }""", "build/Catalog/Versions/test.json: line")]
    [TestCase("""{ "a": [ "\udc00" ] }""", "build/Catalog/Versions/test.json: a[0]")]
    [TestCase("""{ "\ud800": 1 }""", "build/Catalog/Versions/test.json")]
    public void Half_a_character_is_refused(string content, string place) =>
        Assert.That(folder.Errors("test", content), Has.Exactly(1).StartsWith(place + ": found an escape"));

    [Test]
    public void A_name_that_stands_twice_is_refused()
    {
        string twice = LineFolder.Minimal($"{Git}, {Git}").Replace(
            "\"line\": \"test\",", "\"line\": \"test\", \"line\": \"test\",", StringComparison.Ordinal);

        Assert.That(folder.Errors("test", twice), Is.EqualTo(
        [
            "build/Catalog/Versions/test.json: line: appears twice in the same object, expected each name once",
            "build/Catalog/Versions/test.json: components.tool: appears twice in the same object, expected each name once",
        ]));
    }

    [Test]
    public void A_misspelt_field_gets_the_nearest_name()
    {
        string json = LineFolder.Minimal(Git.Replace("commit", "comit", StringComparison.Ordinal));

        Assert.That(
            folder.Errors("test", json),
            Is.EqualTo([
                "build/Catalog/Versions/test.json: components.tool.source.commit: "
                    + "is missing, expected a full commit id: 40 lower-case hex digits",
                "build/Catalog/Versions/test.json: components.tool.source.comit: unknown field; did you mean commit? Allowed here: "
                    + "kind, url, commit, sparse, alsoAt, submodules, origin",
            ]));
    }

    [Test]
    public void A_long_or_hostile_value_is_quoted_short_and_harmless()
    {
        string json = LineFolder
            .Minimal(Git)
            .Replace("A line for tests.", "\\u001b[2J\u009b" + new string('x', 10_000) + " ", StringComparison.Ordinal);

        IReadOnlyList<string> errors = folder.Errors("test", json);

        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That(errors[0], Has.Length.LessThan(300));
        Assert.That(errors[0].Any(char.IsControl), Is.False);
    }

    [Test]
    public void A_line_feed_behind_a_value_is_refused() =>
        Assert.That(
            folder.Errors("test", LineFolder.Minimal(Git).Replace("6789\"", "6789\\n\"", StringComparison.Ordinal)),
            Has.Exactly(1).StartsWith("build/Catalog/Versions/test.json: components.tool.source.commit: found "));

    [Test]
    public void The_line_must_be_named_like_its_file() =>
        Assert.That(
            folder.Errors("other", LineFolder.Minimal(Git)),
            Is.EqualTo(
                ["build/Catalog/Versions/other.json: line: found \"test\", expected \"other\", the file's name without its ending"]));

    [Test]
    public void A_day_that_does_not_exist_is_refused() =>
        Assert.That(
            folder.Errors("test", LineFolder.Minimal(Git).Replace("04-30", "02-30", StringComparison.Ordinal)),
            Has.Exactly(1)
                .StartsWith("build/Catalog/Versions/test.json: sourceDateEpoch: found \"2023-02-30T00:00:00Z\", expected a time in UTC"));

    [Test]
    public void An_unknown_line_gets_the_nearest_name_and_the_list()
    {
        string known = string.Join(", ", LineFolder.RealNames);
        Assert.That(() => folder.Load("2032.04"), Throws.TypeOf<UsageException>().With.Message.EqualTo(
            $"unknown line \"2032.04\"; did you mean 2023.04? Known lines: {known}"));
        Assert.That(() => folder.Load("../keys/qemu"), Throws.TypeOf<UsageException>().With.Message.EqualTo(
            $"unknown line \"../keys/qemu\". Known lines: {known}"));
    }
}
