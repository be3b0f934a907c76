namespace Qcw.Build.Releasing.Jobs;

/// <summary>One job of the release workflow: it makes one file.</summary>
/// <param name="Target">What <c>--target</c> is.</param>
/// <param name="File">The file's name in <c>artifacts/release</c>.</param>
/// <param name="Line">What <c>--line</c> is.</param>
/// <param name="Arch">What <c>--arch</c> is.</param>
/// <param name="Runner">As in <see cref="BuildMachine"/>.</param>
/// <param name="Container">As in <see cref="BuildMachine"/>.</param>
/// <param name="Builder">As in <see cref="BuildMachine"/>.</param>
/// <param name="Cache">What it may take from an earlier run.</param>
public sealed record ReleaseJob(string Target, string File, string Line, string Arch, string Runner, string Container, string Builder, JobCaches Cache);
