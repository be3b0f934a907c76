
namespace Qcw.Build.Tests.Core;

public sealed class JsonTextTests
{
    private sealed record Sample(string FileName, int? Count);

    [Test]
    public void A_file_is_indented_camel_case_with_line_feeds_and_readable_characters() =>
        Assert.That(JsonText.Of(new Sample("a+b", 1)), Is.EqualTo("{\n  \"fileName\": \"a+b\",\n  \"count\": 1\n}\n"));

    [Test]
    public void What_goes_to_a_machine_is_on_one_line() =>
        Assert.That(JsonText.OneLine(new Sample("a+b", null)), Is.EqualTo("{\"fileName\":\"a+b\",\"count\":null}"));

    [TestCase("", null), TestCase("{", null), TestCase("[]", null), TestCase("null", null), TestCase("""{"fileName":"x"}""", "x")]
    public void A_record_that_cannot_be_read_is_none(string text, string? name)
    {
        using var folder = new TemporaryFolder();
        Assert.That(JsonText.ReadOrNull<Sample>(Path.Combine(folder.Path, "missing")), Is.Null);
        Assert.That(JsonText.ReadOrNull<Sample>(folder.Write("a.json", text))?.FileName, Is.EqualTo(name));
    }
}
