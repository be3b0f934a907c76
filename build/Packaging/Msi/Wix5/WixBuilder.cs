namespace Qcw.Build.Packaging.Msi.Wix5;

/// <summary>
/// Makes MSIs with WiX 5.0.2, which runs on Windows only. <c>.config/dotnet-tools.json</c> pins it: version 6 and newer are under another
/// licence. Experimental: no Windows machine has run it yet, and only the source that it writes is tested. To remove WiX 5, delete this
/// folder, the tool manifest, and the lines of <see cref="MsiInstaller"/> and <see cref="MsiPlan"/> that name it.
/// </summary>
/// <param name="root">The repository, which has the tool manifest.</param>
public sealed class WixBuilder(string root) : IMsiBuilder
{
    /// <summary>The path of the tool manifest in the repository.</summary>
    public const string Manifest = ".config/dotnet-tools.json";

    private const string Program = "dotnet";

    public string Version() => "wix by " + Files.Sha256(Path.Combine(root, Manifest));

    string IMsiBuilder.Build(MsiPlan plan, string work, string logFile)
    {
        File.WriteAllText(Path.Combine(work, "product.wxs"), new WixSource(plan).Text(plan.ProductCode));
        foreach (ProcessRequest request in Requests(plan, work))
        {
            ProcessRunner.Run(request with { LogFile = logFile });
        }

        return Path.Combine(work, "product.msi");
    }

    /// <summary>The programs to run, in order.</summary>
    internal IReadOnlyList<ProcessRequest> Requests(MsiPlan plan, string work) =>
    [
        // dotnet looks for the manifest from the current folder upwards
        new(Program, "tool", "restore") { WorkingDirectory = root },
        new(
            Program, "wix", "build", "-arch", plan.Msi.Architecture == Architecture.Arm64 ? "arm64" : "x64", "-bindpath", work,
            "-pdbtype", "none", "-intermediatefolder", Path.Combine(work, "obj"), "-o", Path.Combine(work, "product.msi"),
            Path.Combine(work, "product.wxs"))
        {
            WorkingDirectory = root,
        },
    ];
}
