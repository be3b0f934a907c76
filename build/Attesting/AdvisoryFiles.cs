using Qcw.Build.Catalog.Reading;

namespace Qcw.Build.Attesting;

/// <summary>What is known here of one vulnerability in some versions of a component.</summary>
/// <param name="Component">The component or library.</param>
/// <param name="Id"><c>CVE-2024-47611</c>, or GitHub's name.</param>
/// <param name="Versions">Upstream's version texts, at least one.</param>
/// <param name="State">CycloneDX's word for it: <c>exploitable</c>, <c>not_affected</c>.</param>
/// <param name="Detail">Why, a sentence.</param>
public sealed record Advisory(string Component, string Id, IReadOnlyList<string> Versions, string State, string Detail)
{
    /// <summary>CycloneDX's word for why it is not affected; null: it is.</summary>
    public string? Justification { get; init; }

    /// <summary>
    /// The Go module that is linked into the component and has it; Go's own library is <c>stdlib</c>; null: the component itself.
    /// </summary>
    public string? Module { get; init; }

    /// <summary>CycloneDX's words for what is or can be done; default: nothing is said.</summary>
    public IReadOnlyList<string> Response { get; init; } = [];
}

/// <summary>
/// Reads what people have found out about vulnerabilities: <c>build/Advisories/&lt;component&gt;.json</c>. A scanner's result is of one day
/// and never goes in there.
/// </summary>
public static class AdvisoryFiles
{
    private const string NotAffected = "not_affected";

    private static readonly TextRule Id = new(
        "a name such as CVE-2024-47611 or GO-2024-2961, or that of an advisory of GitHub's",
        "^(CVE-[0-9]{4}-[0-9]{4,}|GHSA(-[0-9a-z]{4}){3}|GO-[0-9]{4}-[0-9]{4,})$");

    private static readonly TextRule State = new(
        "one of exploitable, in_triage, not_affected, false_positive, resolved",
        "^(exploitable|in_triage|not_affected|false_positive|resolved)$");

    private static readonly TextRule Justification = new(
        "one of code_not_present, code_not_reachable, requires_configuration, requires_dependency, requires_environment, "
            + "protected_by_compiler, protected_at_runtime, protected_at_perimeter, protected_by_mitigating_control",
        "^(code_not_present|code_not_reachable|requires_configuration|requires_dependency|requires_environment"
            + "|protected_by_compiler|protected_at_runtime|protected_at_perimeter|protected_by_mitigating_control)$");

    private static readonly TextRule Response = new(
        "one of can_not_fix, will_not_fix, update, rollback, workaround_available",
        "^(can_not_fix|will_not_fix|update|rollback|workaround_available)$");

    private static readonly TextRule Module = new(
        "a Go module's path, such as golang.org/x/net, or stdlib",
        "^(stdlib|[a-z0-9-]+(\\.[a-z0-9-]+)+(/[0-9A-Za-z._~-]+)*)$");

    private static readonly TextRule Schema = new("\"advisories.schema.json\"", @"^advisories\.schema\.json$");

    /// <summary>All advisories, sorted by component and name.</summary>
    /// <param name="paths">The folders of the build.</param>
    /// <exception cref="UsageException">A file is wrong; the message has one problem a line: file, field, and what is allowed.</exception>
    public static IReadOnlyList<Advisory> Read(Paths paths)
    {
        var problems = new Problems();
        var all = new List<Advisory>();
        foreach (string file in Directory.EnumerateFiles(paths.Advisories, "*.json").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(file);
            if (name != "advisories.schema.json")
            {
                all.AddRange(Read(file, new Place($"build/Advisories/{name}", string.Empty), problems));
            }
        }

        problems.ThrowIfAny();
        return [.. all.OrderBy(one => one.Component, StringComparer.Ordinal).ThenBy(one => one.Id, StringComparer.Ordinal)];
    }

    private static IEnumerable<Advisory> Read(string file, Place place, Problems problems)
    {
        if (JsonFile.Read(file, place, problems) is not { } fields)
        {
            yield break;
        }

        fields.Optional("$schema")?.Text(Schema);
        var names = new HashSet<(string, string?, string)>();
        foreach (Field entry in fields.Required("advisories", "a list of advisories")?.Items("a list with at least one advisory") ?? [])
        {
            if (entry.Object("an object with id, versions, state and detail") is { } one
                && Read(Path.GetFileNameWithoutExtension(file), one) is { } advisory)
            {
                foreach (string version in advisory.Versions.Where(version => !names.Add((advisory.Id, advisory.Module, version))))
                {
                    problems.Add(entry.Place, $"{advisory.Id} and {version} appear twice, expected each pair once");
                }

                yield return advisory;
            }
        }

        fields.Close();
    }

    private static Advisory? Read(string component, Fields fields)
    {
        string? id = fields.Text("id", Id);
        string? module = fields.Optional("module")?.Text(Module);
        string[] versions =
            [.. (fields.Required("versions", "a list of versions")?.Texts(Rules.Version) ?? []).Select(version => version.Text)];
        string? state = fields.Text("state", State);
        Field? why = fields.Optional("justification");
        string? justification = why?.Text(Justification);
        string? detail = fields.Text("detail", Rules.Sentence);
        string[] response = [.. fields.OptionalTexts("response", Response).Select(word => word.Text)];
        if (state is not null && (state == NotAffected) != (why is not null))
        {
            (why ?? fields.Required("justification", $"CycloneDX's word for the reason, because state is {NotAffected}"))?.Reject(
                $"no justification, because state is not {NotAffected}");
        }

        fields.Close();
        return id is null || versions.Length == 0 || state is null || detail is null
            ? null
            : new Advisory(component, id, versions, state, detail)
            {
                Module = module,
                Justification = justification,
                Response = response,
            };
    }
}
