namespace Qcw.Build.Packaging.Msi;

/// <summary>What shortcuts lead to.</summary>
internal static class MsiShortcuts
{
    /// <summary>The target as a formatted text: <c>[#file]</c> is the path of an installed file.</summary>
    public static string Target(MsiShortcut shortcut, MsiLayout layout) =>
        shortcut.Target == MsiShortcut.CommandPrompt
            ? "[System64Folder]cmd.exe"
            : $"[#{layout.Components.First(component => string.Equals(component.File?.Target, shortcut.Target, StringComparison.OrdinalIgnoreCase)).FileId}]";
}
