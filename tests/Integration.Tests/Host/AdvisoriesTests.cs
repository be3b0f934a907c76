using System.Text.Json.Nodes;

namespace Qcw.Integration.Tests.Host;

/// <summary>The target Advisories as a person meets it.</summary>
public sealed class AdvisoriesTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [TestCase("--for=qmeu", "the line 2023.04 has no such component or library; did you mean qemu?")]
    [TestCase("--for=podman", "podman takes no patches of Debian's, whose changelogs would tell. Put a database into a folder")]
    [TestCase("--advisories=no/such", "no/such does not exist, expected a folder with databases")]
    [TestCase("--fail-on=all", "--fail-on: found \"all\", expected one of new, any, none")]
    public void Wrong_usage_ends_with_2_and_says_what_helps(string argument, string message)
    {
        (int code, string output) = HostProcess.Run(folder["artifacts"], "--target=Advisories", "--line=2023.04", argument);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2), output);
            Assert.That(output, Does.Contain(message));
        }
    }

    [Test]
    public void A_program_is_held_against_a_database_by_what_its_linker_took()
    {
        string source = folder.Write(
            "main.go", "package main\n\nimport \"encoding/json\"\n\nfunc main() { json.Valid([]byte(`{}`)) }\n");
        string program = Path.Combine(folder.Create("artifacts/stage/gvisor-tap-vsock-0.5.0-x86_64/bin"), "gvproxy.exe");
        GoTestProgram.Build(source, program);
        folder.Write("db/GO-2099-0001.json", Entry("GO-2099-0001", "encoding/json", "Valid"));
        folder.Write("db/GO-2099-0002.json", Entry("GO-2099-0002", "encoding/json", "Indent"));
        folder.Write("db/GO-2099-0003.json", Entry("GO-2099-0003", "encoding/xml", "Unmarshal"));
        string[] arguments =
            ["--target=Advisories", "--line=2023.04", "--for=gvisor-tap-vsock", $"--advisories={folder["db"]}", "--fail-on=new"];

        (int code, string output) = HostProcess.Run(folder["artifacts"], arguments);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1), output);
            Assert.That(output, Does.Contain("database db: OSV (Go), 3 entries, of 2099-01-01"));
            Assert.That(output, Does.Contain(
                "3 advisories of its modules' versions, 2 of packages inside, 2 of these for Windows, 1 of functions inside"));
            Assert.That(output, Does.Contain("--fail-on=new: 1 new findings, 0 components not looked at"));
            Assert.That(output, Does.Not.Contain("GO-2099-0002").And.Not.Contain("GO-2099-0003"));
        }

        // what starts an answer is all that is added
        output = HostProcess.RunOk(folder["artifacts"], [.. arguments[..^1], "--answer=GO-2099-0001"]);
        int start = output.IndexOf("{\n", StringComparison.Ordinal);
        JsonNode answer = JsonNode.Parse(output[start..(output.IndexOf("\n}", start, StringComparison.Ordinal) + 2)])!;
        Assert.That(((string?)answer["id"], (string?)answer["module"]), Is.EqualTo(("GO-2099-0001", "stdlib")));
    }

    private static string Entry(string id, string package, string function) =>
        $$$"""
        {"id":"{{{id}}}","modified":"2099-01-01T00:00:00Z","summary":"trouble","affected":[{"package":{"ecosystem":"Go","name":"stdlib"},
         "ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}],
         "ecosystem_specific":{"imports":[{"path":"{{{package}}}","symbols":["{{{function}}}"]}]}}]}
        """;
}
