namespace Qcw.Build.Packaging.Msi;

/// <summary>A text in the product's registry key.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Text">What is written; <c>[PROPERTY]</c> stands for a property of the installation.</param>
public sealed record MsiRegistryValue(string Name, string Text);
