namespace Qcw.Build.Compiling.Go;

/// <summary>A package that is linked into a program.</summary>
/// <param name="ImportPath">Its name in Go.</param>
/// <param name="Folder">Its sources, a full path.</param>
/// <param name="Module">The module it belongs to; empty for Go's own library.</param>
/// <param name="ModuleVersion">The module's version; empty for Go's library and for the component itself.</param>
public sealed record GoPackage(string ImportPath, string Folder, string Module, string ModuleVersion)
{
    /// <summary>True for Go's own library.</summary>
    public bool IsStandard => Module.Length == 0;

    /// <summary>True for a package of the component itself.</summary>
    public bool IsMain => Module.Length > 0 && ModuleVersion.Length == 0;
}
