using Qcw.Build.Output;

namespace Qcw.Build.Patching;

/// <summary>Says what became of each patch.</summary>
internal static class PatchStatus
{
    /// <summary>One line for each patch that is there now, then one for each that is no longer.</summary>
    /// <param name="log">Gets the lines.</param>
    /// <param name="component">The component's name.</param>
    /// <param name="before">What was applied before.</param>
    /// <param name="now">What is applied now.</param>
    /// <param name="kept">How many of the first were left alone.</param>
    public static void Write(BuildLog log, string component, IReadOnlyList<PatchCommit> before, IReadOnlyList<PatchFile> now, int kept)
    {
        for (int number = 0; number < now.Count; number++)
        {
            PatchFile patch = now[number];
            PatchCommit? old = before.FirstOrDefault(commit => commit.Name == patch.Name);
            string what = number < kept ? "up to date"
                : old is null ? "applied"
                : old.Sha256 == patch.Sha256 ? "unchanged, applied anew on what is before it"
                : "changed, applied anew";
            log.Step(component, "patch", $"{patch.Name}: {what}");
        }

        foreach (PatchCommit gone in before.Where(commit => now.All(patch => patch.Name != commit.Name)))
        {
            log.Step(component, "patch", $"{gone.Name}: dropped");
        }
    }
}
