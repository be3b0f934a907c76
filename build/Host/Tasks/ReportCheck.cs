using Cake.Frosting;
using Qcw.Build.Components;
using Qcw.Build.Releasing;

namespace Qcw.Build.Host;

/// <summary>Looks at the reports that are there in a browser. It depends on no other task: whatever was drawn is looked at.</summary>
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

        string pictures = Path.Combine(context.Paths.Report, "pictures");
        Files.Delete(pictures);
        Directory.CreateDirectory(pictures);
        BrowserCheck.Run(context, "report", [pictures, .. pages]);
        context.Messages.Info($"Pictures of the pages, light and dark, wide and narrow: {pictures}");
    }
}
