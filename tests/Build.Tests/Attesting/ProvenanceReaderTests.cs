using System.Text;
using System.Text.Json.Nodes;
using Qcw.Build.Attesting;

namespace Qcw.Build.Tests.Attesting;

public sealed class ProvenanceReaderTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void A_field_without_a_rule_is_refused_wherever_it_is()
    {
        int objects = ObjectsOf(Sound()).Count();
        Assert.That(objects, Is.GreaterThan(20));
        for (int index = 0; index < objects; index++)
        {
            JsonNode json = Sound();
            ObjectsOf(json).ElementAt(index)["Extra field"] = "x";
            Assert.That(() => Read(json), Throws.TypeOf<UsageException>().With.Message.Contains("Extra field"), $"object {index}");
        }
    }

    [TestCase("_type"), TestCase("predicateType"), TestCase("subject"), TestCase("predicate"), TestCase("predicate.buildDefinition")]
    [TestCase("predicate.runDetails"), TestCase("predicate.buildDefinition.buildType")]
    [TestCase("predicate.buildDefinition.externalParameters.line"), TestCase("predicate.buildDefinition.externalParameters.arch")]
    [TestCase("predicate.buildDefinition.externalParameters.toolchain")]
    [TestCase("predicate.buildDefinition.internalParameters.sourceDateEpoch")]
    [TestCase("predicate.buildDefinition.internalParameters.fingerprints")]
    [TestCase("predicate.buildDefinition.resolvedDependencies"), TestCase("predicate.runDetails.builder.id")]
    public void A_field_that_is_missing_or_of_another_kind_is_named(string path)
    {
        foreach (JsonNode? wrong in new[] { null, JsonValue.Create(1), JsonValue.Create("\u0001") })
        {
            JsonNode json = Sound();
            string[] names = path.Split('.');
            JsonObject parent = names[..^1].Aggregate(json, (node, name) => node[name]!).AsObject();
            parent.Remove(names[^1]);
            if (wrong is not null)
            {
                parent[names[^1]] = wrong;
            }

            Assert.That(() => Read(json), Throws.TypeOf<UsageException>().With.Message.Contains(path));
        }
    }

    [TestCase("sha256", "abc"), TestCase("md5", "0123"), TestCase("gitCommit", "0123456789")]
    public void A_digest_of_another_kind_or_length_is_refused(string algorithm, string value)
    {
        JsonNode json = Sound();
        json["predicate"]!["buildDefinition"]!["resolvedDependencies"]![0]!["digest"] = new JsonObject { [algorithm] = value };
        Assert.That(() => Read(json), Throws.TypeOf<UsageException>().With.Message.Contains("resolvedDependencies[0].digest"));
    }

    [Test]
    public void An_input_without_a_digest_has_to_say_why()
    {
        JsonNode json = Sound();
        json["predicate"]!["buildDefinition"]!["resolvedDependencies"]![0]!.AsObject().Remove("digest");
        Assert.That(() => Read(json), Throws.TypeOf<UsageException>().With.Message.Contains("why there is no digest"));
    }

    [Test]
    public void An_input_without_a_role_is_refused()
    {
        JsonNode json = Sound();
        json["predicate"]!["buildDefinition"]!["resolvedDependencies"]![0]!["annotations"] = new JsonObject { ["role"] = "guest" };
        Assert.That(() => Read(json), Throws.TypeOf<UsageException>().With.Message.Contains("role"));
    }

    [Test]
    public void A_missing_file_is_named() =>
        Assert.That(
            () => ProvenanceReader.Read(folder["none.json"]), Throws.TypeOf<UsageException>().With.Message.Contains(folder["none.json"]));

    private JsonNode Sound() => JsonNode.Parse(new ProvenanceSample(folder).Make().OfRun(
        "builder.example.org", new RunMetadata("1", "2026-11-27T00:00:00Z", "2026-11-27T00:00:01Z"), []).Text())!;

    private void Read(JsonNode json) => ProvenanceReader.Read(folder.Write("p.json", Encoding.UTF8.GetBytes(json.ToJsonString())));

    private static IEnumerable<JsonObject> ObjectsOf(JsonNode? node) => node switch
    {
        JsonObject fields => [fields, .. fields.SelectMany(field => ObjectsOf(field.Value))],
        JsonArray items => items.SelectMany(ObjectsOf),
        _ => [],
    };
}
