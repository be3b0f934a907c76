using Qcw.Build.Compiling.Recipes;

namespace Qcw.Build.Compiling.Builders.Msys2;

/// <summary>
/// Everything that a recipe sees in MSYS2, in its shell or in a container: the same variables as on Linux, paths as bash spells them, and
/// what MSYS2 itself reads. The latter is spelled as Windows does: MSYS2 translates these few when its first program starts.
/// </summary>
public static class Msys2Environment
{
    /// <summary>The toolchain's name.</summary>
    public const string Toolchain = "msys2";

    /// <summary>The variables of one run.</summary>
    /// <param name="request">What to compile, with Windows' paths.</param>
    /// <param name="root">The folder of MSYS2: <c>C:\msys64</c>.</param>
    /// <param name="scratch">A folder for the HOME and TMPDIR of the tools, with Windows' path.</param>
    public static SortedDictionary<string, string?> Of(CompileRequest request, string root, string scratch)
    {
        CompileRequest translated = request with
        {
            Source = request.Source is null ? null : MsysPath.Of(request.Source),
            Build = MsysPath.Of(request.Build),
            Output = MsysPath.Of(request.Output),
            Dependencies = [.. request.Dependencies.Select(MsysPath.Of)],
        };
        SortedDictionary<string, string?> environment = RecipeEnvironment.Of(translated, Toolchain, scratch, ccache: null);
        foreach ((string name, string? value) in OfTools(root))
        {
            environment[name] = value;
        }

        environment["MINGW_PREFIX"] = "/ucrt64";
        // Windows programs look for these two and not for TMPDIR
        environment["TEMP"] = scratch;
        environment["TMP"] = scratch;
        return environment;
    }

    /// <summary>What any program of MSYS2 needs: where the others are, and which environment of MSYS2 it works for.</summary>
    public static SortedDictionary<string, string?> OfTools(string root) => new(StringComparer.Ordinal)
    {
        ["CHERE_INVOKING"] = "1",
        ["LC_ALL"] = "C.UTF-8",
        ["MSYSTEM"] = "UCRT64",
        ["PATH"] = $@"{root}\ucrt64\bin;{root}\usr\bin",
    };
}
