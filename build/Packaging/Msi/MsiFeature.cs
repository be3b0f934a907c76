namespace Qcw.Build.Packaging.Msi;

/// <summary>A part of an MSI that people choose or leave out.</summary>
/// <param name="Id">Letters, digits and <c>_</c>, at most 38: what <c>ADDLOCAL=</c> takes, letter cases count. Keep it over versions; choices are carried over by it.</param>
/// <param name="Title">At most 64 characters.</param>
/// <param name="Description">A sentence for people.</param>
/// <param name="Choice">Whether it is installed by default. The first feature of an MSI is the required one, all others are not.</param>
/// <param name="Files">What it brings; may be empty.</param>
public sealed record MsiFeature(string Id, string Title, string Description, SectionChoice Choice, IReadOnlyList<InstalledFile> Files);
