using Qcw.Build.Verifying;

namespace Qcw.Build.Tests.Verifying;

/// <summary>A verification says yes only where all that is required was really checked.</summary>
public sealed class RequirementsTests
{
    [Test]
    public void Nothing_that_was_checked_is_never_enough()
    {
        foreach (Check[] required in (Check[][])[[], .. Enum.GetValues<Check>().Select(step => (Check[])[step])])
        {
            Assert.That(new Requirements(required, 0).Unmet([]), Is.Not.Empty);
            Assert.That(
                new Requirements(required, 0).Unmet([.. Enum.GetValues<Check>().Select(step => StepResult.NotChecked(step, "x"))]),
                Is.Not.Empty);
        }
    }

    [Test]
    public void The_releases_own_sums_alone_are_not_enough() =>
        Assert.That(
            new Requirements([], 0).Unmet([Of(Check.Sums, Verdict.Pass)]),
            Has.One.Contains("nobody besides the release itself vouches for it"));

    [TestCase(Check.Signature), TestCase(Check.Attestation), TestCase(Check.Comparison)]
    public void Somebody_else_who_vouches_is_enough(Check step) =>
        Assert.That(new Requirements([], 0).Unmet([Of(Check.Sums, Verdict.Pass), Of(step, Verdict.Pass)]), Is.Empty);

    [Test]
    public void A_failure_that_nobody_requires_is_one_all_the_same() =>
        Assert.That(
            new Requirements([Check.Sums], 0).Unmet([Of(Check.Sums, Verdict.Pass), Of(Check.Provenance, Verdict.Fail)]),
            Is.EqualTo(new[] { "provenance failed" }));

    [Test]
    public void What_is_required_must_have_been_checked() =>
        Assert.That(
            new Requirements([Check.Sums, Check.Signature], 0)
                .Unmet([Of(Check.Sums, Verdict.Pass), Of(Check.Signature, Verdict.NotChecked), Of(Check.Comparison, Verdict.Pass)]),
            Is.EqualTo(new[] { "signature is required and was not checked" }));

    [Test]
    public void A_rebuild_is_worth_nothing_without_the_comparison() =>
        Assert.That(
            new Requirements([Check.Rebuild], 0).Unmet([Of(Check.Rebuild, Verdict.Pass), Of(Check.Comparison, Verdict.NotChecked)]),
            Is.EqualTo(new[] { "comparison is required and was not checked" }));

    [Test]
    public void A_number_of_builders_requires_attestations() =>
        Assert.That(
            new Requirements([Check.Sums], 2).Unmet([Of(Check.Sums, Verdict.Pass)]),
            Is.EqualTo(new[] { "attestation is required and was not checked" }));

    [Test]
    public void A_step_is_as_bad_as_its_worst_file()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Step(Verdict.Pass, Verdict.Pass), Is.EqualTo(Verdict.Pass));
            Assert.That(Step(Verdict.Pass, Verdict.NotChecked), Is.EqualTo(Verdict.NotChecked));
            Assert.That(Step(Verdict.Fail, Verdict.NotChecked), Is.EqualTo(Verdict.Fail));
            Assert.That(Step(), Is.EqualTo(Verdict.NotChecked), "of no file nothing was checked");
        }

        static Verdict Step(params Verdict[] files) =>
            StepResult.Of(Check.Sums, [.. files.Select(one => new FileResult("x", one, "x"))], "x").Verdict;
    }

    [Test]
    public void An_unknown_name_is_refused_with_those_there_are() =>
        Assert.That(
            () => Requirements.Parse("require", "sums,signatures"),
            Throws.TypeOf<UsageException>().With.Message.EqualTo(
                "--require: found \"signatures\", expected names with commas between them: "
                    + "sums, signature, attestation, provenance, rebuild, comparison"));

    private static StepResult Of(Check step, Verdict verdict) => new(step, verdict, "x", []);
}
