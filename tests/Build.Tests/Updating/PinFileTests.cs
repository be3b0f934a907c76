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
            Is.EqualTo(text.Replace("\"1\"", "\"2 \\\"ä\\\"\"", StringComparison.Ordinal)
                .Replace("\"two\"", "\"three\"", StringComparison.Ordinal)
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
    public void What_somebody_wrote_meanwhile_is_kept()
    {
        string path = folder.Write("own.json", """{ "components": { "a": { "version": "1" } } }""");
        var file = PinFile.Of(folder.Path, "own", "a");
        byte[] changed = file.With([new PinEdit("components.a.version", "2")]);
        folder.Write("own.json", """{ "components": { "a": { "version": "1" } }, "more": 1 }""");
        Assert.That(() => file.Write(changed), Throws.InstanceOf<BuildException>().With.Message.Contains("own.json was changed"));
        Assert.That(File.ReadAllText(path), Does.Contain("more"));
        PinFile.Of(folder.Path, "own", "a").Write(changed);
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(changed));
    }

    [Test]
    public void A_field_that_is_not_there_is_named() => Assert.That(
        () => PinFile.Of(Repository.Paths.Versions, "debian13", "xz").With([new PinEdit("components.xz.source.size", "1")]),
        Throws.InstanceOf<BuildException>().With.Message.Contains("debian13.json: components.xz.source.size is not there"));
}

/// <summary>Addresses and names follow the version.</summary>
public sealed class FollowTests
{
    [TestCase("2.84.4", "2.86.1", "https://e.org/glib/2.84/glib-2.84.4.tar.xz", "https://e.org/glib/2.86/glib-2.86.1.tar.xz")]
    [TestCase("10.46", "10.47", "https://e.org/pcre2-10.46/pcre2-10.46.tar.bz2", "https://e.org/pcre2-10.47/pcre2-10.47.tar.bz2")]
    [TestCase("1.2", "1.3", "https://e.org/11.2.3/1.2.1/a-v1.2.tar.gz", "https://e.org/11.2.3/1.2.1/a-v1.3.tar.gz")]
    [TestCase("1.2", "1.2", "https://e.org/latest.tar.gz", "https://e.org/latest.tar.gz")]
    public void The_version_and_the_folder_of_its_branch_are_replaced(string from, string to, string address, string expected) =>
        Assert.That(new UpdateRequest(Sample.Component("a", from), to, false).Follow("urls[0]", address), Is.EqualTo(expected));

    [Test]
    public void An_address_without_the_version_is_for_a_person() => Assert.That(
        () => new UpdateRequest(Sample.Component("a", "1.2"), "1.3", false).Follow("source.urls[0]", "https://e.org/a-11.2.tar.gz"),
        Throws.InstanceOf<BuildException>().With.Message.StartsWith("source.urls[0]: found \"https://e.org/a-11.2.tar.gz\""));
}
