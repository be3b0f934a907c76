namespace Qcw.Build.Packaging.Msi;

/// <summary>How features are chosen by default.</summary>
internal static class MsiFeatures
{
    /// <summary>Features of level 1 are installed unless the command line says otherwise; others only if it says so.</summary>
    public static int Level(MsiFeature feature) => feature.Choice == SectionChoice.OffByDefault ? 1000 : 1;
}
