namespace Qcw.Build.Packaging.Msi.Wix5;

/// <summary>
/// Makes MSIs with WiX 5.0.2, which runs on Windows only. <c>.config/dotnet-tools.json</c> pins it: version 6 and newer are under
/// another licence.
/// </summary>
/// <param name="root">The repository, which has the tool manifest.</param>
/// <param name="dotnet">The program, a name on PATH or a full path.</param>
public sealed class WixBuilder(string root, string dotnet = "dotnet") : IMsiBuilder
{
    /// <summary>Where the manifest stands in the repository.</summary>
    public const string Manifest = ".config/dotnet-tools.json";

    public string Version() => "wix by " + Files.Sha256(Path.Combine(root, Manifest));

    string IMsiBuilder.Build(MsiPlan plan, string work, string logFile)
    {
        File.WriteAllText(Path.Combine(work, "product.wxs"), plan.WixSource);
        foreach (ProcessRequest request in Requests(plan, work))
        {
            ProcessRunner.Run(request with { LogFile = logFile });
        }

        return Path.Combine(work, "product.msi");
    }

    /// <summary>What is run, in order.</summary>
    internal IReadOnlyList<ProcessRequest> Requests(MsiPlan plan, string work) =>
    [
        // dotnet looks for the manifest from the current folder upwards
        new(dotnet, "tool", "restore") { WorkingDirectory = root },
        new(
            dotnet, "wix", "build", "-arch", MsiArchitecture.WixNameOf(plan.Description.Architecture), "-bindpath", work, "-pdbtype", "none",
            "-intermediatefolder", Path.Combine(work, "obj"), "-o", Path.Combine(work, "product.msi"), Path.Combine(work, "product.wxs"))
        {
            WorkingDirectory = root,
        },
    ];
}
