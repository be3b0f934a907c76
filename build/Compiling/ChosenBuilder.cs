using Qcw.Build.Compiling.Container;
using Qcw.Build.Compiling.Msys2;

namespace Qcw.Build.Compiling;

/// <summary>Where recipes run: on this machine with its own cross compilers unless an engine or an MSYS2 is given.</summary>
/// <param name="Engine">Runs containers, or null.</param>
/// <param name="Shell">The MSYS2 of this machine, or null.</param>
/// <param name="IsMsys2">True: the compilers and libraries are MSYS2's, in its shell or in a container.</param>
public sealed record ChosenBuilder(IContainerEngine? Engine, Msys2Shell? Shell, bool IsMsys2)
{
    /// <summary>This machine with Debian's cross compilers.</summary>
    public static ChosenBuilder Host { get; } = new(null, null, IsMsys2: false);

    /// <summary>True where the tools of recipes have to be among this machine's own.</summary>
    public bool NeedsHostTools => Engine is null && Shell is null;

    /// <summary>Linux containers.</summary>
    public static ChosenBuilder Containers(IContainerEngine engine) => new(engine, null, IsMsys2: false);

    /// <summary>Windows containers with MSYS2.</summary>
    public static ChosenBuilder WindowsContainers(IContainerEngine engine) => new(engine, null, IsMsys2: true);

    /// <summary>The MSYS2 of this machine.</summary>
    public static ChosenBuilder Msys2(Msys2Shell shell) => new(null, shell, IsMsys2: true);
}
