using Qcw.Build.Packaging.Pe;

namespace Qcw.Build.Components;

/// <summary>What earlier steps have made for QEMU's installer. All paths are full paths.</summary>
/// <param name="Version">QEMU's version text.</param>
/// <param name="Stage">What compiling QEMU installed: exes on top, <c>share/</c>, <c>doc/</c>, <c>licenses/qemu/</c>.</param>
/// <param name="Firmware">Firmware files, which go to <c>share/</c>, and their <c>licenses/&lt;package&gt;/</c>; null where the stage has the firmware.</param>
/// <param name="Libraries">What compiling each library installed, static ones and the toolchain's included: <c>bin/</c> (where there are DLLs), <c>licenses/&lt;library&gt;/</c>.</param>
/// <param name="WindowsDlls">What may be left to Windows.</param>
/// <param name="SourceDateEpoch">Time of every installed file, seconds since 1970-01-01 UTC.</param>
public sealed record QemuInstallerInputs(
    string Version, string Stage, string? Firmware, IReadOnlyList<string> Libraries, WindowsDlls WindowsDlls, long SourceDateEpoch);
