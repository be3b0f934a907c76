using Cake.Frosting;
using Qcw.Build.Compiling.Go;

namespace Qcw.Build.Components;

/// <summary>gocat.</summary>
internal static class Gocat
{
    public static readonly GoDefinition Definition =
        new("gocat", "gocat", "SumUp Ltd.", new GoProgram("gocat", "./", "Relays between TCP ports and Unix sockets"))
        {
            Purpose = "relays connections between TCP and Unix sockets",
            Arm64 = true,
        };

    public static readonly Product Zip = Product.Zip("gocat-{version}-windows-{arch}.zip");
}

[TaskDescription("Fetches gocat's source and remote patch"), IsDependentOn(typeof(GoFetch))]
public sealed class GocatFetch() : FetchTask(Gocat.Definition);

[TaskDescription("Checks out gocat's source and applies the dependency patch"), IsDependentOn(typeof(GocatFetch))]
public sealed class GocatPatch() : PatchTask(Gocat.Definition);

[TaskDescription("Fetches gocat's Go modules, verified against its go.sum"), IsDependentOn(typeof(GocatPatch))]
public sealed class GocatModules() : GoModulesTask(Gocat.Definition);

[TaskDescription("Compiles gocat.exe for Windows"), IsDependentOn(typeof(GocatModules))]
public sealed class GocatCompile() : GoCompileTask(Gocat.Definition);

[TaskDescription("Makes the zip of gocat"), IsDependentOn(typeof(GocatCompile))]
public sealed class GocatArchive() : GoArchiveTask(Gocat.Definition, Gocat.Zip);
