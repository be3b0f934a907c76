namespace Qcw.Build.Patching;

/// <summary>One hunk of a patch.</summary>
/// <param name="Number">Counted from 1 within its file.</param>
/// <param name="OldStart">The line of the old file where it begins.</param>
/// <param name="Header">The <c>@@</c> line.</param>
/// <param name="Line">The line of the patch file where it stands, counted from 1.</param>
internal sealed record PatchHunk(int Number, int OldStart, string Header, int Line);
