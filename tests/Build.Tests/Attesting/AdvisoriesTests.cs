using Qcw.Build.Attesting;

namespace Qcw.Build.Tests.Attesting;

public sealed class AdvisoriesTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void Those_of_this_repository_are_about_components_of_lines()
    {
        IReadOnlyList<Advisory> all = AdvisoryFiles.Read(Repository.Paths);
        (string, string)[] known =
        [
            .. Repository.Lines.Names.Select(name => Repository.Lines.Load(name)).SelectMany(line => line.Components.Concat(line.Libraries))
                .Select(component => (component.Name, component.Version)),
        ];
        Assert.That(all, Is.Not.Empty);
        Assert.That(all.SelectMany(one => one.Versions.Select(version => (one.Component, version))).Except(known), Is.Empty);
    }

    [TestCase("""{"id":"CVE-1","versions":["1"],"state":"exploitable","detail":"x"}""", "advisories[0].id: found \"CVE-1\"")]
    [TestCase("""{"id":"CVE-2024-47611","versions":[],"state":"exploitable","detail":"x"}""", "advisories[0].versions: found an empty")]
    [TestCase("""{"id":"CVE-2024-47611","versions":["1"],"state":"fine","detail":"x"}""", "advisories[0].state: found \"fine\"")]
    [TestCase(
        """{"id":"CVE-2024-47611","versions":["1"],"state":"not_affected","detail":"x"}""",
        "advisories[0].justification: is missing, expected CycloneDX's word for the reason")]
    [TestCase(
        """{"id":"CVE-2024-47611","versions":["1"],"state":"exploitable","justification":"code_not_present","detail":"x"}""",
        "advisories[0].justification: found \"code_not_present\", expected no justification")]
    [TestCase("""{"id":"CVE-2024-47611","versions":["1"],"state":"exploitable"}""", "advisories[0].detail: is missing")]
    [TestCase("""{"id":"CVE-2024-47611","versions":["1"],"state":"exploitable","detail":"x","else":1}""", "advisories[0].else: unknown")]
    [TestCase(
        """{"id":"CVE-2024-1111","versions":["1"],"state":"exploitable","detail":"x"},"""
            + """{"id":"CVE-2024-1111","versions":["1"],"state":"in_triage","detail":"y"}""",
        "advisories[1]: CVE-2024-1111 and 1 appear twice")]
    [TestCase("1", "advisories[0]: found 1, expected an object")]
    public void A_wrong_one_is_refused_by_file_and_field(string advisory, string message)
    {
        folder.Write("build/Advisories/xz.json", $$"""{"advisories":[{{advisory}}]}""");
        Assert.That(
            () => AdvisoryFiles.Read(new Paths(folder.Path, folder["artifacts"])),
            Throws.TypeOf<UsageException>().With.Message.Contains("build/Advisories/xz.json: " + message));
    }

    [Test]
    public void What_is_read_is_what_was_written()
    {
        folder.Write(
            "build/Advisories/xz.json",
            """
            {"advisories":[{"id":"GHSA-5qpq-xqfv-j9pg","versions":["1","2"],"state":"not_affected",
             "justification":"code_not_reachable","response":["update"],"detail":"Because."}]}
            """);
        Advisory one = AdvisoryFiles.Read(new Paths(folder.Path, folder["artifacts"])).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((one.Component, one.Id, one.State), Is.EqualTo(("xz", "GHSA-5qpq-xqfv-j9pg", "not_affected")));
            Assert.That((one.Justification, one.Detail), Is.EqualTo(("code_not_reachable", "Because.")));
            Assert.That((string.Join(' ', one.Versions), one.Response.Single()), Is.EqualTo(("1 2", "update")));
        }
    }
}
