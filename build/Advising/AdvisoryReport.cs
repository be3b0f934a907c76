using System.Globalization;
using System.Text.Json.Nodes;

namespace Qcw.Build.Advising;

/// <summary>Tells what came of a look at advisories.</summary>
public static class AdvisoryReport
{
    /// <summary>The values of the option that says when the target fails.</summary>
    public static readonly IReadOnlyList<string> FailsOn = [NewOnes, AnyOpen, Nothing];

    /// <summary>Fails on what nobody has answered.</summary>
    public const string NewOnes = "new";

    /// <summary>Fails on all that the programs have, and on stale answers.</summary>
    public const string AnyOpen = "any";

    private const string Nothing = "none";

    /// <summary>The page that says where databases are, and how to answer.</summary>
    private const string Page = "docs/advisories.md";

    /// <summary>For people: a line a finding, the components in the order of the line.</summary>
    public static IEnumerable<string> Lines(AdvisoryReview review)
    {
        foreach (AdvisoryDatabase database in review.Databases)
        {
            yield return $"database {database.File}: {database.Description}";
        }

        foreach (SubjectReview component in review.Components)
        {
            if (component is { LookedAt: null, NotLookedAt: null })
            {
                continue;
            }

            yield return string.Empty;
            yield return $"{component.Component} {component.Version}"
                + (component.LookedAt is { } how ? $" ({how})" : string.Empty);
            if (component.Counts is { } counts)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {counts.Modules} advisories of its modules' versions, {counts.Packages} of packages inside, "
                        + $"{counts.System} of these for Windows, {counts.Functions} of functions inside");
            }

            foreach (string line in Table([.. component.Findings.Where(finding => finding.State != Finding.Patched)]))
            {
                yield return "  " + line;
            }

            string[] patched =
                [.. component.Findings.Where(finding => finding.State == Finding.Patched).Select(finding => finding.Id)];
            if (patched.Length > 0)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"  {patched.Length} fixed by patches: {string.Join(", ", patched)}");
            }

            if (component.NotLookedAt is { } why)
            {
                yield return $"  not looked at: {why}";
            }
        }

        yield return string.Empty;
        foreach (string stale in review.Stale)
        {
            yield return $"stale answer: {stale}";
        }

        yield return Summary(review);
    }

    /// <summary>For programs.</summary>
    public static JsonObject ToJson(AdvisoryReview review) => new()
    {
        ["line"] = review.Line,
        ["databases"] = Array(review.Databases.Select(database => new JsonObject
        {
            ["file"] = database.File,
            ["kind"] = database.Kind,
            ["entries"] = database.Entries,
            ["date"] = database.Date?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        })),
        ["components"] = Array(review.Components.Select(component => new JsonObject
        {
            ["name"] = component.Component,
            ["version"] = component.Version,
            ["lookedAt"] = component.LookedAt,
            ["notLookedAt"] = component.NotLookedAt,
            ["counts"] = component.Counts is { } counts
                ? new JsonObject
                {
                    ["modules"] = counts.Modules,
                    ["packages"] = counts.Packages,
                    ["system"] = counts.System,
                    ["functions"] = counts.Functions,
                }
                : null,
            ["findings"] = Array(component.Findings.Select(ToJson)),
        })),
        ["stale"] = new JsonArray([.. review.Stale.Select(text => JsonValue.Create(text))]),
    };

    /// <summary>What makes the target fail; null: nothing.</summary>
    /// <param name="review">What was found.</param>
    /// <param name="failsOn">One of <see cref="FailsOn"/>.</param>
    public static string? Failure(AdvisoryReview review, string failsOn)
    {
        if (failsOn == Nothing)
        {
            return null;
        }

        bool any = failsOn == AnyOpen;
        string[] open = [.. review.Findings.Where(finding => any ? finding.IsOpen : finding.State == Finding.New)
            .Select(finding => $"{finding.Component} {finding.Version}: {finding.Id}"
                + (finding.Module is { } module ? $" ({module})" : string.Empty))];
        // what nobody looked at is not known to be sound
        string[] unknown = [.. review.Components.Where(one => one.NotLookedAt is not null)
            .Select(one => $"{one.Component} {one.Version} was not looked at: {one.NotLookedAt}")];
        string[] stale = any ? [.. review.Stale.Select(text => "stale answer: " + text)] : [];
        string[] all = [.. open, .. unknown, .. stale];
        string also = any ? string.Create(CultureInfo.InvariantCulture, $", {stale.Length} stale answers") : string.Empty;
        return all.Length == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"--fail-on={failsOn}: {open.Length} {(any ? "open" : "new")} findings, {unknown.Length} components not looked at{also}; "
                + $"{Page} says how to answer\n  {string.Join("\n  ", all)}");
    }

    /// <summary>The JSON that starts an answer, to be put into the list of the component's file.</summary>
    /// <param name="review">What was found.</param>
    /// <param name="id">The vulnerability, by any of its names.</param>
    /// <returns>A text for each component that has it; none: it was not found.</returns>
    public static IEnumerable<string> Answers(AdvisoryReview review, string id)
    {
        foreach (IGrouping<string, Finding> component in review.Findings.Where(finding => finding.Names.Contains(id))
            .GroupBy(finding => finding.Component))
        {
            yield return $"for the list \"advisories\" in build/Advisories/{component.Key}.json, "
                + "with a state of the schema and your own reason in place of the database's:";
            foreach (Finding finding in component)
            {
                var answer = new JsonObject { ["id"] = finding.Id };
                if (finding.Module is { } module)
                {
                    answer["module"] = module;
                }

                answer["versions"] = new JsonArray(finding.Version);
                answer["state"] = finding.State is Finding.New or Finding.Patched ? "in_triage" : finding.State;
                if (finding.Justification is { } justification)
                {
                    answer["justification"] = justification;
                }

                answer["detail"] = finding.Detail ?? (finding.Summary.Length > 0 ? finding.Summary : finding.Evidence);
                yield return JsonText.Of(answer).TrimEnd();
            }
        }
    }

    private static string Summary(AdvisoryReview review)
    {
        Finding[] all = [.. review.Findings];
        int Of(Func<Finding, bool> which) => all.Count(which);
        int open = Of(finding => finding.State == Finding.New);
        int known = Of(finding => finding.IsOpen) - open;
        int patched = Of(finding => finding.State == Finding.Patched);
        int not = review.Components.Count(component => component.NotLookedAt is not null);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{review.Line}: {open} new, {known} known to be open, {all.Length - open - known - patched} answered otherwise, "
                + $"{patched} fixed by patches; {not} components not looked at, {review.Stale.Count} stale answers");
    }

    private static IEnumerable<string> Table(IReadOnlyList<Finding> findings)
    {
        string[][] rows =
        [
            .. findings.Select(finding => new[]
            {
                finding.State,
                finding.Id,
                finding.Module is { } module ? $"{module} {finding.ModuleVersion}".TrimEnd() : string.Empty,
                finding.FixedIn is { } version ? $"fixed in {version}" : string.Empty,
                finding.Detail ?? finding.Summary,
            }),
        ];
        for (int row = 0; row < rows.Length; row++)
        {
            yield return string.Join("  ", rows[row].Index().Where(cell => rows.Any(one => one[cell.Index].Length > 0))
                .Select(cell => cell.Item.PadRight(cell.Index + 1 < rows[row].Length ? rows.Max(one => one[cell.Index].Length) : 0)))
                .TrimEnd();
        }
    }

    private static JsonObject ToJson(Finding finding) => new()
    {
        ["id"] = finding.Id,
        ["aliases"] = new JsonArray([.. finding.Aliases.Select(name => JsonValue.Create(name))]),
        ["module"] = finding.Module,
        ["moduleVersion"] = finding.ModuleVersion,
        ["packages"] = new JsonArray([.. finding.Packages.Select(name => JsonValue.Create(name))]),
        ["summary"] = finding.Summary,
        ["fixedIn"] = finding.FixedIn,
        ["evidence"] = finding.Evidence,
        ["state"] = finding.State,
        ["justification"] = finding.Justification,
        ["detail"] = finding.Detail,
    };

    private static JsonArray Array(IEnumerable<JsonObject> items) => new([.. items]);
}
