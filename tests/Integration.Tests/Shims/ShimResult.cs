namespace Qcw.Integration.Tests.Shims;

/// <summary>What a run of a shim left: its exit code, what it printed, and what it asked of dotnet.</summary>
internal sealed record ShimResult(int ExitCode, string Output, string Error, IReadOnlyList<string> Calls);
