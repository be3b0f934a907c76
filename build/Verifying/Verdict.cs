using System.Text.Json.Serialization;

namespace Qcw.Build.Verifying;

/// <summary>What a check has found.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>It was checked, and is right.</summary>
    [JsonStringEnumMemberName("PASS")]
    Pass,

    /// <summary>It was checked, and is wrong.</summary>
    [JsonStringEnumMemberName("FAIL")]
    Fail,

    /// <summary>It could not be checked; the reason says why.</summary>
    [JsonStringEnumMemberName("NOT CHECKED")]
    NotChecked,
}

/// <summary>The steps of a verification, in their order. Their names in lower case are what <c>--require</c> takes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Check>))]
public enum Check
{
    /// <summary>The files are those that the release's own lists name.</summary>
    [JsonStringEnumMemberName("sums")]
    Sums,

    /// <summary>A trusted key signed the list.</summary>
    [JsonStringEnumMemberName("signature")]
    Signature,

    /// <summary>Trusted builders signed that they made the files.</summary>
    [JsonStringEnumMemberName("attestation")]
    Attestation,

    /// <summary>The release says that it was made from the inputs that this checkout names.</summary>
    [JsonStringEnumMemberName("provenance")]
    Provenance,

    /// <summary>The files were made again, here.</summary>
    [JsonStringEnumMemberName("rebuild")]
    Rebuild,

    /// <summary>What was made here is what was released.</summary>
    [JsonStringEnumMemberName("comparison")]
    Comparison,
}

/// <summary>What a step has found about one file.</summary>
/// <param name="Name">The file's name in the release.</param>
/// <param name="Verdict">What was found.</param>
/// <param name="Reason">One line.</param>
public sealed record FileResult(string Name, Verdict Verdict, string Reason)
{
    /// <summary>More lines, for people: what differs.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}

/// <summary>What a step has found.</summary>
/// <param name="Step">Which.</param>
/// <param name="Verdict">Of the whole step.</param>
/// <param name="Reason">One line.</param>
/// <param name="Files">About each file that it looked at.</param>
public sealed record StepResult(Check Step, Verdict Verdict, string Reason, IReadOnlyList<FileResult> Files)
{
    /// <summary>A step that did not begin.</summary>
    public static StepResult NotChecked(Check step, string reason) => new(step, Verdict.NotChecked, reason, []);

    /// <summary>A step that fails or passes as a whole.</summary>
    /// <param name="step">Which.</param>
    /// <param name="problem">What is wrong; null: nothing.</param>
    /// <param name="passed">What was found right.</param>
    public static StepResult Of(Check step, string? problem, string passed) =>
        new(step, problem is null ? Verdict.Pass : Verdict.Fail, problem ?? passed, []);

    /// <summary>A step that looked at files: the worst verdict of any is its own, and of none it is NOT CHECKED.</summary>
    /// <param name="step">Which.</param>
    /// <param name="files">What it found.</param>
    /// <param name="passed">What passed files are, after "N of M files".</param>
    public static StepResult Of(Check step, IReadOnlyList<FileResult> files, string passed)
    {
        Verdict verdict = files.Any(file => file.Verdict == Verdict.Fail) ? Verdict.Fail
            : files.Count == 0 || files.Any(file => file.Verdict == Verdict.NotChecked) ? Verdict.NotChecked
            : Verdict.Pass;
        return new StepResult(step, verdict, $"{files.Count(file => file.Verdict == Verdict.Pass)} of {files.Count} files {passed}", files);
    }
}

/// <summary>What a verification must have checked.</summary>
/// <param name="Steps">These must pass; empty: see <see cref="Unmet"/>.</param>
/// <param name="Builders">At least so many trusted builders must have attested each file; 0: as many as there are.</param>
public sealed record Requirements(IReadOnlyCollection<Check> Steps, int Builders)
{
    /// <summary>The words of <c>--require</c>.</summary>
    public static IReadOnlyDictionary<string, Check> Names { get; } =
        Enum.GetValues<Check>().ToDictionary(step => step.ToString().ToLowerInvariant());

    /// <summary>Steps that somebody besides the release itself vouches in.</summary>
    private static readonly Check[] Independent = [Check.Signature, Check.Attestation, Check.Comparison];

    /// <summary>True where the files have to be made again.</summary>
    public bool Rebuild => Steps.Contains(Check.Rebuild);

    /// <summary>Reads the value of <c>--require</c>: names with commas between them.</summary>
    /// <exception cref="UsageException">A name is unknown.</exception>
    public static IReadOnlyCollection<Check> Parse(string option, string list) =>
    [
        .. list.Split(',', StringSplitOptions.TrimEntries).Select(word => Names.TryGetValue(word.ToLowerInvariant(), out Check step)
            ? step
            : throw new UsageException(
                $"--{option}: found \"{word}\", expected names with commas between them: {string.Join(", ", Names.Keys)}")).Distinct(),
    ];

    /// <summary>
    /// Why a release is not verified; empty: it is. Nothing may have failed. Without a list, the sums must pass, and one step in which
    /// somebody besides the release itself vouches for it: whoever can replace a file can replace the sums beside it.
    /// </summary>
    public IReadOnlyList<string> Unmet(IReadOnlyList<StepResult> results)
    {
        Verdict Of(Check step) => results.FirstOrDefault(result => result.Step == step)?.Verdict ?? Verdict.NotChecked;
        Check[] required =
        [
            .. Steps.Count == 0 ? [Check.Sums] : Steps,
            // a file that was made again is worth nothing until it is compared
            .. Rebuild ? [Check.Comparison] : (Check[])[],
            .. Builders > 0 ? [Check.Attestation] : (Check[])[],
        ];
        return
        [
            .. results.Where(result => result.Verdict == Verdict.Fail).Select(result => $"{Name(result.Step)} failed"),
            .. required.Distinct().Order().Where(step => Of(step) == Verdict.NotChecked)
                .Select(step => $"{Name(step)} is required and was not checked"),
            .. Steps.Count == 0 && Independent.All(step => Of(step) != Verdict.Pass)
                ? (string[])["nobody besides the release itself vouches for it: none of signature, attestation and comparison passed"]
                : [],
        ];
    }

    private static string Name(Check step) => step.ToString().ToLowerInvariant();
}

/// <summary>All that a verification has found.</summary>
/// <param name="Release">What was verified, as the command line named it.</param>
/// <param name="Folder">Where its files are.</param>
/// <param name="Verified">True: nothing failed, and all that is required was checked.</param>
/// <param name="Unmet">Why it is not verified.</param>
/// <param name="Steps">What each step has found, in order.</param>
public sealed record Verification(
    string Release, string Folder, bool Verified, IReadOnlyList<string> Unmet, IReadOnlyList<StepResult> Steps)
{
    private const int StepWidth = 11;
    private const int VerdictWidth = 11;

    /// <summary>Judges.</summary>
    public static Verification Of(Published release, IReadOnlyList<StepResult> steps, Requirements requirements)
    {
        IReadOnlyList<string> unmet = requirements.Unmet(steps);
        return new Verification(release.Given, release.Folder, unmet.Count == 0, unmet, steps);
    }

    /// <summary>For people: a line for each step, one for each file that did not pass, and what differs.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"Verified: {Release}" + (Release == Folder ? string.Empty : $", in {Folder}");
        foreach (StepResult step in Steps)
        {
            yield return $"  {step.Step.ToString().ToLowerInvariant(),-StepWidth}  {Word(step.Verdict),-VerdictWidth}  {step.Reason}";
            // many files that have the same to say are one line
            foreach (FileResult[] same in step.Files.Where(file => file.Verdict != Verdict.Pass)
                .GroupBy(file => file.Details.Count > 0 ? file.Name : $"{file.Verdict}{file.Reason}").Select(group => group.ToArray()))
            {
                string more = same.Length > 1 ? $" and {same.Length - 1} more" : string.Empty;
                yield return $"    {Word(same[0].Verdict)}  {same[0].Name}{more}: {same[0].Reason}";
                foreach (string detail in same[0].Details)
                {
                    yield return "      " + detail;
                }
            }
        }
    }

    /// <summary>How a verdict is written.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "PASS",
        Verdict.Fail => "FAIL",
        _ => "NOT CHECKED",
    };
}
