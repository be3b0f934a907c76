namespace Qcw.Build.Packaging.Msi;

/// <summary>A set of tools that makes MSIs.</summary>
public interface IMsiBuilder
{
    /// <summary>What the tools say of their versions: part of what determines the bytes.</summary>
    string Version();

    /// <summary>Makes an MSI from a work folder in which the contents have been staged.</summary>
    /// <returns>The full path of the MSI.</returns>
    internal string Build(MsiPlan plan, string work, string logFile);
}
