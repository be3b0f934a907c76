namespace Qcw.Build.Compiling.Recipes;

/// <summary>How one component is compiled: a bash file that defines the recipe's functions, see <c>recipe.sh</c>.</summary>
/// <param name="File">Full path of the recipe.</param>
/// <param name="SupportFiles">Other files of this repository that the recipe reads, full paths.</param>
/// <param name="Tools">Names of the tools whose version changes the output.</param>
public sealed record Recipe(string File, IReadOnlyList<string> SupportFiles, IReadOnlyList<string> Tools)
{
    /// <summary>Names in the tool catalog of what every recipe starts.</summary>
    public static IReadOnlyList<string> CommonTools { get; } = ["bash", "ccache", "make"];

    /// <summary>
    /// The recipe <c>build/Components/&lt;folder&gt;/&lt;name&gt;.sh</c> and, where it exists, the folder of the same name beside it.
    /// </summary>
    /// <exception cref="BuildException">There is no such recipe.</exception>
    public static Recipe Find(Paths paths, string folder, string name, params IReadOnlyList<string> tools)
    {
        string stem = Path.Combine(paths.Components, folder, name);
        if (!System.IO.File.Exists(stem + ".sh"))
        {
            throw new BuildException($"there is no recipe for {name}: expected {stem}.sh");
        }

        string[] support = Directory.Exists(stem) ? Directory.GetFiles(stem, "*", SearchOption.AllDirectories) : [];
        return new Recipe(stem + ".sh", [.. support.Order(StringComparer.Ordinal)], tools);
    }
}
