using Qcw.Build.Host;
using Qcw.Build.Reporting;

namespace Qcw.Build.Tests.Host;

public sealed class ReportsTests
{
    private const string Mail = """
        From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
        From: Jane Doe <jane@example.org>
        Date: Thu, 1 Jan 2026 00:00:00 +0000
        Subject: [PATCH] Say hello

        It said nothing.

        Author: Jane Doe <jane@example.org>
        Forwarded: no
        Last-Update: 2026-01-01
        ---
         a | 2 +-

        diff --git a/a b/a
        --- a/a
        +++ b/a
        @@ -1 +1 @@
        -one
        +two

        """;

    [Test]
    public void A_patch_that_somebody_works_on_says_that_it_is_not_what_was_packed()
    {
        using var folder = new TemporaryFolder();
        var patch = new LocalPatch("0001-Say-hello", folder.Write("0001-Say-hello.patch", Mail));
        var packed = new PatchRecord("program", patch.Name, Files.Sha256(patch.File));
        PatchState before = Reports.StateOf(packed, null, patch);
        File.AppendAllText(patch.File, "\n");
        PatchState after = Reports.StateOf(packed, null, patch);
        Assert.That((before.State, after.State), Is.EqualTo(("never-sent", "changed since")));
    }
}
