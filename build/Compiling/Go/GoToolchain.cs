namespace Qcw.Build.Compiling.Go;

/// <summary>A Go that can be used.</summary>
/// <param name="Program">Full path of <c>go</c>.</param>
/// <param name="Version">Its number.</param>
public sealed record GoToolchain(string Program, Version Version)
{
    /// <summary>What goes into fingerprints: not the path, which changes nothing.</summary>
    public string Identity => $"go{Version}";
}
