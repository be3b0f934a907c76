namespace Qcw.Build.Compiling;

/// <summary>One run of a recipe. All folders are absolute paths.</summary>
/// <param name="Name">Of the component.</param>
/// <param name="Version">Of the component.</param>
/// <param name="RecipeFile">The recipe.</param>
/// <param name="Driver">The script that runs it.</param>
/// <param name="Source">The source tree; only read. Null for a recipe without a source.</param>
/// <param name="Build">The compiler's folder, kept between runs.</param>
/// <param name="Output">An empty folder that gets what is installed.</param>
/// <param name="Dependencies">Output folders of everything it is built against, in build order.</param>
/// <param name="Jobs">Compiler processes at a time.</param>
/// <param name="SourceDateEpoch">Seconds since 1970 UTC.</param>
/// <param name="LogFile">Gets all output.</param>
public sealed record CompileRequest(
    string Name,
    string Version,
    string RecipeFile,
    string Driver,
    string? Source,
    string Build,
    string Output,
    IReadOnlyList<string> Dependencies,
    int Jobs,
    long SourceDateEpoch,
    string LogFile);
