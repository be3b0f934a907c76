namespace Qcw.Build.Compiling.Builders;

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

/// <summary>A place where recipes run. The recipe does not know which.</summary>
public interface IBuilder
{
    /// <summary>
    /// The toolchain in that place, <c>cross</c> or <c>msys2</c>: part of every fingerprint. The place is not: the same tools make the same
    /// files.
    /// </summary>
    string Toolchain { get; }

    /// <summary>True where libraries are part of the toolchain, and so not compiled here.</summary>
    bool HasLibraries => false;

    /// <summary>
    /// Name and version of everything that recipes find there, sorted: part of the fingerprint of all that is made. Empty where the
    /// versions of the tools say it.
    /// </summary>
    IReadOnlyList<string> Packages => [];

    /// <summary>Makes the place ready, before anything else is done; a second call does nothing.</summary>
    /// <exception cref="BuildException">It cannot be; the message says what to do.</exception>
    void Prepare();

    /// <summary>The first line of what a tool there says about its version: part of the fingerprint of what it makes.</summary>
    /// <param name="tool">Its name in <see cref="ToolCatalog"/>.</param>
    string VersionOf(string tool);

    /// <summary>Where tools there come from: packages, and the base image. Nothing where <see cref="Packages"/> says it.</summary>
    /// <param name="names">Their names in <see cref="ToolCatalog"/>.</param>
    Provenance ToolchainOf(IReadOnlyList<string> names) => Provenance.None;

    /// <summary>Runs a recipe to its end.</summary>
    /// <param name="request">What to compile.</param>
    /// <param name="onLine">Called with each line of output.</param>
    /// <exception cref="ProcessFailedException">The recipe failed.</exception>
    void Run(CompileRequest request, Action<string> onLine);
}
