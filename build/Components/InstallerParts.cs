using Qcw.Build.Packaging;

namespace Qcw.Build.Components;

/// <summary>What steps before have made for an installer: an installer of its own, or a part of another one.</summary>
/// <param name="Description">The product.</param>
/// <param name="Inputs">What determines its files.</param>
/// <param name="By">How they were made.</param>
/// <param name="Owners">Folders that steps made, and the component or library each was made for.</param>
public sealed record InstallerParts(
    InstallerDescription Description, Fingerprint Inputs, Provenance By, IReadOnlyList<(string Folder, string Owner)> Owners);
