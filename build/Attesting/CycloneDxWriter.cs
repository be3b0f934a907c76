using System.Globalization;
using System.Text.Json.Nodes;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Attesting;

/// <summary>
/// Writes an inventory as a bill of materials in CycloneDX 1.6 (newer versions are refused by programs that many have). The same inventory
/// gives the same bytes.
/// </summary>
/// <param name="line">What was built.</param>
/// <param name="advisories">What is known of vulnerabilities.</param>
public sealed class CycloneDxWriter(ReleaseLine line, IReadOnlyList<Advisory> advisories)
{
    /// <summary>What the name of a file's bill of materials ends in.</summary>
    public const string Ending = ".cdx.json";

    private const string Artifact = "artifact";

    // what each component goes through, with CycloneDX's words for it
    private static readonly (string Name, string Type)[] Steps =
        [("fetch", "copy"), ("patch", "other"), ("compile", "build"), ("package", "build")];

    /// <summary>The bill of materials, UTF-8 text with LF.</summary>
    public string Write(Inventory inventory)
    {
        JsonObject bom = Bom(inventory);
        // the number is of what it says, so that two that say the same have the same
        string serial = $"urn:uuid:{NameBasedGuid.Create(NameBasedGuid.Qcw, "bom/" + JsonText.OneLine(bom)):D}";
        bom.Insert(2, "serialNumber", serial);
        return JsonText.Of(bom);
    }

    private JsonObject Bom(Inventory inventory) => new()
    {
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = "1.6",
        ["version"] = 1,
        ["metadata"] = Metadata(inventory),
        ["components"] = Array(inventory.Items.Select(Component)),
        ["dependencies"] = Array(Dependencies(inventory)),
        ["vulnerabilities"] = Array(Vulnerabilities(inventory)),
        ["formulation"] = new JsonArray(Formulation(inventory.File)),
    };

    private JsonObject Metadata(Inventory inventory)
    {
        ArtifactRecord file = inventory.File;
        Item? whole = inventory.Items.FirstOrDefault(item => item.Name == (file.Component ?? PackedFile.Own));
        return new JsonObject
        {
            ["timestamp"] = DateTimeOffset.FromUnixTimeSeconds(line.SourceDateEpoch)
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["lifecycles"] = new JsonArray(new JsonObject { ["phase"] = "build" }),
            ["tools"] = new JsonObject
            {
                ["components"] = new JsonArray(new JsonObject
                {
                    ["type"] = "application",
                    ["name"] = Publisher.Name,
                    ["externalReferences"] = new JsonArray(Reference("vcs", Publisher.Repository)),
                }),
            },
            ["authors"] = new JsonArray(Contact()),
            ["component"] = new JsonObject
            {
                ["type"] = "application",
                ["bom-ref"] = Artifact,
                ["supplier"] = Organization(),
                ["name"] = file.File,
                ["version"] = inventory.Version,
                ["hashes"] = new JsonArray(Hash("SHA-256", file.Sha256), Hash("SHA-512", file.Sha512)),
                ["licenses"] = Licences(whole?.Licence ?? "Apache-2.0"),
                ["copyright"] = "what is inside has its own authors; their texts are among its files",
                ["purl"] = Purl.Generic(file.File, inventory.Version, null, file.Sha256),
                ["externalReferences"] = new JsonArray(
                    Reference("website", Publisher.Repository), Reference("issue-tracker", Publisher.Repository + "/issues"),
                    Reference("security-contact", Publisher.Repository + "/security")),
                ["properties"] = Array(file.AuthenticodeSha256 is { } digest ? [Property("qcw:authenticode-sha256", digest)] : []),
            },
            ["manufacturer"] = Organization(),
            ["supplier"] = Organization(),
            ["properties"] = new JsonArray(Property("cdx:reproducible", "true"), Property("qcw:line", line.Name)),
        };
    }

    private static JsonObject Organization() => new()
    {
        ["name"] = Publisher.Name,
        ["url"] = new JsonArray(Publisher.Repository),
        ["contact"] = new JsonArray(Contact()),
    };

    private static JsonObject Contact() => new() { ["name"] = $"{Publisher.Name} maintainers", ["email"] = Publisher.Email };

    private static JsonObject Component(Item item)
    {
        var component = new JsonObject { ["type"] = item.Type, ["bom-ref"] = item.Ref, ["name"] = item.Name };
        Set(component, "version", item.Version);
        Set(component, "description", item.Description);
        Set(component, "scope", item.OnlyBuilds ? "excluded" : "required");
        (string algorithm, string hash) = Inventory.HashOf(item);
        component["hashes"] = new JsonArray(Hash(algorithm, hash));
        component["licenses"] = Licences(item.Licence);
        component["copyright"] = item.Copyright ?? $"the authors of {item.Name}";
        Set(component, "cpe", item.Cpe);
        component["purl"] = item.Purl;
        if (item.Source is { } source)
        {
            component["pedigree"] = Pedigree(item, source);
            component["externalReferences"] = new JsonArray(SourceReference(source));
        }

        if (item.Files.Count > 0)
        {
            component["components"] = Array(item.Files.Select(FileComponent));
        }

        if (item.GoSum is { } sum)
        {
            component["properties"] = new JsonArray(Property("qcw:go-sum", sum));
        }

        return component;
    }

    private static JsonObject Pedigree(Item item, ItemSource source)
    {
        var ancestor = new JsonObject { ["type"] = item.Type, ["name"] = item.Name };
        Set(ancestor, "version", item.Version);
        ancestor["purl"] = item.Purl;
        ancestor["externalReferences"] = new JsonArray(SourceReference(source));
        var pedigree = new JsonObject { ["ancestors"] = new JsonArray(ancestor) };
        if (item.Patches.Count > 0)
        {
            pedigree["patches"] = Array(item.Patches.Select(Patch));
            pedigree["notes"] = string.Join('\n', item.Patches.Select(Note));
        }

        return pedigree;
    }

    private static JsonObject Patch(PatchFacts patch)
    {
        var entry = new JsonObject { ["type"] = patch.IsUpstreams ? "backport" : "unofficial" };
        if (patch.Address is { } address)
        {
            entry["diff"] = new JsonObject { ["url"] = address };
        }

        JsonObject[] issues =
        [
            .. patch.Vulnerabilities.Select(id => new JsonObject { ["type"] = "security", ["id"] = id }),
            .. patch.Bugs.Select(bug => new JsonObject { ["type"] = "defect", ["references"] = new JsonArray(bug) }),
        ];
        if (issues.Length > 0)
        {
            entry["resolves"] = Array(issues);
        }

        return entry;
    }

    private static string Note(PatchFacts patch)
    {
        string[] told = [.. new[] { patch.Title, patch.Origin, patch.Upstream }.OfType<string>().Where(text => text.Length > 0)];
        return $"{patch.Name} (sha256 {patch.Sha256}): {string.Join("; ", told)}";
    }

    private static JsonObject SourceReference(ItemSource source)
    {
        bool isArchive = source is { Commit: null, Sha256: not null };
        JsonObject reference = Reference(isArchive ? "source-distribution" : "vcs", source.Address);
        Set(reference, "comment", source.Commit is { } commit ? "commit " + commit : null);
        if (source.Sha256 is { } sha256)
        {
            reference["hashes"] = new JsonArray(Hash("SHA-256", sha256));
        }

        return reference;
    }

    private static JsonObject FileComponent(PackedFile file) => new()
    {
        ["type"] = "file",
        ["bom-ref"] = FileRef(file),
        ["name"] = file.Path,
        ["hashes"] = new JsonArray(Hash("SHA-256", file.Sha256)),
        ["properties"] = new JsonArray(Property("qcw:size", file.Size.ToString(CultureInfo.InvariantCulture))),
    };

    private static string FileRef(PackedFile file) => "file:" + file.Path;

    private static IEnumerable<JsonObject> Dependencies(Inventory inventory) => inventory.Items
        .Select(item => (item.Ref, Needs: item.Needs))
        .Concat(inventory.Items.SelectMany(item => item.Files)
            .Select(file => (Ref: FileRef(file), Needs: (IReadOnlyList<string>)[])))
        .Append((Ref: Artifact, Needs: [.. inventory.Roots.Order(StringComparer.Ordinal)]))
        .OrderBy(entry => entry.Ref, StringComparer.Ordinal)
        .Select(entry => new JsonObject
        {
            ["ref"] = entry.Ref,
            ["dependsOn"] = new JsonArray([.. entry.Needs.Select(need => JsonValue.Create(need))]),
        });

    private IEnumerable<JsonObject> Vulnerabilities(Inventory inventory) =>
        inventory.Items.SelectMany(item => AnswersFor(item).Where(advisory => advisory.Module is null)
            .Select(advisory => Vulnerability(advisory.Id, item.Ref, Analysis([advisory]))).Concat(Fixed(item)))
            .Concat(InModules(inventory));

    private IEnumerable<Advisory> AnswersFor(Item item) =>
        advisories.Where(advisory => advisory.Component == item.Name && item.Version is { } version && advisory.Versions.Contains(version));

    /// <summary>
    /// What is said of a Go module inside a component. A module is listed once for all that have it inside, so it is said of the module
    /// where it is said for all of these, and else of the component.
    /// </summary>
    private IEnumerable<JsonObject> InModules(Inventory inventory)
    {
        var answers = new SortedDictionary<(string Id, string Ref), List<Advisory>>();
        foreach (Item item in inventory.Items)
        {
            foreach (Advisory advisory in AnswersFor(item).Where(advisory => advisory.Module is not null))
            {
                Item? module = inventory.Items.FirstOrDefault(one => one.Name == advisory.Module && item.Needs.Contains(one.Ref));
                bool isOfAll = module is not null && inventory.Items.Where(owner => owner.Needs.Contains(module.Ref)).All(owner =>
                    AnswersFor(owner).Any(one => (one.Id, one.Module, one.State) == (advisory.Id, advisory.Module, advisory.State)));
                (string, string) key = (advisory.Id, isOfAll ? module!.Ref : item.Ref);
                answers.TryAdd(key, []);
                answers[key].Add(advisory);
            }
        }

        return answers.Select(answer => Vulnerability(answer.Key.Id, answer.Key.Ref, Analysis(answer.Value)));
    }

    /// <summary>Programs that show vulnerabilities do not look at patches, so what these fix is said again.</summary>
    private static IEnumerable<JsonObject> Fixed(Item item) => item.Patches
        .SelectMany(patch => patch.Vulnerabilities.Select(id => (Id: id, patch.Name))).GroupBy(one => one.Id, one => one.Name)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => Vulnerability(group.Key, item.Ref, new JsonObject
        {
            ["state"] = "resolved_with_pedigree",
            ["response"] = new JsonArray("update"),
            ["detail"] = $"Fixed by {string.Join(" and ", group)}.",
        }));

    /// <summary>Answers of one state to one vulnerability, as one.</summary>
    private static JsonObject Analysis(IReadOnlyList<Advisory> answers)
    {
        var analysis = new JsonObject { ["state"] = answers[0].State };
        Set(analysis, "justification", answers[0].Justification);
        string[] responses = [.. answers.SelectMany(answer => answer.Response).Distinct()];
        if (responses.Length > 0)
        {
            analysis["response"] = new JsonArray([.. responses.Select(word => JsonValue.Create(word))]);
        }

        analysis["detail"] = string.Join(' ', answers.Select(answer => answer.Detail).Distinct());
        return analysis;
    }

    private static JsonObject Vulnerability(string id, string affected, JsonObject analysis) => new()
    {
        ["bom-ref"] = $"vulnerability:{id}:{affected}",
        ["id"] = id,
        ["source"] = id.StartsWith("CVE-", StringComparison.Ordinal)
            ? new JsonObject { ["name"] = "NVD", ["url"] = "https://nvd.nist.gov/vuln/detail/" + id }
            : new JsonObject { ["name"] = "OSV", ["url"] = "https://osv.dev/vulnerability/" + id },
        ["analysis"] = analysis,
        ["affects"] = new JsonArray(new JsonObject { ["ref"] = affected }),
    };

    /// <summary>How it was made: packages of tools, or what a tool says of itself where it is of none; and the steps.</summary>
    private static JsonObject Formulation(ArtifactRecord file) => new()
    {
        ["bom-ref"] = "formula",
        ["components"] = Array(
        [
            .. file.By.Packages.DistinctBy(ToolParts.PurlOf).OrderBy(ToolParts.PurlOf, StringComparer.Ordinal).Select(Tool),
            .. file.By.Tools.Where(tool => file.By.Packages.All(package => package.Tool != tool.Key))
                .OrderBy(tool => tool.Key, StringComparer.Ordinal).Select(tool => Tool("tool:" + tool.Key, tool.Key, tool.Value)),
        ]),
        ["workflows"] = new JsonArray(new JsonObject
        {
            ["bom-ref"] = "workflow",
            ["uid"] = file.Fingerprint,
            ["name"] = "build",
            ["taskTypes"] = new JsonArray("build"),
            ["tasks"] = Array(Steps.Select(step => new JsonObject
            {
                ["bom-ref"] = "task:" + step.Name,
                ["uid"] = step.Name,
                ["name"] = step.Name,
                ["taskTypes"] = new JsonArray(step.Type),
            })),
        }),
    };

    private static JsonObject Tool(ToolPackage package)
    {
        string purl = ToolParts.PurlOf(package);
        JsonObject tool = Tool("tool:" + purl, package.Name, package.Version);
        tool["purl"] = purl;
        if (package.Sha256 is { } sha256)
        {
            tool["hashes"] = new JsonArray(Hash("SHA-256", sha256));
        }

        return tool;
    }

    private static JsonObject Tool(string reference, string name, string version) =>
        new() { ["type"] = "application", ["bom-ref"] = reference, ["name"] = name, ["version"] = version };

    private static JsonArray Licences(string? expression) => expression is null
        ? [new JsonObject { ["license"] = new JsonObject { ["name"] = "NOASSERTION" } }]
        : [new JsonObject { ["expression"] = expression }];

    private static JsonObject Reference(string type, string url) => new() { ["type"] = type, ["url"] = url };

    private static JsonObject Hash(string algorithm, string content) => new() { ["alg"] = algorithm, ["content"] = content };

    private static JsonObject Property(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static void Set(JsonObject target, string name, string? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }

    private static JsonArray Array(IEnumerable<JsonObject> items) => new([.. items]);
}
