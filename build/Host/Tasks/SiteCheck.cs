using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Looks at the site in a browser, with tools from npm in the versions and with the hashes of a lock file.</summary>
[TaskDescription("Looks at the web site of the documentation in a browser: links, contrast, narrow screens (installs the browser)")]
[IsDependentOn(typeof(Site)), Needs("chromium", "node", "npm", InstallsThem = true)]
public sealed class SiteCheck : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        string folder = Path.Combine(context.Paths.Temporary, "site-check");
        string log = context.Paths.Log("site", "check");
        Files.Delete(folder);
        Files.Delete(log);
        foreach (string file in (string[])["check.mjs", "package.json", "package-lock.json"])
        {
            Files.Copy(Path.Combine(context.Paths.Root, "tests", "Documentation", "site", file), Path.Combine(folder, file));
        }

        Start("npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund");
        Start("node", "check.mjs", context.Paths.Site, context.HostTools.Find(ToolCatalog.Find("chromium")).Path!);
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
