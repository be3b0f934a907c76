using System.Globalization;

namespace Qcw.Build.Core;

/// <summary>Sizes for people, in units of 1000: <c>31.2 MB</c>.</summary>
public static class ByteSize
{
    /// <summary>A number of bytes as text.</summary>
    public static string Format(double bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes:0} B"),
        < 999_950 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 999_950_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };
}
