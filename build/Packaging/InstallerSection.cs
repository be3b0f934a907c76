namespace Qcw.Build.Packaging;

/// <summary>A part of an installer that people choose or leave out.</summary>
/// <param name="Id">Lower-case letters, digits and <c>-</c>: what <c>/COMPONENTS=</c> takes. Keep it over versions; choices are remembered by it.</param>
/// <param name="Title">In the list of components.</param>
/// <param name="Description">A sentence for people, shown while the pointer is on the title.</param>
/// <param name="Choice">Whether it is installed by default.</param>
/// <param name="Files">What it brings; may be empty for a section that has shortcuts only.</param>
public sealed record InstallerSection(
    string Id, string Title, string Description, SectionChoice Choice, IReadOnlyList<InstalledFile> Files);
