using System.Text.Json;
using Qcw.Build.Attesting;

namespace Qcw.Build.Tests.Attesting;

public sealed class ProvenanceWriterTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void Every_hash_and_commit_of_every_line_is_an_input([ValueSource(nameof(LineNames))] string name)
    {
        // read without the catalog: from the files alone
        string[] written = [.. TextsOf(name, "sha256", "commit")];
        HashSet<string> inputs = [.. Pins.Of(Repository.Lines.Load(name)).SelectMany(pin => pin.Digest?.Values ?? [])];
        Assert.That(written, Is.Not.Empty);
        Assert.That(written.Where(pin => !inputs.Contains(pin)), Is.Empty);
    }

    [Test]
    public void Every_patch_of_every_line_is_an_input([ValueSource(nameof(LineNames))] string name)
    {
        ReleaseLine line = Repository.Lines.Load(name);
        HashSet<string> inputs = [.. Pins.Of(line).Where(pin => pin.Role == Roles.Patch).Select(pin => pin.Digest!["sha256"])];
        string[] patches = [.. line.Components.Concat(line.Libraries).SelectMany(component => component.Patches).Select(HashOf)];
        Assert.That(patches.Where(hash => !inputs.Contains(hash)), Is.Empty);
        Assert.That(inputs, Has.Count.EqualTo(patches.Distinct().Count()));
    }

    [Test]
    public void What_is_written_is_read_again_and_written_the_same()
    {
        ReleaseProvenance provenance = new ProvenanceSample(folder).Make();
        string file = folder.Write("provenance.json", System.Text.Encoding.UTF8.GetBytes(provenance.Text()));
        Assert.That(ProvenanceReader.Read(file).Text(), Is.EqualTo(provenance.Text()));
    }

    [Test]
    public void Another_folder_and_another_mirror_give_the_same_bytes()
    {
        using var other = new TemporaryFolder("another place");
        var elsewhere = new ProvenanceSample(other);
        SourceRecord[] sources = [elsewhere.By.Sources[0] with { ServedBy = "https://example.org/program-1.0.tar.xz" }];
        Assert.That(
            new ProvenanceSample(other) { By = elsewhere.By with { Sources = sources } }.Make().Text(),
            Is.EqualTo(new ProvenanceSample(folder).Make().Text()));
    }

    [Test]
    public void Inputs_have_the_hashes_that_in_toto_names()
    {
        BuildDefinition definition = new ProvenanceSample(folder).Make().Predicate.BuildDefinition;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Only(definition, Roles.Recipe).Digest!["gitCommit"], Is.EqualTo(ProvenanceSample.Commit));
            Assert.That(Only(definition, Roles.Recipe).Uri, Is.EqualTo($"git+{Publisher.Repository}@refs/tags/v1"));
            Assert.That(Only(definition, Roles.Source).Digest!["sha256"], Is.EqualTo(Sample.Sha256([1])));
            Assert.That(Only(definition, Roles.Source).Annotations!["used"], Is.EqualTo("yes"));
            Assert.That(Only(definition, Roles.Firmware).Uri, Does.StartWith("pkg:deb/debian/seabios@1.16.2-1"));

            // of nothing: in hex what go.sum has in base64
            Assert.That(
                Only(definition, Roles.Module).Digest!["dirHash"],
                Is.EqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
            Assert.That(
                definition.ResolvedDependencies.Where(one => one.Role == Roles.Patch).Select(one => one.Name),
                Is.EquivalentTo(["program program_1.0-1.debian.tar.xz", "program a.patch"]));
        }
    }

    [Test]
    public void A_tool_says_what_is_not_known_of_it()
    {
        Resource[] tools =
        [
            .. new ProvenanceSample(folder).Make().Predicate.RunDetails.Builder.BuilderDependencies!
                .Where(one => one.Role == Roles.Toolchain),
        ];
        Assert.That(
            tools.Select(one =>
                (one.Name, one.Digest is not null, one.Annotations!.GetValueOrDefault("state", string.Empty).Split(':')[0])),
            Is.EqualTo(
            [
                ("gcc-12", true, string.Empty), ("go", false, "what it prints of its version"),
                ("libc6-dev", false, "version known, hash not"),
            ]));
    }

    [Test]
    public void A_recipe_that_is_in_no_commit_says_so()
    {
        string? State(ProvenanceSample sample) =>
            Only(sample.Make().Predicate.BuildDefinition, Roles.Recipe).Annotations!.GetValueOrDefault("state");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(State(new ProvenanceSample(folder)), Is.Null);
            Assert.That(State(new ProvenanceSample(folder) { RecipeChanged = true }), Is.EqualTo("with changes that are in no commit"));
            Assert.That(State(new ProvenanceSample(folder) { Recipe = null }), Does.StartWith("not known"));
        }
    }

    [Test]
    public void A_file_that_was_made_from_another_version_is_refused()
    {
        var other = new ProvenanceSample(folder)
        {
            Line = Sample.Line(
                [Sample.Component("program", "2.0", Sample.Archive([2], new Uri("https://example.org/program-2.0.tar.xz")))]),
        };
        Assert.That(
            other.Make, Throws.TypeOf<BuildException>().With.Message.Contains(ProvenanceSample.File).And.Message.Contains("program 1.0"));
    }

    [Test]
    public void A_file_that_is_not_the_recorded_one_is_refused()
    {
        var sample = new ProvenanceSample(folder);
        ReleaseProvenance provenance = sample.Make();
        folder.Write(ProvenanceSample.File, [8]);
        Assert.That(
            () => provenance.RequireFiles(folder.Path),
            Throws.TypeOf<BuildException>().With.Message.Contains(folder[ProvenanceSample.File]));
    }

    private static IEnumerable<string> LineNames => Repository.Lines.Names;

    private static Resource Only(BuildDefinition definition, string role) =>
        definition.ResolvedDependencies.Single(one => one.Role == role);

    private static string HashOf(SourcePatch patch) => patch switch
    {
        LocalPatch local => Files.Sha256(local.File),
        RemotePatch remote => remote.Sha256,
        DebianPatches debian => debian.Archive.Sha256,
        _ => throw new AssertionException($"no hash of {patch}"),
    };

    /// <summary>The values of fields in the file of a line; where it is based on another one, of its own alone.</summary>
    private static IEnumerable<string> TextsOf(string name, params string[] fields)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Paths.Versions, name + ".json")));
        return [.. Walk(document.RootElement)];

        IEnumerable<string> Walk(JsonElement element) => element.ValueKind switch
        {
            // another place of the very same bytes
            JsonValueKind.Object when element.TryGetProperty("kind", out JsonElement kind) && kind.GetString() == "git-archive" => [],
            JsonValueKind.Object => element.EnumerateObject().SelectMany(field =>
                fields.Contains(field.Name) && field.Value.ValueKind == JsonValueKind.String
                    ? [field.Value.GetString()!] : Walk(field.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Walk),
            _ => [],
        };
    }
}
