namespace Qcw.Build.Packaging.Msi;

/// <summary>The processors that an MSI can be for, by the names that file names use.</summary>
public static class MsiArchitecture
{
    /// <summary>64-bit Intel and AMD processors.</summary>
    public const string X64 = "x86_64";

    /// <summary>64-bit ARM processors.</summary>
    public const string Arm64 = "arm64";

    /// <summary>The first half of a package's template (Microsoft's "Template Summary property").</summary>
    internal static string TemplateOf(string architecture) => architecture == Arm64 ? "Arm64" : "x64";

    /// <summary>What <c>wix build -arch</c> takes.</summary>
    internal static string WixNameOf(string architecture) => architecture == Arm64 ? "arm64" : "x64";
}
