using Qcw.Build.Model;

namespace Qcw.Build.Compiling.Go;

/// <summary>What a Go component is made of, and how.</summary>
/// <param name="Component">The component; its patched source stands ready.</param>
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
