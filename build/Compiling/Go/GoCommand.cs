using System.Globalization;

namespace Qcw.Build.Compiling.Go;

/// <summary>The arguments of the go command.</summary>
public static class GoCommand
{
    /// <summary>Part of fingerprints: to be raised whenever the same inputs would give other programs.</summary>
    public const string FormatVersion = "1";

    /// <summary>Where modules come from. One mode a component: the other would write other build information into the program.</summary>
    public static IReadOnlyList<string> ModuleFlags(GoBuild build)
    {
        // read-only folders in the cache would keep people from deleting it
        return build.Component.NeedsModules ? ["-mod=readonly", "-modcacherw"] : ["-mod=vendor"];
    }

    /// <summary>The arguments that build one program.</summary>
    /// <param name="build">The component.</param>
    /// <param name="program">The program.</param>
    /// <param name="output">The exe to write.</param>
    /// <param name="jobs">Compilers at a time.</param>
    public static IReadOnlyList<string> Build(GoBuild build, GoProgram program, string output, int jobs)
    {
        return
        [
            "build", "-v", "-trimpath", "-buildvcs=false", .. ModuleFlags(build),
            "-p", jobs.ToString(CultureInfo.InvariantCulture),
            "-tags", string.Join(',', build.Tags),
            "-ldflags", LinkerFlags(build, program),
            "-o", output,
            program.Package,
        ];
    }

    /// <summary>Stripped, without a build id, with the variables of the component.</summary>
    public static string LinkerFlags(GoBuild build, GoProgram program)
    {
        return string.Join(' ',
        [
            "-s", "-w", "-buildid=",
            .. program.Windowless ? ["-H=windowsgui"] : Array.Empty<string>(),
            .. build.Variables.Select(variable => $"-X '{variable.Variable}={variable.Value}'"),
        ]);
    }
}
