using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Components;

/// <summary>What earlier steps have made for Podman's installer. All paths are full paths.</summary>
/// <param name="Version">Podman's version text: <c>4.5.0-dev</c>.</param>
/// <param name="Podman">What compiling Podman installed: <c>bin/podman.exe</c>, <c>licenses/podman/</c>.</param>
/// <param name="GvisorTapVsock">What compiling gvisor-tap-vsock installed: <c>bin/gvproxy.exe</c>, <c>bin/win-sshproxy.exe</c>, <c>licenses/gvisor-tap-vsock/</c>.</param>
/// <param name="Docs">Podman's manual as HTML files, <c>podman.html</c> among them, in subfolders or not.</param>
/// <param name="Shells">The folder of the batch files: <c>shells</c> beside this class.</param>
/// <param name="Edition">For whom it installs.</param>
/// <param name="Architecture">What its programs run on.</param>
/// <param name="SourceDateEpoch">Time of every installed file, seconds since 1970-01-01 UTC.</param>
public sealed record PodmanInstallerInputs(
    string Version,
    string Podman,
    string GvisorTapVsock,
    string Docs,
    string Shells,
    MsiEdition Edition,
    Architecture Architecture,
    long SourceDateEpoch);
