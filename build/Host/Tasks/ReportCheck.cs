using Cake.Frosting;
using Qcw.Build.Components;
using Qcw.Build.Releasing;

namespace Qcw.Build.Host;

/// <summary>
/// Looks at the reports that are there in a browser, with tools from npm in the versions and with the hashes of a lock file. It depends
/// on no other task: whatever was drawn is looked at.
/// </summary>
[TaskDescription("Looks at the reports of the last build and release in a browser: HTML, contrast, narrow screens (installs it)")]
[Needs("chromium", "java", "node", "npm", InstallsThem = true)]
public sealed class ReportCheck : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        string[] pages =
        [
            .. new[] { Path.Combine(context.Paths.Report, Reports.PageName), Path.Combine(context.Paths.Release, ReleaseFolder.ReportName) }
                .Where(File.Exists),
        ];
        if (pages.Length == 0)
        {
            throw new BuildException(
                $"there is no report in {context.Paths.Report} or {context.Paths.Release}: build something first, then "
                    + $"--target={nameof(Report)}");
        }

        string folder = Path.Combine(context.Paths.Temporary, "report-check");
        string pictures = Path.Combine(context.Paths.Report, "pictures");
        string log = context.Paths.Log("report", "check");
        Files.Delete(folder);
        Files.Delete(pictures);
        Files.Delete(log);
        Directory.CreateDirectory(pictures);
        foreach (string file in (string[])["check.mjs", "package.json", "package-lock.json"])
        {
            Files.Copy(Path.Combine(context.Paths.Root, "tests", "Documentation", "report", file), Path.Combine(folder, file));
        }

        Start("npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund");
        Start("node", ["check.mjs", context.HostTools.Find(ToolCatalog.Find("chromium")).Path!, pictures, .. pages]);
        context.Messages.Info($"Pictures of the pages, light and dark, wide and narrow: {pictures}");
        Files.Delete(folder);

        void Start(string tool, params string[] arguments) => ProcessRunner.Run(
            new ProcessRequest(context.HostTools.Find(ToolCatalog.Find(tool)).Path!, arguments)
            {
                WorkingDirectory = folder,
                LogFile = log,
                OnLine = context.Messages.Info,
            });
    }
}
