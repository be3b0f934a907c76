using System.Text;
using Qcw.Build.Fetching.Git;
using Qcw.Build.Sources.Trees;

namespace Qcw.Build.Sources.Patches;

/// <summary>Makes the commits of a patch list beside the work tree, in an index of its own; the tree sees nothing of it.</summary>
internal sealed class PatchChain
{
    private readonly WorkTree tree;
    private readonly GitRepository git;

    /// <summary>Works on the repository of a tree.</summary>
    public PatchChain(WorkTree tree)
    {
        this.tree = tree;
        Directory.CreateDirectory(tree.PrivateFolder);
        git = tree.Git with { Index = Path.Combine(tree.PrivateFolder, "index") };
    }

    /// <summary>Applies patches in order, one commit each.</summary>
    /// <param name="parent">The commit to start from.</param>
    /// <param name="patches">What to apply.</param>
    /// <returns>The last commit; the parent where there are no patches.</returns>
    /// <exception cref="BuildException">One does not apply, or is refused. The work tree and its HEAD are as they were.</exception>
    public string Build(string parent, IReadOnlyList<PatchFile> patches)
    {
        // all are read first: one that is refused by name should not cost the time of those before it
        (PatchFile File, PatchText Text)[] read = [.. patches.Select(patch => (patch, PatchReader.Read(patch)))];
        using var busy = new BusyMark(tree);
        git.Run("read-tree", parent);
        foreach ((PatchFile patch, PatchText text) in read)
        {
            string before = git.Run("rev-parse", parent + "^{tree}");
            string after = Apply(patch, text, parent);
            if (before == after)
            {
                throw PatchReader.Refused(patch, "it changes nothing");
            }

            if (PatchResult.Problem(git, before, after) is { } problem)
            {
                throw PatchReader.Refused(patch, problem);
            }

            parent = tree.Commit(after, parent, PatchCommit.Message(patch, text));
        }

        return parent;
    }

    private string Apply(PatchFile patch, PatchText text, string parent)
    {
        PatchMail[] mails = [.. text.Mails.Where(mail => mail.Sections.Count > 0)];
        for (int number = 1; number <= mails.Length; number++)
        {
            // mail by mail: in a series a later one changes what an earlier one has made
            string file = Path.Combine(tree.PrivateFolder, "mail.patch");
            File.WriteAllBytes(file, Encoding.Latin1.GetBytes(mails[number - 1].Text));
            ProcessResult result = git.Try("apply", "--cached", file);
            if (result.ExitCode != 0)
            {
                throw Failure(patch, mails, number, file, result.StandardError, parent);
            }
        }

        return git.Run("write-tree");
    }

    private BuildException Failure(PatchFile patch, PatchMail[] mails, int number, string file, string error, string parent)
    {
        PatchMail mail = mails[number - 1];
        bool alreadyApplied = git.Try("apply", "--cached", "--check", "--reverse", file).ExitCode == 0;
        bool onlyWhiteSpace = git.Try("apply", "--cached", "--check", "--ignore-whitespace", file).ExitCode == 0;
        IEnumerable<string> reasons = PatchFailure.Explain(mail, error, alreadyApplied, onlyWhiteSpace).Select(reason => "    " + reason);
        string which = mails.Length > 1 ? $" (mail {number} of {mails.Length}: {mail.Subject})" : string.Empty;
        string advice = alreadyApplied
            ? "  If the source has it now, take the patch off the list."
            : patch.From is not null
            ? $"  Debian applies it on {patch.From}'s .orig archive, behind the patches that its series has before it: "
                + "take those too, or take this one off the list."
            : $"""
                To refresh it, in a second work tree that the build does not look at:
                  git -C {tree.Root} worktree add --detach {tree.Root}.refresh {parent}
                  cd {tree.Root}.refresh
                  git apply --reject {patch.Path}
                  mend what is left in *.rej and delete those files, then
                  git add --all && git commit -m "{patch.Name}" && {GitRepository.FormatPatch} -1 --stdout > {patch.Home}
                  git -C {tree.Root} worktree remove --force {tree.Root}.refresh
              """;
        string all = string.Join('\n', reasons);
        return new BuildException(
            $"patch {patch.Title} does not apply{which}; the source tree is unchanged\n  {patch.Path}\n{all}\n{advice}");
    }
}
