namespace Qcw.Build.Compiling;

/// <summary>A place where recipes run. The recipe does not know which.</summary>
public interface IBuilder
{
    /// <summary>The toolchain in that place, <c>cross</c> or <c>msys2</c>: part of every fingerprint.</summary>
    string Toolchain { get; }

    /// <summary>Runs a recipe to its end.</summary>
    /// <param name="request">What to compile.</param>
    /// <param name="onLine">Called with each line of output.</param>
    /// <exception cref="Processes.ProcessFailedException">The recipe failed.</exception>
    void Run(CompileRequest request, Action<string> onLine);
}
