using System.Text;
using Qcw.Build.Updating;

namespace Qcw.Build.Tests.Updating;

/// <summary>Values are changed in a line's file, and not a byte beside them.</summary>
public sealed class PinFileTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Create() => folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void Every_value_of_every_line_can_be_changed_by_itself()
    {
        foreach (ReleaseLine line in Repository.Lines.Names.Select(name => Repository.Lines.Load(name)))
        {
            foreach (Component component in line.Components.Concat(line.Libraries))
            {
                var file = PinFile.Of(Repository.Paths.Versions, line.Name, component.Name);
                byte[] changed = file.With([new PinEdit($"{file.Entry}.version", "9.9.9-changed")]);
                string[] lines = [.. file.Difference(changed)];
                Assert.That(
                    lines, Is.EqualTo([$"-      \"version\": \"{component.Version}\",", "+      \"version\": \"9.9.9-changed\","]),
                    $"{line.Name} {component.Name}");
            }
        }
    }

    [TestCase("\n", ""), TestCase("\r\n", "\ufeff")]
    public void Order_blanks_line_ends_and_byte_order_marks_stay(string end, string mark)
    {
        string text = (mark + """
            { "line": "odd",   "components": {
                "a": { "source": {"urls": [ "one" , "two" ],
                   "hash" : "x" }, "version":"1" }
            } }
            """).ReplaceLineEndings(end);
        folder.Write("odd.json", Encoding.UTF8.GetBytes(text));
        var file = PinFile.Of(folder.Path, "odd", "a");

        byte[] changed = file.With(
        [
            new PinEdit("components.a.version", "2 \"ä\""), new PinEdit("components.a.source.urls[1]", "three"),
            new PinEdit("components.a.source.new", "n") { Behind = "hash" },
        ]);

        Assert.That(
            Encoding.UTF8.GetString(changed),
            Is.EqualTo(text.Replace("\"1\"", "\"2 \\\"ä\\\"\"", StringComparison.Ordinal).Replace("\"two\"", "\"three\"", StringComparison.Ordinal)
                .Replace("\"hash\" : \"x\"", $"\"hash\" : \"x\",{end}       \"new\": \"n\"", StringComparison.Ordinal)));
    }

    [Test]
    public void The_entry_of_a_line_that_is_based_on_another_is_found_there()
    {
        var own = PinFile.Of(Repository.Paths.Versions, "2026.11-windows10", "podman");
        var other = PinFile.Of(Repository.Paths.Versions, "2026.11-windows10", "qemu");
        Assert.That((own.Name, other.Name), Is.EqualTo(
            ("build/Catalog/Versions/2026.11-windows10.json", "build/Catalog/Versions/2026.11.json")));
    }

    [Test]
    public void A_field_that_is_not_there_is_named() => Assert.That(
        () => PinFile.Of(Repository.Paths.Versions, "debian13", "xz").With([new PinEdit("components.xz.source.size", "1")]),
        Throws.InstanceOf<BuildException>().With.Message.Contains("debian13.json: components.xz.source.size is not there"));
}
