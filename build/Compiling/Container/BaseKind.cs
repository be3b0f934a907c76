namespace Qcw.Build.Compiling.Container;

/// <summary>The forms of a base image.</summary>
public enum BaseKind
{
    /// <summary>In a registry, by digest.</summary>
    Registry,

    /// <summary>In the engine already, by id or by a name that ContainerBase gave.</summary>
    Local,

    /// <summary>A tar archive of a root folder.</summary>
    Archive,
}
