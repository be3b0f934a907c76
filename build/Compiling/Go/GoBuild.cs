namespace Qcw.Build.Compiling.Go;

/// <summary>What a Go component is made of, and how.</summary>
/// <param name="Component">The component; its patched source is ready.</param>
/// <param name="Product">Its name for people: <c>Podman</c>.</param>
/// <param name="Company">Who wrote it, for the file's properties on Windows.</param>
/// <param name="Programs">At least one.</param>
public sealed record GoBuild(Component Component, string Product, string Company, IReadOnlyList<GoProgram> Programs)
{
    /// <summary>Build tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Texts that the linker puts into variables (<c>-X name=value</c>): full names, in the order given.</summary>
    public IReadOnlyList<(string Variable, string Value)> Variables { get; init; } = [];
}

/// <summary>One program of a Go component.</summary>
/// <param name="Name">The exe's name without its ending: <c>podman</c>.</param>
/// <param name="Package">
/// Folder of the main package, relative to the module, <c>./</c> in front: <c>./cmd/podman</c>; <c>./</c> is the module's own.
/// </param>
/// <param name="Description">One line for people, in the file's properties on Windows.</param>
public sealed record GoProgram(string Name, string Package, string Description)
{
    /// <summary>True: no console window of its own (<c>-H=windowsgui</c>), for programs that work in the background.</summary>
    public bool Windowless { get; init; }
}
