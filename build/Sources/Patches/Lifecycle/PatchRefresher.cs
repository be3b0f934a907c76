using Qcw.Build.Fetching.Git;

namespace Qcw.Build.Sources.Patches.Lifecycle;

/// <summary>What refreshing the patches of a component made.</summary>
/// <param name="Written">Full paths of patches.</param>
/// <param name="Dropped">What is in the new source already.</param>
/// <param name="Left">The patch that somebody has to finish; null: none.</param>
/// <param name="Waiting">Patches that conflict too, and have to wait for it.</param>
internal sealed record RefreshResult(
    IReadOnlyList<string> Written, IReadOnlyList<PatchVerdict> Dropped, PatchVerdict? Left, IReadOnlyList<PatchVerdict> Waiting);

/// <summary>
/// Brings patches onto another source, mail by mail, so that a conflict is one of a mail and not of a whole series. It writes beside the
/// patches and never over one.
/// </summary>
/// <param name="session">The patches. Their bench is the folder <c>tree</c> of the output; somebody may have to go on there.</param>
/// <param name="source">The new source.</param>
/// <param name="output">The folder for the patches.</param>
/// <param name="log">Gets what becomes of each patch, and how it changed.</param>
internal sealed class PatchRefresher(PatchSession session, UpstreamSource source, string output, BuildLog log)
{
    /// <summary>How patches are written: the same bytes on each machine, and no numbers that a later patch would change.</summary>
    public static readonly IReadOnlyList<string> Form = ["--zero-commit", "--no-signature", "--no-numbered", "--no-base"];

    private readonly GitRepository git = session.Bench.Git;

    /// <summary>Refreshes what has to be.</summary>
    /// <param name="only">The name of the one patch to refresh; null: all that are not Debian's.</param>
    public RefreshResult Run(string? only)
    {
        var written = new List<string>();
        var dropped = new List<PatchVerdict>();
        var left = new List<(PatchVerdict Verdict, PatchSteps Patch, string Tip)>();
        string tip = session.Bench.Commit(source.Tree, null, source.Label);
        IEnumerable<PatchVerdict> verdicts = new PatchTrial(session.Bench, source).Run(session.Patches);
        foreach ((PatchVerdict verdict, PatchSteps patch) in verdicts.Zip(session.Patches))
        {
            bool wanted = only is null ? patch.Listed.Upstream is not null : only == patch.Listed.Name;
            if (verdict.Standing is Standing.Conflicts)
            {
                left.AddRange(wanted ? [(verdict, patch, tip)] : []);
            }
            else if (verdict.Standing is Standing.LooksMerged or Standing.Obsolete or Standing.Merged)
            {
                dropped.AddRange(wanted ? [verdict] : []);
            }
            else
            {
                string next = Rebase(patch, tip);
                if (wanted)
                {
                    written.Add(Write(patch, tip, next));
                }

                tip = next;
            }

            log.Step(session.Component.Name, "refresh", $"{patch.Listed.Name}: {verdict.Detail}");
        }

        if (left is [var first, ..])
        {
            CheckOut(first.Patch, first.Tip);
        }

        return new RefreshResult(
            written, dropped, left.Count > 0 ? left[0].Verdict : null, [.. left.Skip(1).Select(conflict => conflict.Verdict)]);
    }

    /// <summary>The command with which a person writes the patch that was left, when its mails are on the work tree.</summary>
    public string FormatCommand(PatchVerdict left) =>
        $"{GitRepository.FormatPatch.Replace("git ", $"git -C {session.Bench.Root} ", StringComparison.Ordinal)} {string.Join(' ', Form)} "
            + $"--stdout {Start}..HEAD > {FileOf(left.Patch)}";

    private const string Start = "refs/tags/start";

    private string FileOf(ListedPatch patch) => Path.Combine(output, patch.Name + ".patch");

    /// <summary>The mails of a patch that goes on without help, as commits.</summary>
    private string Rebase(PatchSteps patch, string tip)
    {
        string tree = session.Bench.TreeOf(tip);
        for (int number = 0; number < patch.Mails.Count; number++)
        {
            string next = session.Bench.TryApply(tree, patch.Mails[number])?.Tree
                ?? session.Bench.Merge(patch.TreeAfter(number), patch.TreeAfter(number + 1), tree).Tree;
            if (next != tree)
            {
                PatchMessage message = session.Bench.MessageOf(patch.Listed.File, patch.Mails[number]);
                tip = session.Bench.Commit(next, tip, message, message.Whole);
                tree = next;
            }
        }

        return tip;
    }

    private string Write(PatchSteps patch, string from, string to)
    {
        string file = FileOf(patch.Listed);
        git.Run(["format-patch", $"--output={file}{Files.PartialSuffix}", .. Form, $"{from}..{to}"]);
        Files.Replace(file + Files.PartialSuffix, file);
        string old = session.CommitMails(patch, patch.Before, message => message.Whole);
        foreach (string line in git.Lines("range-diff", "--no-color", $"{patch.Before}..{old}", $"{from}..{to}"))
        {
            log.Info("    " + line);
        }

        return file;
    }

    /// <summary>Writes the files of the source with all that goes on, and begins to apply the patch there as a person would.</summary>
    private void CheckOut(PatchSteps patch, string tip)
    {
        string last = session.CommitMails(patch, patch.Before, message => message.Whole);
        git.Run("update-ref", Start, tip);
        git.Run("checkout", "--quiet", "--detach", tip);
        foreach (string setting in (string[])["user.name", "user.email"])
        {
            git.Run("config", setting, setting == "user.name" ? "qcw" : "qcw@localhost"); // whom git names is not in the patch
        }

        ProcessResult result = git.Try("cherry-pick", "--allow-empty", "--keep-redundant-commits", $"{patch.Before}..{last}");
        if (git.Lines("ls-files", "--unmerged").Count == 0)
        {
            throw new BuildException(
                $"{patch.Listed.Name} conflicts, and git could not leave the conflict in a work tree: {result.StandardError.Trim()}\n"
                    + PatchBench.IncompleteClone);
        }
    }
}
