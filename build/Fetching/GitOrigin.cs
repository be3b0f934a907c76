namespace Qcw.Build.Fetching;

/// <summary>A git repository to fetch from.</summary>
/// <param name="Location">A path or an address, as git takes it.</param>
/// <param name="NeedsNetwork">False for a path on this machine.</param>
public sealed record GitOrigin(string Location, bool NeedsNetwork);
