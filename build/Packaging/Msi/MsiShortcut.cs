namespace Qcw.Build.Packaging.Msi;

/// <summary>An entry in the product's folder of the Start menu.</summary>
/// <param name="Name">What people read; the link's file name without its ending.</param>
/// <param name="Target">An installed file by its path inside the install folder, with <c>/</c>, or <see cref="CommandPrompt"/>.</param>
/// <param name="Arguments">For the program, or empty. <c>[INSTALLDIR]</c> stands for the install folder with a backslash at its end.</param>
/// <param name="Description">Shown while the pointer is on it.</param>
/// <param name="Feature">The id of the feature that brings it.</param>
public sealed record MsiShortcut(string Name, string Target, string Arguments, string Description, string Feature)
{
    /// <summary>Windows' command prompt.</summary>
    public const string CommandPrompt = ":command-prompt";
}
