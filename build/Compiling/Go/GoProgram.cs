namespace Qcw.Build.Compiling.Go;

/// <summary>One program of a Go component.</summary>
/// <param name="Name">The exe's name without its ending: <c>podman</c>.</param>
/// <param name="Package">Folder of the main package, relative to the module, <c>./</c> in front: <c>./cmd/podman</c>; <c>./</c> is the module's own.</param>
/// <param name="Description">One line for people, in the file's properties on Windows.</param>
public sealed record GoProgram(string Name, string Package, string Description)
{
    /// <summary>True: no console window of its own (<c>-H=windowsgui</c>), for programs that work in the background.</summary>
    public bool Windowless { get; init; }
}
