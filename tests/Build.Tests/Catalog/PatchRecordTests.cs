using System.Text.Json.Nodes;

namespace Qcw.Build.Tests.Catalog;

/// <summary>What the record of a patch has to have, which depends on its status.</summary>
public sealed class PatchRecordTests
{
    private const string File = "patches/qemu/0001-9pfs-Add-9pfs-support-for-Windows-host.json";
    private const string Commit = "0123456789012345678901234567890123456789";

    private LineFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new LineFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [TestCase("never-sent", null, null)]
    [TestCase("superseded", null, "8.1.0")]
    [TestCase("superseded", Commit, "8.1.0")]
    [TestCase("merged", Commit, "8.1.0")]
    public void One_that_fits_is_read(string status, string? commit, string? version) =>
        Assert.That(Errors(status, commit, version), Is.Empty);

    [TestCase("merged", null, "8.1.0", "upstream.commit: is missing, expected a full commit id: 40 lower-case hex digits, because")]
    [TestCase("merged", Commit, null, "upstream.in: is missing, expected the first version of upstream's with the change, because")]
    [TestCase("superseded", null, null, "upstream.in: is missing")]
    [TestCase("rejected", null, "8.1.0", "upstream.in: found \"8.1.0\", expected nothing: only merged and superseded have a commit")]
    [TestCase("proposed", Commit, null, "upstream.commit: found \"0123456789012345678901234567890123456789\", expected nothing")]
    [TestCase("nearly", null, null, "upstream.status: found \"nearly\", expected one of merged, superseded, rejected, proposed")]
    public void One_that_does_not_fit_is_refused(string status, string? commit, string? version, string message) =>
        Assert.That(Errors(status, commit, version), Has.Exactly(1).StartsWith($"{File}: {message}"));

    private IReadOnlyList<string> Errors(string status, string? commit, string? version)
    {
        JsonNode json = JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(Repository.Root, File)))!;
        var record = new JsonObject { ["status"] = status };
        if (commit is not null)
        {
            record["commit"] = commit;
        }

        if (version is not null)
        {
            record["in"] = version;
        }

        json["upstream"] = record;
        folder.Write(File, json.ToJsonString());
        return folder.Errors("2023.04");
    }
}
