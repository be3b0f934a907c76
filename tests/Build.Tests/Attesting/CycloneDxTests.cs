using System.Text.Json.Nodes;
using CycloneDX;
using CycloneDX.Json;
using Qcw.Build.Attesting;

namespace Qcw.Build.Tests.Attesting;

public sealed class CycloneDxTests
{
    private static readonly Advisory Known = new("xz", "CVE-2024-47611", ["5.2.9"], "not_affected", "Not here.")
    {
        Justification = "code_not_present",
        Response = ["will_not_fix"],
    };

    private static IEnumerable<string> Licences => Repository.Lines.Names.Select(name => Repository.Lines.Load(name))
        .SelectMany(line => line.Components.Concat(line.Libraries).Select(component => component.Licence)
            .Concat(line.Firmware.Select(firmware => firmware.Licence)))
        .OfType<string>().SelectMany(expression => expression.Split(' ', '(', ')'))
        .Where(word => word is not ("AND" or "OR" or "WITH" or ""))
        .Distinct();

    [Test]
    public void A_bill_of_materials_is_valid_by_the_validator_of_CycloneDX()
    {
        (bool isValid, string messages) = Validate(Write());
        Assert.That(isValid, Is.True, messages);
    }

    [Test]
    public void The_validator_refuses_a_wrong_one()
    {
        JsonNode bom = JsonNode.Parse(Write())!;
        bom["components"]![0]!["type"] = "nonsense";
        Assert.That(Validate(bom.ToJsonString()).IsValid, Is.False);
    }

    [Test]
    public void It_is_the_same_each_time_and_another_one_has_another_number()
    {
        string first = Write();
        Assert.That(Write(), Is.EqualTo(first).And.EndsWith("}\n").And.Not.Contain("\r"));
        Assert.That(Number(Write()), Is.Not.EqualTo(Number(Write(Known with { Detail = "Other." }))));
        Assert.That(Number(Write()), Does.Match("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
    }

    [Test]
    public void Every_ref_has_dependencies_and_every_dependency_a_ref()
    {
        JsonNode bom = JsonNode.Parse(Write())!;
        string[] refs = [.. bom["dependencies"]!.AsArray().Select(entry => (string)entry!["ref"]!)];
        string[] needed =
            [.. bom["dependencies"]!.AsArray().SelectMany(entry => entry!["dependsOn"]!.AsArray()).Select(need => (string)need!)];
        string[] defined =
        [
            (string)bom["metadata"]!["component"]!["bom-ref"]!,
            .. bom["components"]!.AsArray().SelectMany(item => (item!["components"]?.AsArray() ?? []).Append(item))
                .Select(item => (string)item!["bom-ref"]!),
        ];
        Assert.That(refs, Is.Unique.And.EquivalentTo(defined));
        Assert.That(needed.Except(defined), Is.Empty);
    }

    [Test]
    public void Vulnerabilities_are_answered_by_advisories_and_by_patches()
    {
        JsonArray all = JsonNode.Parse(Write())!["vulnerabilities"]!.AsArray();
        Assert.That(
            all.Select(one => ((string)one!["id"]!, (string)one["analysis"]!["state"]!, (string)one["affects"]![0]!["ref"]!)),
            Is.EquivalentTo(new[]
            {
                ("CVE-2024-47611", "not_affected", "component:xz"), ("CVE-2026-0001", "resolved_with_pedigree", "component:zlib"),
            }));
        Assert.That(
            JsonNode.Parse(Write(Known with { Versions = ["5.2.8"] }))!["vulnerabilities"]!.AsArray(), Has.Count.EqualTo(1), "another one");
    }

    [Test]
    public void A_module_is_answered_where_all_that_have_it_inside_are_and_else_the_component()
    {
        Advisory ofXz = Known with { Id = "GO-2026-0001", Module = "example.org/Module" };
        Advisory ofZlib = ofXz with { Component = "zlib", Versions = ["1.3.1"], Detail = "Nor here." };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Answered(ofXz), Is.EqualTo(["component:xz: Not here."]));
            Assert.That(
                Answered(ofXz, ofZlib), Is.EqualTo(["pkg:golang/example.org/module@v1.2.3: Not here. Nor here."]));
            Assert.That(
                Answered(ofXz, ofZlib with { State = "exploitable" }),
                Is.EqualTo(["component:xz: Not here.", "component:zlib: Nor here."]));
            Assert.That(Validate(Write([ofXz, ofZlib])).IsValid, Is.True);
        }

        static IEnumerable<string> Answered(params Advisory[] answers) => JsonNode.Parse(Write(answers))!["vulnerabilities"]!.AsArray()
            .Where(one => (string)one!["id"]! == "GO-2026-0001")
            .Select(one => $"{one!["affects"]![0]!["ref"]}: {one["analysis"]!["detail"]}");
    }

    [TestCaseSource(nameof(Licences))]
    public void A_licence_of_a_line_is_one_that_SPDX_knows(string id)
    {
        if (id.StartsWith("LicenseRef-", StringComparison.Ordinal))
        {
            return; // a name of our own, as SPDX allows it for what its list lacks
        }

        var bom = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["components"] = new JsonArray(new JsonObject
            {
                ["type"] = "file",
                ["name"] = "x",
                ["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = id } }),
            }),
        };
        Assert.That(Validate(bom.ToJsonString()).IsValid, Is.True, id);
    }

    private static string Write(Advisory? advisory = null) => Write([advisory ?? Known]);

    private static string Write(Advisory[] advisories) => new CycloneDxWriter(SampleRecord.Line, advisories)
        .Write(Inventory.Of(SampleRecord.Record, SampleRecord.Line, string.Empty, ["meson"]));

    private static string Number(string bom) => (string)JsonNode.Parse(bom)!["serialNumber"]!;

    private static (bool IsValid, string Messages) Validate(string json)
    {
        var result = Validator.Validate(json, SpecificationVersion.v1_6);
        return (result.Valid, string.Join('\n', result.Messages ?? []));
    }
}
