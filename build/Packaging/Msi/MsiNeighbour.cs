namespace Qcw.Build.Packaging.Msi;

/// <summary>
/// A product of somebody else that shares what a <see cref="MsiChoice"/> decides. Where it is installed, for all users or for the one who
/// installs, the choice has another default.
/// </summary>
/// <param name="RegistryKeys">Where it registers itself, below HKLM or HKCU; one that is found is enough.</param>
/// <param name="RegistryName">The value of these keys that is there, and not empty, as long as it is installed.</param>
/// <param name="Default">The choice's default beside it: one of the choice's values.</param>
public sealed record MsiNeighbour(IReadOnlyList<string> RegistryKeys, string RegistryName, string Default);
