using System.Reflection.PortableExecutable;

namespace Qcw.Build.Core;

/// <summary>The processor that programs are built for.</summary>
/// <param name="Name">Its name in options and file names.</param>
/// <param name="GoName">What Go calls it: <c>GOARCH</c>.</param>
/// <param name="Machine">The number in the header of its PE images.</param>
public sealed record Architecture(string Name, string GoName, Machine Machine)
{
    /// <summary>64-bit Intel and AMD: everything is built for it.</summary>
    public static readonly Architecture X64 = new("x86_64", "amd64", Machine.Amd64);

    /// <summary>64-bit ARM: the Go programs can be built for it.</summary>
    public static readonly Architecture Arm64 = new("arm64", "arm64", Machine.Arm64);

    /// <summary>All architectures, the default first.</summary>
    public static readonly IReadOnlyList<Architecture> All = [X64, Arm64];

    /// <summary>Finds an architecture by name, in any letter case.</summary>
    public static Architecture Of(string name) => All.First(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public override string ToString() => Name;
}
