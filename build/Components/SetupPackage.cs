using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Nsis;

namespace Qcw.Build.Components;

/// <summary>A task that makes a setup program with NSIS.</summary>
public interface IMakesSetup
{
    /// <summary>What it makes.</summary>
    /// <exception cref="NotMadeException">A part of it has not been compiled or fetched.</exception>
    SetupPackage SetupOf(BuildContext context);
}

/// <summary>
/// A setup program of the release. Its uninstaller is kept beside it, so that it can be signed; with the signed one the setup program is
/// made a second time.
/// </summary>
/// <param name="Request">What it is made of.</param>
/// <param name="Description">The product.</param>
/// <param name="LogFile">Gets what makensis prints.</param>
public sealed record SetupPackage(PackageRequest Request, InstallerDescription Description, string LogFile)
{
    private const string Ending = ".exe";

    /// <summary>What its uninstaller is called while it is outside: <c>qemu-…-setup.uninstaller.exe</c>.</summary>
    public string UninstallerName => UninstallerOf(Request.FileName);

    /// <summary>Describes one.</summary>
    /// <param name="context">Where it is made.</param>
    /// <param name="request">What it is made of; what NSIS adds to that is missing.</param>
    /// <param name="description">The product.</param>
    /// <exception cref="BuildException">The description is not valid.</exception>
    public static SetupPackage Of(BuildContext context, PackageRequest request, InstallerDescription description)
    {
        Nsis(context).AddInputs(request.Fingerprint, description);
        return new SetupPackage(
            request with
            {
                By = request.By.WithTool("makensis", NsisInstaller.Version()),
                Toolchain = () => context.ToolchainOf("makensis"),
                Companions = [context.Paths.Package(UninstallerOf(request.FileName))],
            },
            description, context.Paths.Log(request.Owner, request.Phase));
    }

    /// <summary>Makes it for the release, with the uninstaller as makensis makes it; or a draft, where those are asked for.</summary>
    public void Make(BuildContext context)
    {
        if (context.MakesDrafts)
        {
            MakeDraft(context);
            return;
        }

        context.Packager.Make(
            Request,
            exe => Nsis(context).Build(Description, exe, LogFile, keepUninstaller: context.Paths.Package(UninstallerName)));
    }

    /// <summary>Makes it with a signed uninstaller, outside the release.</summary>
    /// <param name="context">Where it is made.</param>
    /// <param name="uninstaller">Full path of the signed uninstaller.</param>
    /// <returns>Its full path.</returns>
    public string MakeWith(BuildContext context, string uninstaller)
    {
        string file = Path.Combine(context.Paths.Signing, "unsigned", Request.FileName);
        var step = new Step(
            Request.Owner, "setup with a signed uninstaller", file,
            new Fingerprint().Add("setup", Request.Fingerprint.Hash).AddFile("uninstaller", uninstaller))
        {
            By = Request.By,
        };
        return context.Steps.RunReplacing(step, exe => Nsis(context).Build(Description, exe, LogFile, uninstaller)).Path;
    }

    // the same files, and nothing that is for others: no record of what is inside, no copy in the release or in a cache
    private void MakeDraft(BuildContext context)
    {
        string file = context.Paths.Draft(Request.FileName);
        var step = new Step(Request.Owner, "draft", file, Request.Fingerprint)
        {
            By = Request.By,
            Room = () => 3 * Request.Files.Sum(packed => new FileInfo(packed.Source).Length), // copies, makensis's own file, and the result
        };
        context.Steps.RunReplacing(step, exe => Nsis(context).Build(Description, exe, LogFile));
        context.Messages.Info($"A draft, to be tried on this machine: {file}");
    }

    private static string UninstallerOf(string setup) => setup[..^Ending.Length] + ".uninstaller" + Ending;

    private static NsisInstaller Nsis(BuildContext context) =>
        new(Path.Combine(context.Paths.Packaging, "Nsis"), context.MakesDrafts);
}
