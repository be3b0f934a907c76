namespace Qcw.Build.Compiling.Container;

/// <summary>A file or folder of the host that a container sees at the same path.</summary>
public sealed record Mount(string Path, bool Writable);
