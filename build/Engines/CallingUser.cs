using System.Globalization;

namespace Qcw.Build.Engines;

/// <summary>Who runs this program, as the kernel counts users.</summary>
/// <param name="Uid">Effective user.</param>
/// <param name="Gid">Effective group.</param>
internal sealed record CallingUser(int Uid, int Gid)
{
    /// <summary>Read from proc(5): .NET has no call for it.</summary>
    public static CallingUser Current()
    {
        string[] status = File.ReadAllLines("/proc/self/status");
        return new CallingUser(Effective(status, "Uid:"), Effective(status, "Gid:"));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Uid}:{Gid}");

    // real, effective, saved, file system
    private static int Effective(string[] status, string field) =>
        int.Parse(status.First(line => line.StartsWith(field, StringComparison.Ordinal)).Split('\t')[2], CultureInfo.InvariantCulture);
}
