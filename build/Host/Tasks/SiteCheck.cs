using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Looks at the site in a browser.</summary>
[TaskDescription("Looks at the web site of the documentation in a browser: links, contrast, narrow screens (installs the browser)")]
[IsDependentOn(typeof(Site)), Needs("chromium", "node", "npm", InstallsThem = true)]
public sealed class SiteCheck : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => BrowserCheck.Run(context, "site", context.Paths.Site);
}
