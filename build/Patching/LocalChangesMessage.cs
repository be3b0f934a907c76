namespace Qcw.Build.Patching;

/// <summary>The failure for a source tree that a person has changed.</summary>
internal static class LocalChangesMessage
{
    private const int Shown = 10;

    /// <summary>Says what was changed, and the two ways out.</summary>
    public static BuildException For(WorkTree tree, IReadOnlyList<string> changes)
    {
        IEnumerable<string> lines = changes.Take(Shown).Select(line => "    " + line);
        if (changes.Count > Shown)
        {
            lines = lines.Append($"    ... and {changes.Count - Shown} more");
        }

        return new BuildException(
            $"""
            {tree.Root} was changed by hand, and is left as it is:
            {string.Join('\n', lines)}
              To keep the change, make it a patch, and take it out of the tree:
                cd {tree.Root}
                git add --all && git commit -m "Say what it does"
                git format-patch {WorkTree.Applied} --output-directory FOLDER
                git reset --hard {WorkTree.Applied}
              To throw it away, delete the folder {tree.Root}
            """);
    }
}
