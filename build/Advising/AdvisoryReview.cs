using Qcw.Build.Attesting;

namespace Qcw.Build.Advising;

/// <summary>
/// Holds the components of a line against databases and changelogs, and what is found against the answers of the repository.
/// </summary>
/// <param name="Line">The line's name.</param>
/// <param name="Databases">What was read.</param>
/// <param name="Components">What came of it, in the order of the line.</param>
/// <param name="Stale">Answers to what is not there, a sentence each.</param>
public sealed record AdvisoryReview(
    string Line, IReadOnlyList<AdvisoryDatabase> Databases, IReadOnlyList<SubjectReview> Components, IReadOnlyList<string> Stale)
{
    /// <summary>Go's own library, as its database calls it.</summary>
    public const string StandardLibrary = "stdlib";

    /// <summary>All that was found.</summary>
    public IEnumerable<Finding> Findings => Components.SelectMany(component => component.Findings);

    /// <summary>What the databases are read for.</summary>
    public static Wanted WantedBy(IReadOnlyCollection<Subject> subjects) => new(
        subjects.SelectMany(subject => subject.Go is { } go
            ? go.Modules.Select(module => module.Path).Append(StandardLibrary).Append(go.Main).OfType<string>()
            : (IEnumerable<string>)[]).ToHashSet(StringComparer.Ordinal),
        subjects.Select(subject => subject.Debian?.Package).OfType<string>().ToHashSet(StringComparer.Ordinal),
        subjects.SelectMany(subject => subject.Repositories).ToHashSet(StringComparer.Ordinal));

    /// <summary>Looks at all of them.</summary>
    /// <param name="line">The line's name.</param>
    /// <param name="architecture">Go's name of the processor that is built for.</param>
    /// <param name="subjects">Components and libraries.</param>
    /// <param name="databases">What was read for them.</param>
    /// <param name="answers">The answers of the repository.</param>
    /// <param name="known">Names and versions of all components and libraries of all lines.</param>
    /// <param name="all">True: the subjects are all that the line has, so that answers about others are stale.</param>
    public static AdvisoryReview Of(
        string line, string architecture, IReadOnlyList<Subject> subjects, IReadOnlyList<AdvisoryDatabase> databases,
        IReadOnlyList<Advisory> answers, IReadOnlyCollection<(string Name, string Version)> known, bool all)
    {
        Vulnerability[] vulnerabilities = [.. databases.SelectMany(database => database.Vulnerabilities)];
        SubjectReview[] reviews =
        [
            .. subjects.Select(subject => new SubjectLook(subject, architecture, databases, vulnerabilities).Review(
                [.. answers.Where(one => one.Component == subject.Component.Name
                    && one.Versions.Contains(subject.Component.Version))])),
        ];
        return new AdvisoryReview(line, databases, reviews, [.. StaleOf(subjects, reviews, databases, answers, known, all)]);
    }

    private static IEnumerable<string> StaleOf(
        IReadOnlyList<Subject> subjects, SubjectReview[] reviews, IReadOnlyList<AdvisoryDatabase> databases,
        IReadOnlyList<Advisory> answers, IReadOnlyCollection<(string Name, string Version)> known, bool all)
    {
        foreach (Advisory answer in answers)
        {
            string file = $"build/Advisories/{answer.Component}.json: {answer.Id}";
            foreach (string version in all ? answer.Versions.Where(version => !known.Contains((answer.Component, version))) : [])
            {
                yield return $"{file} is about {answer.Component} {version}, which no line has";
            }

            int at = subjects.Index().FirstOrDefault(
                one => one.Item.Component.Name == answer.Component && answer.Versions.Contains(one.Item.Component.Version),
                (-1, null!)).Item1;
            if (at < 0)
            {
                continue;
            }

            Subject subject = subjects[at];
            if (answer.Module is { } module && subject.Go is { } go && module != StandardLibrary && module != go.Main
                && go.Modules.All(one => one.Path != module))
            {
                yield return $"{file} is about the Go module {module}, which {answer.Component} {subject.Component.Version} does not have";
            }
            // a changelog names what was fixed; only a database can be expected to know the rest
            else if (databases.Any(database => SubjectLook.Covers(database, subject))
                && !reviews[at].Findings.Any(finding =>
                    finding.Evidence != SubjectLook.OnlyAnswered && SubjectLook.IsAnsweredBy(finding, answer)))
            {
                yield return $"{file} was not found in {answer.Component} {subject.Component.Version} by any database that was given";
            }
        }
    }
}
