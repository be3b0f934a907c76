namespace Qcw.Build.Packaging;

/// <summary>An entry in the product's folder of the Start menu, for all users.</summary>
/// <param name="Name">What people read; the link's file name without its ending.</param>
/// <param name="Target">
/// An installed file by its path inside the install folder (left out where that file was not chosen),
/// <see cref="CommandPrompt"/> or <see cref="Uninstaller"/>.
/// </param>
/// <param name="Arguments">For the program, or empty.</param>
/// <param name="Section">The id of the section that brings it.</param>
public sealed record InstallerShortcut(string Name, string Target, string Arguments, string Section)
{
    /// <summary>Windows' command prompt, opened in the install folder.</summary>
    public const string CommandPrompt = ":command-prompt";

    /// <summary>The product's uninstaller.</summary>
    public const string Uninstaller = ":uninstaller";
}
