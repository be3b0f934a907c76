namespace Qcw.Integration.Tests.Support;

/// <summary>How a Windows program ended.</summary>
/// <param name="ExitCode">The Windows exit code, all 32 bits.</param>
/// <param name="Output">What it printed, both streams, lines ended by LF.</param>
public sealed record WineResult(int ExitCode, string Output);
