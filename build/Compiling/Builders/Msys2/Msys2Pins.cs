namespace Qcw.Build.Compiling.Builders.Msys2;

/// <summary>What the image of <c>--builder msys2</c> is made from, beside MSYS2's packages. To refresh: <c>docs/msys2.md</c>.</summary>
public static class Msys2Pins
{
    /// <summary>
    /// Windows Server Core, LTSC 2022, of July 2026. The digest is the one that docker-library/official-images recorded for that tag
    /// (<c>.external-pins/mcr.microsoft.com/windows/servercore___ltsc2022</c>, 2026-07-15); it was found pinned elsewhere too. Nano Server
    /// would be smaller, but MSYS2 does not run there.
    /// </summary>
    public const string BaseImage =
        "mcr.microsoft.com/windows/servercore@sha256:b841bb042e13a079f68fc82461f15abcefe8063fb9a3072120348252f13a6ce3";

    private const string Date = "2026-06-11";

    /// <summary>The hash that msys2/setup-msys2 has (<c>INSTALLER_CHECKSUM</c> in its main.js), as several other projects.</summary>
    private const string ArchiveSha256 = "c105946e64e08f099ac0e4647461ce762b95333ad211777666476a9a41451d65";

    /// <summary>
    /// MSYS2's base as a program that unpacks itself: the tar.exe of Windows Server 2022 reads neither xz nor zstd, in which the other
    /// archives are compressed.
    /// </summary>
    public static Component Archive { get; } =
        new(
            "msys2",
            Date,
            new ArchiveSource(
                [
                    new Uri($"https://github.com/msys2/msys2-installer/releases/download/{Date}/{FileName}"),
                    new Uri($"https://repo.msys2.org/distrib/x86_64/{FileName}"),
                ],
                ArchiveSha256,
                null),
            [],
            [],
            []);

    private static string FileName => $"msys2-base-x86_64-{Date.Replace("-", string.Empty, StringComparison.Ordinal)}.sfx.exe";
}
