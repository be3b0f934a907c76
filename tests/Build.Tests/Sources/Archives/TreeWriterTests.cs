using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Tests.Sources.Archives;

/// <summary>What is refused on Windows only; everything else is in the integration tests.</summary>
public sealed class TreeWriterTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [TestCase("top/README", "top/readme", "top/readme")]
    [TestCase("top/D/x", "top/d/y", "top/d/y")]
    [TestCase("top/x", "top/aux.c", "top/aux.c")]
    public void Refuses_what_only_Windows_cannot_store(string first, string second, string blamed)
    {
        var windows = new TreeWriter("a.tar", folder["tree"], windows: true);
        windows.Add(Entry(first));
        Assert.That(
            () => windows.Add(Entry(second)), Throws.TypeOf<BuildException>().With.Message.StartsWith($"a.tar: {blamed} is refused"));
    }

    [Test]
    public void Takes_the_same_names_elsewhere()
    {
        var unix = new TreeWriter("a.tar", folder["tree"], windows: false);
        Assert.That(() => Array.ForEach(["top/README", "top/x", "top/aux.c"], name => unix.Add(Entry(name))), Throws.Nothing);
    }

    private static ArchiveEntry Entry(string name) => new(name, ArchiveEntryKind.File, false, DateTimeOffset.UnixEpoch, null, null);
}
