namespace Qcw.Build.Fetching;

/// <summary>What the command line says about fetching.</summary>
/// <param name="Mirror">A folder (absolute path) or an http(s) URL laid out as <c>docs/mirror.md</c> says; null: none.</param>
/// <param name="Offline">True: nothing is taken from the network, a missing file is an error.</param>
/// <param name="Parallel">How many files are fetched at once, 1 or more.</param>
/// <param name="RefreshFirmware">True: the current versions of firmware packages are looked up although versions are recorded.</param>
public sealed record FetchOptions(string? Mirror = null, bool Offline = false, int Parallel = 4, bool RefreshFirmware = false)
{
    /// <summary>True: the mirror is a folder that this run writes, so it need not exist yet.</summary>
    public bool WritesMirror { get; init; }
}
