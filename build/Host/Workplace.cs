using Cake.Git;

namespace Qcw.Build.Host;

/// <summary>What every task takes for granted, looked at before the first one runs.</summary>
internal static class Workplace
{
    private const string TemporaryFolder = "TMPDIR";

    /// <summary>Ends the run where folders cannot be used, or where a task of it cannot read the checkout.</summary>
    /// <exception cref="BuildException">The message says what to do.</exception>
    public static void Require(HostContext context)
    {
        // .NET, git, apt and wixl put files there
        if (Environment.GetEnvironmentVariable(TemporaryFolder) is { Length: > 0 } temporary)
        {
            if (!Directory.Exists(temporary))
            {
                throw new UsageException(
                    $"{TemporaryFolder} is {temporary}, and there is no such folder: set it to a folder that can be written, or unset it");
            }

            FolderProblems.RequireWritable(temporary);
        }

        FolderProblems.RequireWritable(context.Paths.Artifacts);
        // not downloads: what is there may be shared and only read
        foreach (string folder in Directory.GetDirectories(context.Paths.Artifacts).Where(folder => folder != context.Paths.Downloads))
        {
            FolderProblems.RequireWritable(folder);
        }

        if (context.Rebuild is { } rebuild)
        {
            rebuild.RequireRecipe(CommitOf(context), IsChanged(context));
            if (context.Builder is null or { NeedsHostTools: true })
            {
                rebuild.ReportTools(ToolPackages.Installed, context.Messages);
            }
        }

        IEnumerable<string> tasks = context.Options.Exclusive
            ? context.Options.Targets
            : context.Graph.Closure(context.Options.Targets).Select(task => task.Name);
        if (tasks.Contains(nameof(ReleaseNotes), StringComparer.OrdinalIgnoreCase))
        {
            CommitOf(context);
        }
    }

    /// <summary>True where this is a git checkout and no unpacked archive.</summary>
    public static bool IsCheckout(HostContext context) => Path.Exists(Path.Combine(context.Paths.Root, ".git"));

    /// <summary>True where the checkout has changes that are in no commit.</summary>
    public static bool IsChanged(HostContext context) => IsCheckout(context) && context.GitHasUncommitedChanges(context.Paths.Root);

    /// <summary>The commit of the checkout: 40 lower-case hex digits; null where there is none.</summary>
    /// <exception cref="BuildException">It cannot be read; the message says what to do.</exception>
    public static string? CommitOf(HostContext context)
    {
        try
        {
            return IsCheckout(context) ? context.GitLog(context.Paths.Root, 1).FirstOrDefault()?.Sha : null;
        }
        catch (Exception e) when (e is not BuildException)
        {
            // libgit2's own exceptions are not part of what Cake.Git promises
            string root = context.Paths.Root;
            throw new BuildException(
                e.Message.Contains("not owned by", StringComparison.Ordinal)
                    ? $"the release notes name the commit of {root}, which belongs to another user than {Environment.UserName}: "
                        + $"git config --global --add safe.directory {root}"
                    : $"the release notes name the commit of {root}, which cannot be read: {e.Message}",
                e);
        }
    }
}
