using Cake.Frosting;
using Qcw.Build.Packaging.Zip;

namespace Qcw.Build.Components;

/// <summary>
/// Makes the web site of the documentation. Its pages also work as files, so they are the help of installers: see
/// <see cref="SitePages.HelpFiles"/>.
/// </summary>
[TaskDescription("Makes the web site of the documentation, in artifacts/site, without the network")]
[Needs("myst-parser", "sphinx")]
public sealed class Site : FrostingTask<BuildContext>
{
    private const string Name = "site";
    private const string Zip = "qcw-docs.zip";

    public override void Run(BuildContext context)
    {
        string sphinx = context.HostTools.Find(ToolCatalog.Find("sphinx")).Path!;
        var pages = new SitePages(context.Paths, context.Line);
        (string Name, string Version)[] tools =
            [.. ((string[])["myst-parser", "sphinx"]).Select(tool => (tool, context.HostTools.VersionOf(tool)))];
        Fingerprint fingerprint = pages.Inputs();
        foreach ((string name, string version) in tools)
        {
            fingerprint.Add(name, version);
        }

        Made site = context.Steps.RunReplacing(
            new Step(Name, "pages", context.Paths.Site, fingerprint)
            {
                By = new Provenance { Tools = tools.ToDictionary(tool => tool.Name, tool => tool.Version) },
                Toolchain = () => context.ToolchainOf(tools.Select(tool => tool.Name)),
                IsShared = true,
            },
            output => pages.Make(new SiteRun(
                sphinx, Path.Combine(context.Paths.Temporary, Name), output, context.Paths.Log(Name, "pages"))));

        // what is carried to where there is no network; the release has the pages in its installers
        context.Steps.RunReplacing(
            new Step(Name, "zip", Path.Combine(context.Paths.Artifacts, Zip),
                new Fingerprint().Add("format", DeterministicZip.Format).Add("pages", site.Hash)),
            zip => DeterministicZip.Write(
                zip,
                [.. SitePages.HelpFiles(site.Path, Path.GetFileNameWithoutExtension(Zip))],
                context.Line.SourceDateEpoch));
    }
}
