using Qcw.Build.Model;

namespace Qcw.Build.Packaging.Msi;

/// <summary>What MSIs and WiX call the processors.</summary>
internal static class MsiArchitecture
{
    /// <summary>The first half of a package's template (Microsoft's "Template Summary property").</summary>
    public static string TemplateOf(Architecture architecture) => architecture == Architecture.Arm64 ? "Arm64" : "x64";

    /// <summary>What <c>wix build -arch</c> takes.</summary>
    public static string WixNameOf(Architecture architecture) => architecture == Architecture.Arm64 ? "arm64" : "x64";
}
