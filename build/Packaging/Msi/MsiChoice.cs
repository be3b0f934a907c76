namespace Qcw.Build.Packaging.Msi;

/// <summary>
/// A setting of the command line, <c>PROPERTY=value</c>. What is given there wins over what an earlier installation remembers, this
/// over the default; any other value is refused.
/// </summary>
/// <param name="Property">Upper-case letters, digits and <c>_</c>: Windows Installer passes on only such properties.</param>
/// <param name="Values">What it may be; letter cases count.</param>
/// <param name="Default">One of them.</param>
/// <param name="RegistryName">The value in the product's registry key that remembers it.</param>
public sealed record MsiChoice(string Property, IReadOnlyList<string> Values, string Default, string RegistryName)
{
    /// <summary>Beside what the default is another one; null: nothing.</summary>
    public MsiNeighbour? Neighbour { get; init; }
}
