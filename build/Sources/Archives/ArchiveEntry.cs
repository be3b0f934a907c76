namespace Qcw.Build.Sources.Archives;

/// <summary>One member of an archive, whatever its format.</summary>
/// <param name="Name">As the archive has it, top folder included.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Executable">Whether its owner may run it.</param>
/// <param name="Modified">When it was last changed.</param>
/// <param name="Target">Where a link points, else null.</param>
/// <param name="Content">A file's bytes, valid until the next member is read; null: no bytes.</param>
internal sealed record ArchiveEntry(
    string Name, ArchiveEntryKind Kind, bool Executable, DateTimeOffset Modified, string? Target, Stream? Content);

/// <summary>The kinds of archive members that a source tree may have.</summary>
internal enum ArchiveEntryKind
{
    Directory,
    File,
    SymbolicLink,
    HardLink,
}
