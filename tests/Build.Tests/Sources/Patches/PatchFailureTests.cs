using System.Text;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Tests.Sources.Patches;

public sealed class PatchFailureTests
{
    private const string Patch =
        """
        --- a/d/f.c
        +++ b/d/f.c
        @@ -1 +1 @@
        -a
        +b
        @@ -30,2 +30,2 @@ void g(void)
         a
        -c
        +d
        --- /dev/null
        +++ b/made
        @@ -0,0 +1 @@
        +x
        """;

    [TestCase(
        "error: patch failed: d/f.c:30\nerror: d/f.c: patch does not apply\n",
        "d/f.c: hunk 2 of 2, @@ -30,2 +30,2 @@ void g(void) (line 6 of the patch): the lines around the change are not in the source")]
    [TestCase(
        "error: d/f.c: does not exist in index\n", "d/f.c: hunk 1 of 2, @@ -1 +1 @@ (line 3 of the patch): the source has no such file")]
    [TestCase(
        "error: made: already exists in index\n",
        "made: hunk 1 of 1, @@ -0,0 +1 @@ (line 12 of the patch): the patch creates this file, but the source has one already")]
    [TestCase(
        "error: corrupt patch at line 13\n",
        "line 13 of the patch: damaged or cut short, a hunk does not have as many lines as its header says")]
    [TestCase("error: affected file 'd/f.c' is beyond a symbolic link\n", "d/f.c: refused, it would be written through a symbolic link")]
    public void Names_file_hunk_and_reason(string error, string expected) =>
        Assert.That(Explain(error), Is.EqualTo(new[] { expected }));

    [Test]
    public void Names_every_file_that_fails() =>
        Assert.That(
            Explain("error: patch failed: d/f.c:1\nerror: d/f.c: patch does not apply\nerror: made: already exists in index\n"),
            Has.Count.EqualTo(2));

    [Test]
    public void Says_what_git_says_where_it_knows_no_better() =>
        Assert.That(Explain("error: something new\n"), Is.EqualTo(new[] { "error: something new" }));

    [Test]
    public void Says_that_a_change_is_in_the_source_already() =>
        Assert.That(
            PatchFailure.Explain(Mail(), "error: patch failed: d/f.c:1\n", alreadyApplied: true, onlyWhiteSpace: false).Single(),
            Does.Contain("already applied"));

    private static IReadOnlyList<string> Explain(string error) =>
        PatchFailure.Explain(Mail(), error, alreadyApplied: false, onlyWhiteSpace: false);

    private static PatchMail Mail() => PatchText.Parse(Encoding.UTF8.GetBytes(Patch)).Mails.Single();
}
