using System.Globalization;
using Qcw.Build.Compiling.Builders;

namespace Qcw.Build.Compiling.Recipes;

/// <summary>
/// Everything a recipe sees on Linux, on the host or in a container. The rest of the caller's environment is left out: a variable set by
/// chance (CFLAGS, PKG_CONFIG_PATH, a Python in front of PATH) must not change what is built.
/// </summary>
public static class RecipeEnvironment
{
    private const string Triple = "x86_64-w64-mingw32";

    /// <summary>Those that every tool gets, also one that is only tried.</summary>
    /// <param name="scratch">A folder for the HOME and TMPDIR of the tools.</param>
    public static SortedDictionary<string, string?> OfTools(string scratch) => new(StringComparer.Ordinal)
    {
        ["HOME"] = scratch,
        ["LC_ALL"] = "C.UTF-8",
        ["PATH"] = "/usr/bin:/bin",
        ["PYTHONDONTWRITEBYTECODE"] = "1",
        // scripts that write what is in a set, as QEMU's decodetree.py does, write it in the order of the hashes
        ["PYTHONHASHSEED"] = "0",
        ["TMPDIR"] = scratch,
        ["TZ"] = "UTC",
    };

    /// <summary>The variables of one run.</summary>
    /// <param name="request">What to compile.</param>
    /// <param name="toolchain">As <see cref="IBuilder.Toolchain"/> says.</param>
    /// <param name="scratch">A folder for the HOME and TMPDIR of the tools.</param>
    /// <param name="ccache">Full path of ccache, or null.</param>
    public static SortedDictionary<string, string?> Of(CompileRequest request, string toolchain, string scratch, string? ccache)
    {
        return new SortedDictionary<string, string?>(OfTools(scratch), StringComparer.Ordinal)
        {
            ["QCW_ARCH"] = Architecture.X64.Name,
            ["QCW_BUILD"] = request.Build,
            ["QCW_CCACHE"] = ccache ?? string.Empty,
            ["QCW_DEPENDENCIES"] = string.Join(' ', request.Dependencies),
            ["QCW_JOBS"] = request.Jobs.ToString(CultureInfo.InvariantCulture),
            ["QCW_NAME"] = request.Name,
            ["QCW_OUTPUT"] = request.Output,
            ["QCW_SOURCE"] = request.Source ?? string.Empty,
            ["QCW_TOOLCHAIN"] = toolchain,
            ["QCW_TRIPLE"] = Triple,
            ["QCW_VERSION"] = request.Version,
            ["SOURCE_DATE_EPOCH"] = request.SourceDateEpoch.ToString(CultureInfo.InvariantCulture),
        };
    }
}
